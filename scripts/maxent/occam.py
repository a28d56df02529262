"""Losses on images not used of models with more and more features: ``occam.csv`` and ``rivals.csv``."""

import numpy as np
import pandas as pd

from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.seeds import generator
from scripts.common.statistics import Estimate, replica_mean
from scripts.maxent.kernels import families
from scripts.maxent.patterns import images, liveliest, pattern_law
from scripts.maxent.theory import states

OCCAM_PIXELS = 7
FOLDS = 16  # disjoint training sets
TRAINING = 80  # images in each
SMOOTHING = {"one": 1.0, "tenths": 12.8, "halves": 64.0, "ones": 128.0}  # made-up images, over 128 patterns
SHOWN = "one"  # all numbers of features are tried for it
PIXELS, FEW, PAIRS, ALL = LANDMARKS = 7, 14, 28, 127  # features: FEW has the seven strongest pairs
UNFOUNDED = 400  # random distributions with the moments of a model


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


def pixel_loss(seed):
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
