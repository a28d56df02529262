"""The last step: says what failed, in words, and fails if the configuration is strict."""

import sys

from scripts.common.io import InputError, job, read_json, write_text

WORDS = {
    "holds": "hold",
    "holds_if": "hold under a condition",
    "refuted_as_printed": "are refuted as printed",
    "definition": "are definitions",
    "open": "are open",
    "failed": "failed",
    "not_run": "were not run",
}


def summary(merged):
    """What the run found, as text: the counts, then each failed claim with its records.

    Parameters
    ----------
    merged : dict
        ``claims.json``, as `scripts.common.merge_claims` writes it.
    """
    counts = [f"{merged['counts'][name]} {words}" for name, words in WORDS.items() if merged["counts"][name]]
    lines = [f"{len(merged['claims'])} claims at scale {merged['scale']}: {', '.join(counts)}."]
    for claim in merged["claims"]:
        if claim["verdict"] == "failed":
            lines += ["", f"{claim['id']} failed: {claim['reason']}", f"  {claim['statement_en']}"]
            lines += [f"  {_line(record)}" for record in claim["records"] if record["passed"] is False]
    if merged["collection"]["passed"] is False:
        lines += ["", _collection(merged["collection"])]
    return "\n".join(lines) + "\n"


def faults(merged):
    """One line that names what failed; empty if nothing did."""
    failed = [claim["id"] for claim in merged["claims"] if claim["verdict"] == "failed"]
    found = [f"{len(failed)} of the claims failed: {', '.join(failed)}"] if failed else []
    if merged["collection"]["passed"] is False:
        found.append("the error bars fail the chi-square test of all exact checks")
    return "; ".join(found)


def _line(record):
    spread = "" if record["error"] is None else f" +- {record['error']:.2g}"
    distance = f"tolerance {record['tolerance']:.2g}" if record["z"] is None else f"z = {record['z']:+.1f}"
    name = f"{record['experiment']}/{record['part']} ({record['role']}, {record['kind']})"
    numbers = f"{record['measured']:.9g}{spread} against {record['reference']:.9g}"
    source = f"{record['data']}, rule {record['rule']}"
    return f"{name}: {numbers}, {distance}, {record['outcome']} [{source}]"


def _collection(found):
    size = "too small" if found["z"] > 0 else "too large"
    return (
        f"{found['n']} exact checks from independent streams: sum z^2 = {found['chi_square']:.1f}, "
        f"probability of less {found['probability']:.2g}: the error bars are {size}."
    )


if __name__ == "__main__":
    with job(snakemake):
        merged = read_json(snakemake.input[0])
        print(summary(merged), file=sys.__stderr__)
        write_text(snakemake.output[0], summary(merged))
        if faults(merged) and snakemake.params.strict:
            raise InputError(f"{faults(merged)} (strict: true; see claims.json)")
