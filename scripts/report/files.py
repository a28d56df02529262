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


def chapter_files(experiment, results, paths, claims, scripts):
    """Names inside the chapter's folder of files, for `gather`.

    Parameters
    ----------
    experiment : str
    results : path
        The folder of results.
    paths : sequence of str
        Results of the experiment; they keep their place.
    claims : dict
        ``claims.json``: the data that its records point to come along.
    scripts : path
        The folder of all scripts; those of the experiment go to ``code/``.

    Returns
    -------
    dict of str to path
    """
    home, code = Path(results) / experiment, Path(scripts) / experiment
    records = [record for row in claims["claims"] for record in row["records"]]
    mine = [record for record in records if record["experiment"] == experiment and record["data"]]
    wanted = [*map(Path, paths), *(Path(results) / record["data"] for record in mine)]
    names = {str(path.relative_to(home)): path for path in wanted}
    return names | {f"code/{path.relative_to(code)}": path for path in sorted(code.rglob("*.py"))}


if __name__ == "__main__":
    with job(snakemake):
        experiment, results = snakemake.wildcards.experiment, snakemake.params.results
        paths = [*snakemake.input.results, *snakemake.input.tables]
        # Scripts are no input: an edited comment need not build the report anew, other edits change results.
        scripts = Path(snakemake.scriptdir).parent
        gather(
            chapter_files(experiment, results, paths, read_json(snakemake.input.claims), scripts),
            snakemake.output[0],
        )
