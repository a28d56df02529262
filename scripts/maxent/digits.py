"""Moment matching on real images: tables ``moments``, ``comparisons``, ``missing``, ``occam``, ``rivals``.

Arrays, ``digits.npz``: ``pixels`` int64[n], the chosen ones of 64; ``average`` float64[8, 8], how often each
pixel is on; ``data``, ``independent``, ``pairwise`` float64[2^n], probabilities of all patterns of the chosen pixels.
"""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.digits import handwritten_digits
from scripts.common.io import InputError
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.common.statistics import Estimate, replica_mean
from scripts.maxent.kernels import families, simplex
from scripts.maxent.theory import canonical, derivatives, states

ON = 8  # gray level, of 16, from which a pixel counts as on
PERTURBED = 1000  # rivals with the same moments
LEAK, OFF = 0.1, 1.01  # the controls: a tenth of what changes the moments is left; one per cent too much
RESAMPLED = 60  # sets of images drawn from a model
OCCAM_PIXELS = 7
FOLDS = 16  # disjoint training sets
TRAINING = 80  # images in each
SMOOTHING = {"one": 1.0, "tenths": 12.8, "halves": 64.0, "ones": 128.0}  # made-up images, over 128 patterns
SHOWN = "one"  # all numbers of features are tried for it
PIXELS, FEW, PAIRS, ALL = LANDMARKS = 7, 14, 28, 127  # features: FEW has the seven strongest pairs
UNFOUNDED = 400  # random distributions with the moments of a model


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
    `_pixel_loss`.
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
        "pixels_by_hand": _pixel_loss(seed),
    }
    return pd.DataFrame(rows.items(), columns=["quantity", "value"])


def _pixel_loss(seed):
    """Both losses of independent pixels together, from the images themselves, without patterns or fits."""
    spins = images()
    ink = (spins[:, liveliest(spins, OCCAM_PIXELS)] > 0)[occam_order(seed)]
    test, losses = ink[FOLDS * TRAINING :].mean(axis=0), []
    for k in range(FOLDS):
        own, made_up = ink[k * TRAINING : (k + 1) * TRAINING].mean(axis=0), SMOOTHING[SHOWN]
        on = (TRAINING * own + made_up / 2) / (TRAINING + made_up)
        both = test + own
        losses.append(-(both * np.log(on) + (2 - both) * np.log(1 - on)).sum())
    return np.mean(losses)


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


def occam_table(seed):
    """Held-out loss of models with more and more features, learned from few images.

    Patterns that the few images lack would have probability zero; each way of `SMOOTHING` adds some made-up
    images, spread over all patterns.

    Returns
    -------
    losses : pandas.DataFrame
        Columns ``smoothing``, ``features``, ``order`` (largest), ``training`` and ``held_out`` (mean -ln p in
        nats), ``above_few`` (held-out loss above that of `FEW` features), with errors, and
        ``degrees_of_freedom`` of the last.
    rivals : pandas.DataFrame
        By smoothing, ``unfounded``: by how much distributions with the moments of the pairwise model, but
        random otherwise, lose more than the model, with error.
    """
    spins = images()
    spins = spins[:, liveliest(spins, OCCAM_PIXELS)]
    order = occam_order(seed)
    training = [pattern_law(spins[order[k * TRAINING : (k + 1) * TRAINING]]) for k in range(FOLDS)]
    test = pattern_law(spins[order[FOLDS * TRAINING :]])
    n_test, tables, rivals = len(spins) - FOLDS * TRAINING, [], []
    for name, made_up in progress(SMOOTHING.items(), "Occam"):
        counts = feature_counts() if name == SHOWN else LANDMARKS
        models = np.array([_models(law, made_up, counts) for law in training])
        tables.append(_losses(models, counts, (training, test), n_test).assign(smoothing=name))
        rng = generator(seed, "maxent/digits/unfounded")
        extra = crossed_mean(_unfounded(models[:, list(counts).index(PAIRS)], rng), test, n_test)
        row = {"smoothing": name} | pairs(unfounded=extra)
        rivals.append(row | {"degrees_of_freedom": extra.degrees_of_freedom})
    return pd.concat(tables), pd.DataFrame(rivals)


def occam_order(seed):
    """The order of the images: `FOLDS` training sets, and the rest, which is the test set."""
    return generator(seed, "maxent/digits/occam").permutation(len(images()))


