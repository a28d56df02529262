"""What the verdicts of the ledger rest on: whose sentences they judge, and by which kind of check.

What a book says, what it only implies and what was added to complete it are counted apart, and so are
rows that nothing but identities settle: those are no evidence about the world.
"""

from collections import Counter

from scripts.common.claims.judgment import SETTLES_NOTHING
from scripts.common.claims.verdicts import VERDICTS

SOURCES = ("book", "lecture", "implied", "added")
# The kind that says most about the number comes first; a row counts under the first that settles it.
KINDS = ("exact", "published", "bound", "trend", "identity")
GROUNDS = (*KINDS, "inherited")


def ground(claim):
    """What a row of the ledger rests on: one of `GROUNDS`, or None where nothing settles it.

    Parameters
    ----------
    claim : dict
        Row of ``claims.json``, with its records. "identity" stands for identities alone.
    """
    found = {record["kind"] for record in claim["records"] if record["role"] not in SETTLES_NOTHING}
    if not claim["records"] and claim.get("inherits"):
        return "inherited"
    return next((kind for kind in KINDS if kind in found), None)


def by_verdict(claims):
    """Number of rows by verdict."""
    found = Counter(claim["verdict"] for claim in claims)
    return {verdict: found[verdict] for verdict in VERDICTS}


def by_ground(claims):
    """Number of rows by ground, and of each by verdict; verdicts that nothing settled are left out."""
    settled = [claim for claim in claims if claim["verdict"] not in ("open", "not_run", "failed")]
    found = {name: [claim for claim in settled if ground(claim) == name] for name in GROUNDS}
    return {name: by_verdict(members) for name, members in found.items() if members}


def counts_apart(claims):
    """Counts for each source: ``verdicts``, and ``grounds`` of what is settled."""
    found = {source: [claim for claim in claims if claim["source"] == source] for source in SOURCES}
    return {
        source: {"verdicts": by_verdict(rows), "grounds": by_ground(rows)}
        for source, rows in found.items()
        if rows
    }
