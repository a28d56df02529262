"""The reverse process with the exact score: rows 7.1-04, 7.3-02 to 7.3-04 and 7.3-08."""

import numpy as np

from scripts.common.claims.records import record, sourced, unmeasured
from scripts.common.numbers import number
from scripts.diffusion.theory import mixture as theory

SAMPLERS = {"data": "diffusion/tables/samplers.csv", "rule": "diffusion_reverse"}
MARGINALS = {"data": "diffusion/tables/marginals.csv", "rule": "diffusion_reverse"}
LIKELIHOOD = {"data": "diffusion/tables/likelihood.csv", "rule": "diffusion_reverse"}
ARRAYS = {"data": "diffusion/data/reverse.npz", "rule": "diffusion_reverse"}
ENOUGH = 300
NEED_STEPS = f"diffusion.reverse.steps of {ENOUGH} or more"
MANY = 30000  # a law 0.02 later differs so little that fewer particles cannot tell
NEED_PARTICLES = f"diffusion.reverse.particles of {MANY} or more"


def records(checks, data):
    """Records of the rows of the reverse process.

    Parameters
    ----------
    checks : dict of (str, str) to dict
    data : dict of str to pandas.DataFrame or dict of arrays
        ``samplers``, ``marginals``, ``likelihood`` and ``reverse``.

    Returns
    -------
    list of dict
    """
    table = data["samplers"].set_index("sampler")
    return (
        sourced(_moments(checks, table), **SAMPLERS)
        + sourced(_plane(checks, data["reverse"]["plane_share"], table["steps"].min()), **ARRAYS)
        + sourced(_marginals(checks, data["marginals"], table.loc["flow", "particles"]), **MARGINALS)
        + sourced([_likelihood(checks, data["likelihood"])], **LIKELIHOOD)
    )


def _moments(checks, table):
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
        row, check = table.loc[name], checks[claim, part]
        if row["steps"] < ENOUGH:
            found.append(unmeasured(check, NEED_STEPS))
            continue
        found.append(
            record(
                check, row[what], row[f"{what}_exact"], error=row[f"{what}_err"], n_effective=row["particles"]
            )
        )
    return found


def _plane(checks, share, n_steps):
    found = []
    for part, dimension in (("within", 2), ("within_line", 1)):
        check = checks["7.3-02", part]
        found.append(
            unmeasured(check, NEED_STEPS)
            if n_steps < ENOUGH
            else record(check, share[0], theory.within(3.0, dimension), error=share[1])
        )
    return found


def _marginals(checks, table, particles):
    off = checks["7.3-08", "off_clock"]
    return [
        record(checks["7.3-08", "marginals"], table["deviate"].max(), 0.0, error=1.0),
        record(off, table["deviate_off"].max(), 0.0, error=1.0)
        if particles >= MANY
        else unmeasured(off, NEED_PARTICLES),
    ]


def _likelihood(checks, table):
    return record(checks["7.3-08", "likelihood"], np.abs(table["flow"] - table["exact"]).max(), 0.0)


def numbers(data):
    """What the chapter quotes of the reverse process."""
    table, values = data["samplers"].set_index("sampler"), {}
    for name, row in table.iterrows():
        for what in ("variance", "distance", "mass"):
            values[f"diffusion.reverse.{name}_{what}"] = number(row[what], row[f"{what}_err"], "", **SAMPLERS)
    share = data["reverse"]["plane_share"]
    exact = table.iloc[0]
    off = np.abs(data["likelihood"]["flow"] - data["likelihood"]["exact"]).max()
    return values | {
        "diffusion.reverse.particles": number(exact["particles"], None, "", **SAMPLERS),
        "diffusion.reverse.steps": number(exact["steps"], None, "", **SAMPLERS),
        "diffusion.reverse.variance": number(exact["variance_exact"], None, "", **SAMPLERS),
        "diffusion.reverse.mass": number(exact["mass_exact"], None, "", **SAMPLERS),
        "diffusion.reverse.distance": number(exact["distance_exact"], None, "", **SAMPLERS),
        "diffusion.reverse.share": number(100 * share[0], 100 * share[1], "%", **ARRAYS),
        "diffusion.reverse.share_exact": number(100 * theory.within(3.0, 2), None, "%", **ARRAYS),
        "diffusion.reverse.share_line": number(100 * theory.within(3.0, 1), None, "%", **ARRAYS),
        "diffusion.reverse.likelihood": number(off, None, "", **LIKELIHOOD),
    }
