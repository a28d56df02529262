"""Measured errata: what the book should print instead, and which conditions it should add."""

from functools import partial

from scripts.report import differences
from scripts.report.ledger import claim_views, glance
from scripts.report.markup import framed
from scripts.report.sources import interface
from scripts.report.step import page_step


def errata(language, run):
    """The HTML of the errata.

    Parameters
    ----------
    language : {"en", "ja"}
    run : Run

    Returns
    -------
    str
    """
    texts, found = interface(language), corrections(language, run)
    return framed(
        "errata",
        language,
        run,
        title=texts["errata"],
        description=texts["errata_lead"],
        local=False,
        summary=summary(found["corrected"], texts),
        marked=differences.html,
        mixed=partial(differences.mixed, target="html"),
        **found,
        **glance(language, run.claims),
    )


def corrections(language, run):
    """Claims that ask for a change of the book, by what was measured.

    Returns
    -------
    dict of str to list of dict
        ``corrected``: rows with an erratum that the measurement bears out, each with ``wordings`` (in
        Japanese, and in the language if it is another: language, pieces of the printed and of the corrected
        sentence as `differences.differences` has them), ``kind``, ``note`` (or None) and ``shown`` (the
        records that show it);
        ``conditions``: the book's rows that hold with a condition, ``shown`` being both sides of it;
        ``waiting``: rows with an erratum that this run does not decide. Nothing is called an
        error before it is measured.
    """
    rows = run.claims["claims"]
    found = {"corrected": [], "conditions": [], "waiting": []}
    for row, view in zip(rows, claim_views(language, run), strict=True):
        if "erratum" in row:
            described = view | _erratum(row["erratum"], view, language)
            found["corrected" if _borne_out(row) else "waiting"].append(described)
        elif row["verdict"] == "holds_if" and row["source"] in ("book", "implied"):
            sides = ("condition_inside", "condition_outside")
            shown = [record for record in view["records"] if record["role_key"] in sides]
            found["conditions"].append(view | {"shown": shown})
    return found


def summary(corrected, texts):
    """What stands under corrections: how many refuted sentences and misprints beside a true statement."""
    refuted = sum(view["verdict"] == "refuted_as_printed" for view in corrected)
    return texts["corrections_note"].format(refuted=refuted, beside=len(corrected) - refuted)


def _erratum(erratum, view, language):
    """The texts of an erratum in one language beside the book's own, and its records."""
    parts = erratum.get("parts", ())
    roles = ("statement", "correction")
    shown = [record for record in view["records"] if record["part"] in parts]
    return {
        "kind": erratum["kind"],
        "wordings": [
            (each, *differences.differences(erratum[f"printed_{each}"], erratum[f"corrected_{each}"]))
            for each in dict.fromkeys(("ja", language))
        ],
        "note": erratum.get(f"note_{language}"),
        "shown": shown or [record for record in view["records"] if record["role_key"] in roles],
    }


def _borne_out(row):
    """Whether the measurement bears the erratum out.

    Either the sentence as printed was refuted; or the statement holds, and the checks of the
    misprint beside it came out as they must.
    """
    parts = row["erratum"].get("parts", ())
    checks = [record["passed"] for record in row["records"] if record["part"] in parts]
    stands_beside = row["verdict"] in ("holds", "holds_if") and bool(checks) and all(checks)
    return row["verdict"] == "refuted_as_printed" or stands_beside


if __name__ == "__main__":
    page_step(errata, snakemake)
