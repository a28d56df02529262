"""Moment matching on real images: ``moments.csv``, ``neighbors.csv``, ``occam.csv`` and ``digits.npz``.

Arrays: ``pixels`` int64[n], the chosen ones of 64; ``average`` float64[8, 8], how often each pixel is
on; ``data``, ``independent``, ``pairwise`` float64[2^n], probabilities of all patterns of the chosen pixels.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.digits import handwritten_digits
from scripts.common.io import InputError
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.common.statistics import replica_mean
from scripts.maxent.kernels import families
from scripts.maxent.theory import canonical, derivatives, states

ON = 8  # gray level, of 16, from which a pixel counts as on
PERTURBED = 1000  # rivals with the same moments
OCCAM_PIXELS = 7
FOLDS = 16  # disjoint training sets
TRAINING = 80  # images in each


def images():
    """All 1797 digits of 8 x 8 pixels as +1 (on) and -1, float64[1797, 64]."""
    return np.where(handwritten_digits()[0] >= ON, 1.0, -1.0)


def liveliest(spins, n):
    """The n pixels that vary most, in order of their place, int64[n]."""
    return np.sort(np.argsort(-spins.var(axis=0), kind="stable")[:n])


def pattern_law(spins):
    """How often every pattern occurs, float64[2^n]."""
    n = spins.shape[1]
    codes = ((spins > 0) @ (2 ** np.arange(n))).astype(np.int64)
    return np.bincount(codes, minlength=2**n) / len(spins)


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
    """Moments of first, second and third order in the data and in both models; the third are not fitted."""
    n, tables = len(models["pixels"]), []
    for order in (1, 2, 3):
        features = states.features(n, (order,))
        columns = {"order": order, "units": ["-".join(map(str, group)) for group in states.subsets(n, order)]}
        columns |= {name: models[name] @ features for name in ("data", "independent", "pairwise")}
        tables.append(pd.DataFrame(columns))
    return pd.concat(tables)


def comparison_table(models, seed):
    """What the claims on moment matching need, one row per quantity.

    ``gradient``: likelihood gradient by automatic differentiation less the difference of the
    moments, at random parameters; ``gradient_off``: with pairs counted twice. ``pythagoras``:
    S(model) - S(data) - KL(data, model). ``rival`` and ``outsider``: the largest entropy above the
    model's among `PERTURBED` distributions with the same moments, and with moments of their own.
    """
    n, rng = len(models["pixels"]), generator(seed, "maxent/digits/rivals")
    data, model, features, _ = models["data"], *matched(n, (1, 2), models["data"])
    theta = rng.normal(0, 0.1, features.shape[1])
    p = np.exp(families.log_probabilities(features, theta))
    gradient = np.asarray(derivatives.likelihood_gradient(features, data, theta))
    doubled = np.where(np.arange(features.shape[1]) < n, 1.0, 2.0)
    rivals, outsiders = rival_entropies(model, features, rng)
    rows = {
        "residual": np.abs((model - data) @ features).max(),
        "residual_independent": np.abs((models["independent"] - data) @ features).max(),
        "gradient": np.abs(gradient - (data - p) @ features).max(),
        "gradient_off": np.abs(gradient - doubled * ((data - p) @ features)).max(),
        "pythagoras": canonical.entropy(model) - canonical.entropy(data) - canonical.divergence(data, model),
        "rival": rivals.max() - canonical.entropy(model),
        "outsider": outsiders.max() - canonical.entropy(model),
        "entropy_data": canonical.entropy(data),
        "entropy_pairwise": canonical.entropy(model),
        "entropy_independent": canonical.entropy(models["independent"]),
    }
    return pd.DataFrame(rows.items(), columns=["quantity", "value"])


def rival_entropies(model, features, rng):
    """Entropies of distributions near the model: with the same moments, and with others, float64[PERTURBED].

    A random change, weighted by the model so that small probabilities stay positive, is freed of
    its part along the features; kept whole, it is an outsider.
    """
    root = np.sqrt(model)
    basis = np.linalg.qr(root[:, None] * np.column_stack([np.ones(len(model)), features]))[0]
    found = np.empty((2, PERTURBED))
    for k in range(PERTURBED):
        change = rng.standard_normal(len(model)) * root
        inside = change - basis @ (basis.T @ change)
        outside = change - root * (root @ change)
        for row, each in enumerate((inside, outside)):
            ratio = each / root
            step = rng.uniform(0, 0.9) / np.abs(ratio).max()
            if row:
                step *= np.sign(-(model * ratio) @ np.log(model))  # towards more entropy
            found[row, k] = canonical.entropy(model * (1 + step * ratio))
    return found


def occam_table(seed):
    """Held-out loss of models with more and more features, learned from few images.

    Returns
    -------
    pandas.DataFrame
        Columns ``features``, ``order`` (largest), ``training`` and ``held_out`` (mean -ln p in nats) and
        ``excess`` (held-out loss above that of the best number of features), each with ``_err`` from
        `FOLDS` disjoint training sets; ``rival``, the held-out loss of the training patterns
        themselves, which have the model's moments and all else the few images show, above the model's.
    """
    spins = images()
    spins = spins[:, liveliest(spins, OCCAM_PIXELS)]
    order = generator(seed, "maxent/digits/occam").permutation(len(spins))
    held_out = pattern_law(spins[order[FOLDS * TRAINING :]])
    losses = []
    for fold in progress(range(FOLDS), "Occam"):
        training = pattern_law(spins[order[fold * TRAINING : (fold + 1) * TRAINING]])
        losses.append(_fold(training, held_out))
    return _summary(np.array(losses))


def feature_counts():
    """Numbers of features tried, and the largest order among them, in the order they are added."""
    totals = np.cumsum([len(states.subsets(OCCAM_PIXELS, k)) for k in range(1, OCCAM_PIXELS + 1)])
    shown = sorted({*totals.tolist(), 11, 14, 18, 22, 35, 42, 49, 56, 80})
    return np.array(shown), np.searchsorted(totals, shown) + 1


def _fold(training, held_out):
    """Training loss and held-out loss by number of features, float64[2, K]."""
    # One made-up observation, spread over all patterns: without it a pattern never seen has no finite fit.
    smooth = (TRAINING * training + 1 / len(training)) / (TRAINING + 1)
    orders = range(1, OCCAM_PIXELS + 1)
    sizes = [k for k in orders for _ in states.subsets(OCCAM_PIXELS, k)]
    features = states.features(OCCAM_PIXELS, orders)
    features = features[:, np.lexsort((-_connected(features, smooth), sizes))]
    theta, found = np.zeros(0), []
    for count in feature_counts()[0]:
        few, start = features[:, :count], np.append(theta, np.zeros(count - len(theta)))
        theta = families.fit(few, smooth @ few, start)
        log_p = families.log_probabilities(few, theta)
        found.append((-training @ log_p, -held_out @ log_p))
    return np.transpose(found)


def _connected(features, law):
    """How far each moment is from that of independent units, as a guess of what the feature is worth."""
    n = OCCAM_PIXELS
    means = law @ features[:, :n]
    independent = np.prod((1 + states.spin_states(n) * means) / 2, axis=1)
    return np.abs((law - independent) @ features)


def _summary(losses):
    """Means over the folds, with errors from their scatter."""
    counts, orders = feature_counts()
    best = losses[:, 1].mean(axis=0).argmin()
    excess = losses[:, 1] - losses[:, 1, [best]]
    rival = losses[:, 1, [-1]] - losses[:, 1]  # with all features the model is the patterns themselves
    named = {"training": losses[:, 0], "held_out": losses[:, 1], "excess": excess, "rival": rival}
    means = pairs(**{name: replica_mean(values) for name, values in named.items()})
    return pd.DataFrame({"features": counts, "order": orders} | means)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        models = fitted(params.pixels)
        write(digits=models, moments=moment_table(models))
        write(comparisons=comparison_table(models, params.seed), occam=occam_table(params.seed))
