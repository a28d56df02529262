"""What a chapter links to, beside it: pictures, data, widgets and the code of the figures.

The report folder is whole in itself: it can be copied, zipped or put on a server.
"""

import shutil
from pathlib import Path

from scripts.common.io import job, read_json


def gather(sources, folder):
    """Copy files under a folder, made anew.

    Parameters
    ----------
    sources : dict of str to path
        Source by name inside the folder.
    folder : path
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name, source in sources.items():
        target = Path(folder) / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def chapter_files(experiment, results, paths, claims):
    """Names inside the chapter's folder of files, for `gather`.

    Parameters
    ----------
    experiment : str
    results : path
        The folder of results.
    paths : sequence of str
        Results of the experiment keep their place; its scripts go to ``code/``.
    claims : dict
        ``claims.json``: the data that its records point to come along.

    Returns
    -------
    dict of str to path
    """
    home = Path(results) / experiment
    records = [record for row in claims["claims"] for record in row["records"]]
    mine = [record for record in records if record["experiment"] == experiment and record["data"]]
    wanted = [Path(results) / record["data"] for record in mine]
    names = {}
    for path in [*map(Path, paths), *wanted]:
        inside = path.is_relative_to(home)
        names[str(path.relative_to(home)) if inside else _code_name(path)] = path
    return names


def _code_name(path):
    """Place of ``scripts/<experiment>/figures/spins.py`` among the files: ``code/figures/spins.py``."""
    return "/".join(["code", *path.parts[path.parts.index("scripts") + 2 :]])


if __name__ == "__main__":
    with job(snakemake):
        experiment, results = snakemake.wildcards.experiment, snakemake.params.results
        paths = [*snakemake.input.results, *snakemake.input.tables, *snakemake.input.code]
        names = chapter_files(experiment, results, paths, read_json(snakemake.input.claims))
        gather(names, snakemake.output[0])
