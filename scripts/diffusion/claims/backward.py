"""The reverse process with the exact score: rows 7.1-04, 7.3-02 to 7.3-04 and 7.3-08."""

import numpy as np

from scripts.common.claims.findings import Found, column, provided, quoted, scaled
from scripts.common.statistics.counts import deviate
from scripts.diffusion.theory import mixture as theory

SAMPLERS = {"data": "diffusion/tables/samplers.csv", "rule": "diffusion_reverse"}
MARGINALS = {"data": "diffusion/tables/marginals.csv", "rule": "diffusion_reverse"}
LIKELIHOOD = {"data": "diffusion/tables/likelihood.csv", "rule": "diffusion_reverse"}
ARRAYS = {"data": "diffusion/data/reverse.npz", "rule": "diffusion_reverse"}
SPECIATION = {"data": "diffusion/tables/speciation.csv", "rule": "diffusion_transitions"}
ENOUGH, MANY = 300, 30000
NEED_STEPS = f"diffusion.reverse.steps of {ENOUGH} or more, and diffusion.reverse.particles of {MANY} or more"
CASES = {
    ("7.1-04", "ddim_variance"): ("ddim", "variance"),
    ("7.1-04", "flow_variance"): ("flow", "variance"),
    ("7.1-04", "ddpm_variance"): ("ddpm", "variance"),
    ("7.1-04", "subtract_variance"): ("subtract", "variance"),
    ("7.3-02", "mass"): ("sde", "mass"),
    ("7.3-02", "variance"): ("sde", "variance"),
    ("7.3-02", "width"): ("sde", "width"),
    ("7.3-02", "heavier"): ("heavier", "mass"),
    ("7.3-03", "positive_step"): ("sde", "distance"),
    ("7.3-03", "stopped"): ("stopped", "distance"),
    ("7.3-03", "literal"): ("literal", "distance"),
    ("7.3-04", "with_score"): ("ddpm", "distance"),
    ("7.3-04", "no_score"): ("no_score", "distance"),
    ("7.3-04", "short"): ("short", "width"),
}
"""Sampler, or fault, and what is compared of it."""


def findings(data):
    """What the rows of the reverse process compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``samplers``, ``marginals``, ``likelihood``, ``speciation`` and ``reverse``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    table, arrays, passed = data["samplers"].set_index("sampler"), data["reverse"], data["marginals"]
    enough = table["steps"].min() >= ENOUGH and table["particles"].max() >= MANY
    within = [("7.3-02", "within", _share(arrays), theory.within(3.0, 2))]
    moments = [
        (*name, column(table.loc[case], what, n_effective="particles"), table.loc[case, f"{what}_exact"])
        for name, (case, what) in CASES.items()
    ]
    flow = [
        ("7.3-08", "marginals", passed["deviation"].max(), 0.0),
        ("7.3-08", "weak_score", passed["deviation_off"].max(), 0.0),
    ]
    return [
        (SAMPLERS, provided(enough, NEED_STEPS, moments)),
        (ARRAYS, provided(enough, NEED_STEPS, within)),
        (MARGINALS, flow),
        (LIKELIHOOD, [("7.3-08", "likelihood", _off(data["likelihood"]), 0.0)]),
        (SPECIATION, [("7.3-02", "clones", clones(data["speciation"]), 0.0)]),
    ]


def clones(table):
    """Chi-square of the agreement of clones in all dimensions and at all times, as a normal deviate."""
    off = (table["agreement"] - table["exact"]) / table["agreement_err"]
    return Found(deviate(np.sum(off**2), len(table)), 1.0, n_effective=table["starts"].sum())


def _share(arrays):
    return Found(*arrays["plane_share"], n_effective=float(arrays["plane_particles"]))


def _off(table):
    return np.abs(table["flow"] - table["exact"]).max()


def numbers(data):
    """What the chapter quotes of the reverse process."""
    table, arrays = data["samplers"].set_index("sampler"), data["reverse"]
    quoted_of = {
        "variance": ("ddim", "flow", "subtract"),
        "distance": ("literal", "no_score"),
        "mass": ("sde",),
    }
    measured = {
        f"{row}_{what}": column(table.loc[row], what) for what, rows in quoted_of.items() for row in rows
    }
    measured |= {"short_width": column(table.loc["short"], "width")}
    expected = {what: table[f"{what}_exact"].iloc[0] for what in quoted_of}
    within = {"share_exact": 100 * theory.within(3.0, 2), "share_line": 100 * theory.within(3.0, 1)}
    order = ("sde", "flow", "ddpm", "ddim")
    biases = {f"{each}_bias": bias for each, bias in zip(order, arrays["narrowing"][:, 1], strict=True)}
    biases |= {"width_bias": arrays["narrowing"][0, 0], "share_bias": float(arrays["plane_narrowing"])}
    name = "diffusion.reverse"
    return (
        quoted(name, SAMPLERS, **measured, **expected)
        | quoted(name, ARRAYS, **biases)
        | quoted(name, ARRAYS, "%", share=scaled(_share(arrays), 100), **within)
        | quoted(name, LIKELIHOOD, likelihood=_off(data["likelihood"]))
    )