def feature_counts():
    """Numbers of features tried, in the order they are added."""
    totals = np.cumsum([len(states.subsets(OCCAM_PIXELS, k)) for k in range(1, OCCAM_PIXELS + 1)])
    return sorted({*totals.tolist(), 11, 14, 18, 22, 35, 42, 49, 56, 80})


def _models(training, made_up, counts):
    """ln p of all patterns by number of features, float64[K, 2^n], of one training set."""
    smooth = (TRAINING * training + made_up / len(training)) / (TRAINING + made_up)
    orders = range(1, OCCAM_PIXELS + 1)
    sizes = [k for k in orders for _ in states.subsets(OCCAM_PIXELS, k)]
    features = states.features(OCCAM_PIXELS, orders)
    features = features[:, np.lexsort((-_connected(features, smooth), sizes))]
    theta, found = np.zeros(0), []
    for count in counts:
        few, start = features[:, :count], np.append(theta, np.zeros(count - len(theta)))
        theta = families.fit(few, smooth @ few, start)
        found.append(families.log_probabilities(few, theta))
    return np.array(found)


def _connected(features, law):
    """How far each moment is from that of independent units, as a guess of what the feature is worth."""
    n = OCCAM_PIXELS
    means = law @ features[:, :n]
    independent = np.prod((1 + states.spin_states(n) * means) / 2, axis=1)
    return np.abs((law - independent) @ features)


def _unfounded(log_p, rng):
    """Mean over random distributions with the moments of each model of the loss above its own, by pattern.

    Parameters
    ----------
    log_p : float64[F, 2^n]
        Pairwise models.

    Returns
    -------
    float64[F, 2^n]
        -ln (1 + change) averaged over `UNFOUNDED` changes that leave all pair moments as they are.
    """
    features, found = states.features(OCCAM_PIXELS, (1, 2)), []
    for p in np.exp(log_p):
        root = np.sqrt(p)
        basis = np.linalg.qr(root[:, None] * np.column_stack([np.ones(len(p)), features]))[0]
        change = rng.standard_normal((UNFOUNDED, len(p)))
        ratio = (change - change @ basis @ basis.T) / root
        ratio *= 0.5 / np.abs(ratio).max(axis=1, keepdims=True)
        found.append(-np.log1p(ratio).mean(axis=0))
    return np.array(found)


def _losses(models, counts, laws, n_test):
    """Rows of the table of losses, for one smoothing."""
    training, test = laws
    totals = np.cumsum([len(states.subsets(OCCAM_PIXELS, k)) for k in range(1, OCCAM_PIXELS + 1)])
    few, rows = models[:, list(counts).index(FEW)], []
    for j, count in enumerate(counts):
        own = replica_mean([-law @ model for law, model in zip(training, models[:, j], strict=True)])
        other, above = (crossed_mean(each - models[:, j], test, n_test) for each in (0.0, few))
        row = {"features": count, "order": np.searchsorted(totals, count) + 1}
        row |= pairs(training=own, held_out=other, above_few=above)
        rows.append(row | {"degrees_of_freedom": above.degrees_of_freedom})
    return pd.DataFrame(rows)


def crossed_mean(losses, test, n_test):
    """Mean loss of several models on one test set, whose scatter counts as well as that of the models.

    Parameters
    ----------
    losses : float64[F, 2^n]
        By model and pattern.
    test : float64[2^n]
        Shares of the patterns in the test set.
    n_test : int
        Its images.

    Returns
    -------
    Estimate
        Degrees of freedom of the sum of both variances by Welch and Satterthwaite.
    """
    by_model, by_pattern = losses @ test, losses.mean(axis=0)
    mean = by_model.mean()
    parts = np.array([by_model.var(ddof=1) / len(losses), test @ (by_pattern - mean) ** 2 / (n_test - 1)])
    freedom = [len(losses) - 1, n_test - 1]
    total = parts.sum()
    return Estimate(mean, np.sqrt(total), total**2 / (parts**2 / freedom).sum() if total > 0 else np.inf)


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        models = fitted(params.pixels)
        write(digits=models, moments=moment_table(models))
        write(comparisons=comparison_table(models, params.seed), missing=missing_table(models, params.seed))
        losses, rivals = occam_table(params.seed)
        write(occam=losses, rivals=rivals)
