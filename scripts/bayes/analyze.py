"""The chains against the exact posteriors: moments, distributions, histograms, averages, predictions."""

from functools import partial

import numpy as np
import pandas as pd
from scipy import special

from scripts.bayes import samples as sampling
from scripts.bayes.kernels import energies
from scripts.bayes.theory import conjugate, walks
from scripts.common.columns import pairs
from scripts.common.io import load_arrays
from scripts.common.statistics import jackknife, replica_mean
from scripts.common.statistics.counts import uniform_deviate

PARAMETERS = {"p": ("coin", 0), "mu": ("normal", 0), "lambda": ("normal", 1)}
LEVELS = (0.025, 0.975)
BINS = 24
SETS = 16  # histograms of each size
NEXT = 10  # tosses that are predicted
LAST_OFF, CAPS = 1.02, {"coin": 1.0, "normal": np.inf}  # of p or lambda in a control; p is at most one
PRIOR_OFF = 1.01  # power of the prior in a control
FAR_TAIL = 3.0  # the next datum is asked to lie this many plug-in widths above the mean


def posteriors(arrays):
    """Parameters of the exact posteriors: (a, b) of the coin, (m, kappa, a, b) of the normal data."""
    coin = conjugate.coin_posterior(*arrays["coin_data"])
    return coin, conjugate.normal_posterior(arrays["normal_data"], sampling.PRIOR_NORMAL)


def laws(arrays):
    """Exact laws of the parameters, by name: distribution function, mean, variance."""
    (a, b), posterior = posteriors(arrays)
    means, variances = conjugate.normal_moments(posterior)
    return {
        "p": (lambda x: special.betainc(a, b, x), *conjugate.beta_moments(a, b)),
        "mu": (lambda x: conjugate.mean_cdf(x, posterior), means[0], variances[0]),
        "lambda": (lambda x: conjugate.precision_cdf(x, posterior), means[1], variances[1]),
    }


def moments(arrays):
    """One row for each parameter: moments, chi-square, interval; beside them the exact law."""
    rows = []
    for name, (cdf, mean, variance) in laws(arrays).items():
        problem, i = PARAMETERS[name]
        x, off = (arrays[f"{problem}{end}"][:, :, i] for end in ("", "_off"))
        values = {"mean": x.mean(axis=1), "variance": ((x - mean) ** 2).mean(axis=1)}
        values["variance_off"] = ((off - off.mean()) ** 2).mean(axis=1)
        # The rank q (n + 1), below which lies the probability q on average, however few the samples.
        values["below"], values["above"] = cdf(np.quantile(x, LEVELS, axis=1, method="weibull"))
        rows.append(
            {"parameter": name, "chains": len(x), "samples": x.size}
            | {"mean_expected": mean, "variance_expected": variance}
            | pairs(**{key: replica_mean(chains) for key, chains in values.items()})
            | {"deviate": uniform_deviate(cdf(x)), "deviate_off": uniform_deviate(cdf(off))}
        )
    return pd.DataFrame(rows)


def edges(cdf, low, high):
    """Edges of the bins, float64[BINS + 1]: even between two quantiles; the outermost bins are open."""
    x = np.linspace(low, high, 4001)
    inside = np.interp([0.002, 0.998], cdf(x), x)
    return np.linspace(*inside, BINS + 1)


def histograms(arrays):
    """L1 distance of the histogram of p from the exact one against the number of samples M.

    Columns ``M``, ``sets``, ``distance`` over so many histograms with error, ``expected`` of M samples,
    sum_i E|n_i/M - p_i|, and ``wrong`` with error, of the chain with the planted error. No sample is in
    two rows, but for the last one, a single histogram of all samples.
    """
    cdf = laws(arrays)["p"][0]
    grid = edges(cdf, 0.0, 1.0)
    exact = np.diff(np.concatenate([[0.0], cdf(grid[1:-1]), [1.0]]))
    total = arrays["coin"].size
    shares = [(2**k, SETS) for k in range(6, int(np.log2(total / SETS)))]
    rows, first = [], 0
    for M, sets in [*shares, (total, 1)]:
        first = 0 if sets == 1 else first
        row = {"M": M, "sets": sets, "expected": np.sum(mean_deviation(M, exact)) / M}
        for name, key in (("coin", "distance"), ("coin_off", "wrong")):
            found = np.ravel(arrays[name])[first : first + M * sets].reshape(sets, M)
            counts = np.array([np.bincount(np.digitize(each, grid[1:-1]), minlength=BINS) for each in found])
            distance = np.abs(counts / M - exact).sum(axis=1)
            # Of |Gaussian| the variance is 1 - 2/pi.
            one = np.sqrt((1 - 2 / np.pi) * np.sum(exact * (1 - exact)) / M)
            row |= {key: distance.mean(), f"{key}_err": one / np.sqrt(sets)}
        rows.append(row)
        first += M * sets
    return pd.DataFrame(rows)


def mean_deviation(n, p):
    """E|K - np| of a binomial K: 2 (1-p)^(n-k) p^(k+1) (k+1) C(n, k+1) with k = floor(np), float64[...].

    De Moivre's formula; Diaconis and Zabell, Stat. Sci. 6, 284 (1991), doi:10.1214/ss/1177011699.
    """
    k = np.floor(n * p) + 1
    log_choose = -np.log1p(n) - special.betaln(n - k + 1, k + 1)
    return 2 * k * np.exp(log_choose + k * np.log(p) + (n - k + 1) * np.log1p(-p))


