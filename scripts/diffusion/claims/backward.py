"""The reverse process with the exact score: rows 7.1-04, 7.3-02 to 7.3-04 and 7.3-08."""

import numpy as np

from scripts.common.claims.findings import column, provided, quoted, scaled
from scripts.diffusion.theory import mixture as theory

SAMPLERS = {"data": "diffusion/tables/samplers.csv", "rule": "diffusion_reverse"}
MARGINALS = {"data": "diffusion/tables/marginals.csv", "rule": "diffusion_reverse"}
LIKELIHOOD = {"data": "diffusion/tables/likelihood.csv", "rule": "diffusion_reverse"}
ARRAYS = {"data": "diffusion/data/reverse.npz", "rule": "diffusion_reverse"}
ENOUGH = 300
NEED_STEPS = f"diffusion.reverse.steps of {ENOUGH} or more"
MANY = 30000  # a law 0.02 later differs so little that fewer particles cannot tell
NEED_PARTICLES = f"diffusion.reverse.particles of {MANY} or more"


def findings(data):
    """What the rows of the reverse process compare.

    Parameters
    ----------
    data : dict of str to pandas.DataFrame or dict of arrays
        ``samplers``, ``marginals``, ``likelihood`` and ``reverse``.

    Returns
    -------
    list of (dict, list of tuple)
    """
    table, share = data["samplers"].set_index("sampler"), data["reverse"]["plane_share"]
    within = [
        ("7.3-02", "within", tuple(share), theory.within(3.0, 2)),
        ("7.3-02", "within_line", tuple(share), theory.within(3.0, 1)),
    ]
    enough = table["steps"].min() >= ENOUGH
    return [
        (SAMPLERS, _moments(table)),
        (ARRAYS, provided(enough, NEED_STEPS, within)),
        (MARGINALS, _marginals(data["marginals"], table.loc["flow", "particles"])),
        (LIKELIHOOD, [("7.3-08", "likelihood", _off(data["likelihood"]), 0.0)]),
    ]


def _moments(table):
    cases = [
        ("7.1-04", f"{name}_variance", name, "variance") for name in ("ddim", "flow", "ddpm", "subtract")
    ]
    cases += [
        ("7.3-02", "mass", "sde", "mass"),
        ("7.3-02", "variance", "sde", "variance"),
        ("7.3-03", "positive_step", "sde", "distance"),
        ("7.3-03", "literal", "literal", "distance"),
        ("7.3-04", "with_score", "ddpm", "distance"),
        ("7.3-04", "no_score", "no_score", "distance"),
    ]
    found = []
    for claim, part, name, what in cases:
        row = table.loc[name]
        own = [(claim, part, column(row, what, n_effective="particles"), row[f"{what}_exact"])]
        found += provided(row["steps"] >= ENOUGH, NEED_STEPS, own)
    return found


def _marginals(table, particles):
    off = (table["deviate_off"].max(), 1.0) if particles >= MANY else None
    return [
        ("7.3-08", "marginals", (table["deviate"].max(), 1.0), 0.0),
        ("7.3-08", "off_clock", off, 0.0, NEED_PARTICLES),
    ]


def _off(table):
    return np.abs(table["flow"] - table["exact"]).max()


def numbers(data):
    """What the chapter quotes of the reverse process."""
    table, share = data["samplers"].set_index("sampler"), data["reverse"]["plane_share"]
    measured = {
        f"{name}_{what}": column(row, what)
        for name, row in table.iterrows()
        for what in ("variance", "distance", "mass")
    }
    exact = table.iloc[0]
    expected = {what: exact[f"{what}_exact"] for what in ("variance", "distance", "mass")}
    within = {"share_exact": 100 * theory.within(3.0, 2), "share_line": 100 * theory.within(3.0, 1)}
    name = "diffusion.reverse"
    return (
        quoted(name, SAMPLERS, particles=exact["particles"], steps=exact["steps"], **measured, **expected)
        | quoted(name, ARRAYS, "%", share=scaled(tuple(share), 100), **within)
        | quoted(name, LIKELIHOOD, likelihood=_off(data["likelihood"]))
    )
