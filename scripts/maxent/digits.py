"""Moment matching on real images: tables ``moments``, ``comparisons``, ``missing``, ``occam``, ``rivals``.

Arrays, ``digits.npz``: ``pixels`` int64[n], the chosen ones of 64; ``average`` float64[8, 8], how often each
pixel is on; ``data``, ``independent``, ``pairwise`` float64[2^n], probabilities of all patterns of the chosen
pixels.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.io import InputError
from scripts.common.seeds import generator
from scripts.maxent.kernels import families, simplex
from scripts.maxent.occam import OCCAM_PIXELS, occam_table, pixel_loss
from scripts.maxent.patterns import images, liveliest, pattern_law
from scripts.maxent.theory import canonical, derivatives, states

PERTURBED = 1000  # rivals with the same moments
LEAK, OFF = 0.1, 1.01  # the controls: a tenth of what changes the moments is left; one per cent too much
RESAMPLED = 60  # sets of images drawn from a model


def matched(n, orders, law):
    """Model with the moments of all products of the given orders: law float64[2^n], features, parameters."""
    features = states.features(n, orders)
    try:
        theta = families.fit(features, law @ features)
    except InputError as error:
        raise InputError(
            f"maxent.digits.pixels: {n} pixels hold two that never show one of their four states;"
            " allowed: fewer"
        ) from error
    return np.exp(families.log_probabilities(features, theta)), features, theta


def fitted(n):
    """The patterns of the n liveliest pixels, independent and pairwise models of them."""
    spins = images()
    pixels = liveliest(spins, n)
    data = pattern_law(spins[:, pixels])
    average = (spins.mean(axis=0).reshape(8, 8) + 1) / 2
    models = {"independent": matched(n, (1,), data)[0], "pairwise": matched(n, (1, 2), data)[0]}
    return {"pixels": pixels, "average": average, "data": data} | models


def moment_table(models):
    """Moments of first, second and third order in the data and in both models; the third are not fitted.

    Those of the data are means over the images themselves, not over their patterns.
    """
    n, tables, spins = len(models["pixels"]), [], images()[:, models["pixels"]]
    for order in (1, 2, 3):
        groups, features = states.subsets(n, order), states.features(n, (order,))
        columns = {"order": order, "units": ["-".join(map(str, group)) for group in groups]}
        columns["data"] = [spins[:, group].prod(axis=1).mean() for group in groups]
        columns |= {name: models[name] @ features for name in ("independent", "pairwise")}
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables)


def comparison_table(models, seed):
    """What the claims on moment matching need, one row per quantity.

    ``primal``: largest difference of probabilities between the pairwise model of few pixels and the
    distribution of largest entropy with its moments. ``gradient``: likelihood gradient by automatic
    differentiation less the difference of the moments, at random parameters; ``gradient_off``: with
    pairs counted 1 % too much. ``pythagoras``: S(model) - S(data) - KL(data, model). ``rival``: the
    largest entropy above the model's among `PERTURBED` distributions with the same moments;
    ``leaking``: its median if they keep `LEAK` of what changes the moments. ``pixels_by_hand``: see
    `occam.pixel_loss`.
    """
    n, rng = len(models["pixels"]), generator(seed, "maxent/digits/rivals")
    data, model, features, _ = models["data"], *matched(n, (1, 2), models["data"])
    theta = rng.normal(0, 0.1, features.shape[1])
    p = np.exp(families.log_probabilities(features, theta))
    gradient = np.asarray(derivatives.likelihood_gradient(features, data, theta))
    heavy = np.where(np.arange(features.shape[1]) < n, 1.0, OFF)
    rivals, leaking = rival_entropies(model, features, rng)
    rows = {
        "primal": _primal_gap(),
        "gradient": np.abs(gradient - (data - p) @ features).max(),
        "gradient_off": np.abs(gradient - heavy * ((data - p) @ features)).max(),
        "pythagoras": canonical.entropy(model) - canonical.entropy(data) - canonical.divergence(data, model),
        "rival": rivals.max() - canonical.entropy(model),
        "leaking": np.median(leaking) - canonical.entropy(model),
        "pixels_by_hand": pixel_loss(seed),
    }
    return pd.DataFrame(rows.items(), columns=["quantity", "value"])


def _primal_gap():
    """Largest difference between likelihood over parameters and entropy over probabilities, few pixels."""
    spins = images()
    law = pattern_law(spins[:, liveliest(spins, OCCAM_PIXELS)])
    model, features, _ = matched(OCCAM_PIXELS, (1, 2), law)
    return np.abs(model - simplex.maximize_entropy(features.T, law @ features)[0]).max()


def missing_table(models, seed):
    """What the images hold that a model does not express, freed of what too few images only seem to hold.

    Returns
    -------
    pandas.DataFrame
        Rows ``independent`` and ``pairwise``: ``apparent``, the divergence of the patterns from the model
        fitted to them; ``bias``, what `RESAMPLED` sets of as many images drawn from the model itself show
        on average, less k / 2n for the fit of k parameters, with the spread of a single set for its error;
        ``n_samples``.
    """
    n, rows, n_images = len(models["pixels"]), [], len(images())
    for name, orders in (("independent", (1,)), ("pairwise", (1, 2))):
        model, k = models[name], sum(len(states.subsets(n, order)) for order in orders)
        rng = generator(seed, f"maxent/digits/missing/{name}")
        seen = (rng.multinomial(n_images, model) / n_images for _ in range(RESAMPLED))
        nothing = np.array([canonical.divergence(law, model) for law in seen]) - k / (2 * n_images)
        apparent = canonical.divergence(models["data"], model)
        spread = nothing.std(ddof=1) * np.sqrt(1 + 1 / RESAMPLED)
        row = {"model": name, "apparent": apparent} | pairs(bias=(nothing.mean(), spread))
        rows.append(row | {"n_samples": RESAMPLED})
    return pd.DataFrame(rows)


def rival_entropies(model, features, rng):
    """Entropies of distributions near the model: with the same moments, and nearly so, float64[2, PERTURBED].

    A random change, weighted by the model so that small probabilities stay positive, is freed of its part
    along the features; of those that leak, `LEAK` of that part is left, uphill, and the change is small.
    """
    root = np.sqrt(model)
    basis = np.linalg.qr(root[:, None] * np.column_stack([np.ones(len(model)), features]))[0]
    found = np.empty((2, PERTURBED))
    for k in range(PERTURBED):
        change = rng.standard_normal(len(model)) * root
        inside = change - basis @ (basis.T @ change)
        along = change - inside - root * (root @ change)
        along *= LEAK * np.sign(-(root * along) @ np.log(model))
        for row, each, most in ((0, inside, 0.9), (1, inside + along, 0.01)):
            ratio = each / root
            step = rng.uniform(0, most) / np.abs(ratio).max()
            found[row, k] = canonical.entropy(model * (1 + step * ratio))
    return found


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        models = fitted(params.pixels)
        write(digits=models, moments=moment_table(models))
        write(comparisons=comparison_table(models, params.seed), missing=missing_table(models, params.seed))
        losses, rivals = occam_table(params.seed)
        write(occam=losses, rivals=rivals)
