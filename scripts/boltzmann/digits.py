"""A restricted machine on real handwritten digits: ``digits_learning.csv``, ``digit_checks.csv``,
``digits.npz``.

Learning by persistent chains; the likelihood by annealed importance sampling from pixels that are
independent. Arrays written, for m marks during learning, H hidden units and n chains shown:

- ``epochs`` int64[m]; ``fantasies`` uint8[m, n, 8]: visible states of the persistent chains, eight
pixels a byte
- ``weights`` float64[64, H], ``visible_bias`` float64[64], ``hidden_bias`` float64[H]: the trained machine
- ``train`` float64[n, 64]: training images for comparison
- ``samples`` float64[n, 64]: after learning
- ``energy_test``, ``energy_noise`` float64[.]: -ln P of images held out, and of independent pixels with
their means
"""

import numpy as np
import pandas as pd

from scripts.boltzmann import digits_data
from scripts.boltzmann.annealing import log_mean_exp
from scripts.boltzmann.kernels import block_gibbs, learning
from scripts.boltzmann.parameters import Rbm
from scripts.boltzmann.theory import rbm as exact
from scripts.common.columns import pairs
from scripts.common.progress import progress
from scripts.common.seeds import generator, words
from scripts.common.statistics import replica_mean

BATCH = 100
RATE, DECAY = 0.1, 1e-4  # of learning, falling to zero; of the weights
MARKS = 24  # marks during learning, for curves and player
SHOWN = 64  # chains shown
SMALL = 16  # hidden units of the machine whose ln Z is exact
SMALL_SHARE = 5  # it learns a fifth as long
SETTLE, SNAPSHOTS = 500, 5  # steps of the chains after learning between two samples, and samples of each
WEIGHED = 500  # chains of an annealing
NOISE = 5  # images of noise for each image held out
SCALE = 6.4  # of the kernel exp(-distance / scale): a tenth of the pixels
PARTS = 30  # of samples, for the error of a discrepancy
SWAPPED = 20  # of the control: of so many images one is taken for the other kind


def trained(seed, data, hidden, epochs, chains):
    """Learn, and yield the machine at every mark.

    Parameters
    ----------
    seed : int
    data : float64[n, 64]
    hidden, epochs, chains : int

    Yields
    ------
    epoch : int
    rbm : Rbm
    visible : uint8[chains, 16]
        The persistent chains, packed; they go on in place.
    streams : uint64[chains]
    """
    label = ("boltzmann/digits", "learning", f"hidden={hidden}")
    rng, means = generator(seed, *label), digits_data.smoothed_means(data)
    rbm = learning.initial(rng, means, hidden)
    visible = block_gibbs.packed(rng.random((chains, data.shape[1])) < means)
    streams = words(seed, *label, n=chains)
    marks = set(np.unique(np.geomspace(1, epochs, MARKS).round().astype(int)).tolist())
    yield 0, rbm, visible, streams
    for epoch in progress(range(epochs), f"digits, {hidden} hidden units"):
        rate = RATE * (1 - epoch / epochs)
        order = rng.permutation(len(data))
        for start in range(0, len(data) - BATCH + 1, BATCH):
            positive = learning.mean_statistics(rbm, data[order[start : start + BATCH]])
            negative = learning.negative_statistics(rbm, visible, streams, 1)
            push = learning.difference(positive, negative)
            rbm = learning.moved(rbm, Rbm(push.W - DECAY * rbm.W, push.a, push.b), rate)
        if epoch + 1 in marks:
            yield epoch + 1, rbm, visible, streams