def averages(arrays):
    """Error of the average against the length, with and without the way from a far start.

    Columns ``steps``, ``chains``, ``settled`` (root-mean-square error, in posterior widths), ``expected``
    sqrt(2 tau / M) with the exact tau, ``bias`` of the settled and ``bias_far`` of all steps from the start,
    whose exact value is ``bias_far_expected``.
    """
    tau = walks.gaussian_memory(sampling.FAR_SCALE)
    way = walks.memory_of_a_start(sampling.FAR, sampling.FAR_SCALE)
    rows = []
    for k, steps in enumerate(arrays["far_lengths"]):
        settled, far = replica_mean(arrays["settled"][k]), replica_mean(arrays["far"][k])
        rms = np.sqrt(np.mean(arrays["settled"][k] ** 2))
        n = arrays["settled"].shape[1]
        expected = np.sqrt(2 * tau / steps)
        rows.append((steps, n, rms, rms / np.sqrt(2 * n), expected, *settled[:2], *far[:2], way / steps))
    columns = ["steps", "chains", "settled", "settled_err", "expected", "bias", "bias_err"]
    columns += ["bias_far", "bias_far_err", "bias_far_expected"]
    return pd.DataFrame(rows, columns=columns)


def chance_of_heads(k, p):
    """Probability of k heads in the next `NEXT` tosses, float64[...]."""
    choose = np.exp(-np.log1p(NEXT) - special.betaln(NEXT - k + 1, k + 1))
    return choose * p**k * (1 - p) ** (NEXT - k)


def predictions(arrays):
    """Predictions averaged over the samples against exact ones, and those of a single best parameter.

    Rows: ``heads`` k = 0 .. `NEXT` in the next tosses; ``tail``: the next normal datum above y. Column
    ``wrong``: averaged over samples whose last
    parameter is too large by the factor `LAST_OFF`.
    """
    (a, b), posterior = posteriors(arrays)
    rows, mean = [], conjugate.beta_moments(a, b)[:1]
    for k in np.arange(NEXT + 1.0):
        exact = conjugate.coin_predictive(k, NEXT, a, b)
        rows.append(("heads", k, exact, *_predicted(arrays, "coin", partial(chance_of_heads, k), mean)))
    y = posterior[0] + FAR_TAIL * np.sqrt(posterior[3] / posterior[2])

    def above(mu, precision):
        return special.ndtr((mu - y) * np.sqrt(precision))

    exact, means = float(conjugate.predictive_tail(y, posterior)), conjugate.normal_moments(posterior)[0]
    rows.append(("tail", y, exact, *_predicted(arrays, "normal", above, means)))
    names = ("averaged", "wrong", "plug_in")
    columns = ["what", "at", "expected", "chains", *(each + end for each in names for end in ("", "_err"))]
    columns.append("plug_in_expected")
    return pd.DataFrame(rows, columns=columns)


def _predicted(arrays, problem, chance, means):
    """Chains; ``chance`` over samples, over wrong ones and at their mean, with errors; at exact means."""
    right = np.moveaxis(arrays[problem], 2, 0)
    wrong = np.minimum([*right[:-1], LAST_OFF * right[-1]], [[[CAPS[problem]]]])
    averaged, off = (replica_mean(chance(*theta).mean(axis=1)) for theta in (right, wrong))
    plug = jackknife(right.mean(axis=2).T, lambda found: chance(*np.moveaxis(found, -1, 0)))
    return right.shape[1], *averaged[:2], *off[:2], *plug[:2], float(chance(*means))


def ratios(arrays, n=1000):
    """Largest deviation of exp(E - E') from the ratio of the normalized posteriors, and with a wrong prior.

    Columns ``problem``, ``deviation`` and ``prior_off``, the median where the energy has a prior raised to
    the power `PRIOR_OFF`; over n pairs of neighboring samples.
    """
    (a, b), (m, kappa, shape, rate) = posteriors(arrays)

    def normal_gamma(theta):
        mu, precision = theta
        spread = np.exp(-0.5 * kappa * precision * (mu - m) ** 2) * np.sqrt(kappa * precision / (2 * np.pi))
        gamma = rate**shape * precision ** (shape - 1) * np.exp(-rate * precision) / special.gamma(shape)
        return spread * gamma

    setup = {
        "coin": (energies.coin(*arrays["coin_data"]), lambda t: conjugate.beta_density(t[0], a, b)),
        "normal": (energies.normal(arrays["normal_data"], sampling.PRIOR_NORMAL), normal_gamma),
    }
    rows = []
    for name, (problem, density) in setup.items():
        theta = arrays[name].reshape(-1, arrays[name].shape[2])[: n + 1]
        parts = np.array([energies.energies(each, problem) for each in theta])
        exact = np.array([density(each) for each in theta])
        r = exact[1:] / exact[:-1]
        with_prior = np.exp(-np.diff(parts.sum(axis=1))) / r - 1
        off = np.exp(-np.diff(parts @ [1.0, PRIOR_OFF])) / r - 1
        rows.append((name, np.abs(with_prior).max(), np.median(np.abs(off))))
    return pd.DataFrame(rows, columns=["problem", "deviation", "prior_off"])


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (_, write):
        arrays = load_arrays(snakemake.input[0])
        makers = moments, histograms, averages, predictions, ratios
        write(**{make.__name__: make(arrays) for make in makers})
