"""Style, scripts and fonts of the report, copied as they are."""

from pathlib import Path

from scripts.common.io import job
from scripts.report.files import gather
from scripts.report.sources import THEME


def assets(folder=THEME / "assets"):
    """All files of the theme by their name inside ``assets/``."""
    return {str(path.relative_to(folder)): path for path in sorted(Path(folder).rglob("*")) if path.is_file()}


if __name__ == "__main__":
    with job(snakemake):
        gather(assets(), snakemake.output[0])