def annealed_log_z(seed, rbm, means, steps, *label):
    """ln Z and its error; the annealing starts from independent pixels with the means of the data."""
    base = np.log(means / (1 - means))
    label = ("boltzmann/digits", "annealing", *label)
    v = block_gibbs.packed(generator(seed, *label).random((WEIGHED, len(base))) < means)
    betas = np.linspace(0, 1, steps + 1)
    log_weights = block_gibbs.anneal(v, words(seed, *label, n=WEIGHED), rbm, base, betas)
    log_z0 = np.logaddexp(0, base).sum() + len(rbm.b) * np.log(2)
    found, error = log_mean_exp(log_weights)
    return float(found + log_z0), float(error)


def studied(seed, hidden, epochs, chains, n_test, steps):
    """Everything about the digits.

    Parameters
    ----------
    seed : int
    hidden, epochs, chains : int
        Of learning.
    n_test : int
        Images held out.
    steps : int
        Temperatures of the last annealing; those on the way take a tenth.

    Returns
    -------
    dict
        ``curve``, ``checks``, and ``arrays`` as in the module's docstring.
    """
    train, test = digits_data.parts(seed, n_test)
    means, rows, shown = digits_data.smoothed_means(train), [], []
    for epoch, rbm, visible, streams in trained(seed, train, hidden, epochs, chains):  # noqa: B007 (used after)
        last = epoch == epochs
        log_z = annealed_log_z(seed, rbm, means, steps if last else max(steps // 10, 1), f"epoch={epoch}")
        rows.append({"epoch": epoch} | _likelihoods(rbm, log_z, train, test))
        pixels = block_gibbs.unpacked(visible[:SHOWN], train.shape[1]).astype(np.uint8)
        shown.append(np.packbits(pixels, axis=1))
    samples = []
    for _ in range(SNAPSHOTS):
        block_gibbs.gibbs(visible, streams, rbm, SETTLE)
        samples.append(block_gibbs.unpacked(visible, train.shape[1]))
    noise = generator(seed, "boltzmann/digits", "noise").random((NOISE * n_test, len(means))) < means
    noise = noise.astype(float)
    sets = {"energy_test": test, "energy_noise": noise}
    energies = {name: exact.free_energy(rbm, v) + log_z[0] for name, v in sets.items()}
    checks = _checks(log_z, test, noise, means, energies) | _discrepancies(samples, noise, train, test)
    checks |= _small(seed, train, means, (epochs, chains, steps)) | _nearest(samples[-1], train, test)
    halves = np.full(train.shape[1], 0.5)  # another path: from pixels that are white as often as black
    checks["log_z_other_path"] = *annealed_log_z(seed, rbm, halves, steps, "halves"), WEIGHED
    arrays = {"epochs": np.array([row["epoch"] for row in rows]), "fantasies": np.array(shown)} | energies
    arrays |= {"weights": rbm.W, "visible_bias": rbm.a, "hidden_bias": rbm.b}
    arrays |= {"train": train[:SHOWN], "samples": samples[-1][:SHOWN]}
    rows_of = {name: pairs(value=found[:2]) | {"units": found[2]} for name, found in checks.items()}
    table = pd.DataFrame([{"quantity": name} | row for name, row in rows_of.items()])
    return {"curve": pd.DataFrame(rows), "checks": table, "arrays": arrays}


def _likelihoods(rbm, log_z, train, test):
    """Nats per image; the error of ln Z is common to both parts."""
    found = {"log_z": log_z}
    for name, v in (("train", train), ("test", test)):
        mean, error, _ = replica_mean(-exact.free_energy(rbm, v))
        found[f"log_likelihood_{name}"] = mean - log_z[0], np.hypot(error, log_z[1])
    return pairs(**found, log_pseudo_likelihood=replica_mean(exact.log_pseudo_likelihood(rbm, test)))


def _checks(log_z, test, noise, means, energies):
    """Likelihood above that of independent pixels, image by image; digits against noise.

    Of each a value, its error, and the number of units behind the error.
    """
    independent, n = digits_data.independent_log_likelihood(means, test), len(test)
    gain = -energies["energy_test"] - independent
    untrained = [-digits_data.independent_log_likelihood(means, v) for v in (test, noise)]
    return {
        "gain": (gain.mean(), np.hypot(replica_mean(gain).err, log_z[1]), n),
        "independent": (independent.mean(), replica_mean(independent).err, n),
        "auc": (*digits_data.auc(energies["energy_test"], energies["energy_noise"]), n),
        "auc_swapped": (*digits_data.auc(*_swapped(energies["energy_test"], energies["energy_noise"])), n),
        "auc_untrained": (*digits_data.auc(*untrained), n),
    }


def _swapped(digits, noise):
    """The energies of both, every twentieth image of each taken for one of the other kind."""
    put, got = (np.arange(len(each)) % SWAPPED == 0 for each in (digits, noise))
    return np.concatenate([digits[~put], noise[got]]), np.concatenate([noise[~got], digits[put]])


def _nearest(samples, train, test):
    """Pixels in which samples, and images held out, differ from the nearest training image."""
    found = {}
    for name, images in (("samples", samples), ("test", test)):
        mean, error, _ = replica_mean(_distances(images, train).min(axis=1))
        found[f"nearest_{name}"] = mean, error, len(images)
    return found


def _discrepancies(samples, noise, train, test):
    """Squared maximum mean discrepancy to the images held out (Gretton et al., JMLR 13, 723 (2012)).

    All samples of a chain stay in one part, so that the scatter of the parts knows of their correlation.
    """
    chains = np.array_split(np.array(samples), PARTS, axis=1)
    sets = {
        "samples": [part.reshape(-1, part.shape[-1]) for part in chains],
        "noise": np.array_split(noise, PARTS),
        "train": np.array_split(train, PARTS),
    }
    found = {name: discrepancy(parts, test) for name, parts in sets.items()}
    gain = tuple(one - other for one, other in zip(found["noise"], found["samples"], strict=True))
    return {f"discrepancy_{name}": _estimated(each) for name, each in (found | {"gain": gain}).items()}


def discrepancy(parts, other):
    """Unbiased squared discrepancy of two sets of images, part by part of the first and image by image of the
    second.

    Returns
    -------
    of_parts : float64[PARTS]
        Its value with one part of the first set.
    of_images : float64[n]
        What each image of the second set adds to the mean of those, less the mean.
    """
    within, n = _kernel(other, other), len(other)
    constant = (within.sum() - n) / (n * (n - 1))
    found, across = [], []
    for part in parts:
        own, m = _kernel(part, part), len(part)
        across.append(_kernel(part, other).mean(axis=0))
        found.append((own.sum() - m) / (m * (m - 1)) - 2 * across[-1].mean() + constant)
    influence = 2 * ((within.sum(axis=0) - 1) / (n - 1) - np.mean(across, axis=0))
    return np.array(found), influence - influence.mean()


def _estimated(both):
    """Value, error from the scatter of both sets, and the number of parts."""
    of_parts, of_images = both
    mean, error, _ = replica_mean(of_parts)
    return mean, np.hypot(error, replica_mean(of_images).err), len(of_parts)


def _kernel(one, other):
    return np.exp(-_distances(one, other) / SCALE)


def _distances(one, other):
    """Pixels in which the images of two sets differ, float64[n, m]."""
    return one.sum(1)[:, None] + other.sum(1) - 2 * one @ other.T


def _small(seed, train, means, settings):
    """A machine with few hidden units, whose ln Z is known exactly, annealed in the same way."""
    epochs, chains, steps = settings
    rbm = [found for _, found, _, _ in trained(seed, train, SMALL, max(epochs // SMALL_SHARE, 1), chains)][-1]
    return {
        "small_log_z": (*annealed_log_z(seed, rbm, means, steps, "small"), WEIGHED),
        "small_log_z_exact": (exact.log_partition_function(rbm), 0.0, 1),
    }


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        plan = params.hidden, params.epochs, params.chains, params.test, params.temperatures
        write(**studied(params.seed, *plan))
