"""The data dictionary: unit and meaning of every column of every table."""

from scripts.common.io import job, write_text
from scripts.report.markup import framed
from scripts.report.sources import THEME, Run, chapters, interface, read_yaml

SCHEMAS = THEME.parent / "schemas"


def data_dictionary(language, run):
    """The HTML of the data dictionary, from the schemas of the tables.

    Parameters
    ----------
    language : {"en", "ja"}
    run : Run

    Returns
    -------
    str
    """
    texts = interface(language)
    return framed(
        "data.html",
        "data",
        language,
        run.experiments,
        title=texts["data_dictionary"],
        description=texts["data_lead"],
        experiments=[
            {"name": name, "title": chapters()[name]["title"][language], "tables": tables(name, language)}
            for name in chapters()
            if name in run.experiments
        ],
        toc=[
            {"id": name, "title": chapters()[name]["title"][language]}
            for name in chapters()
            if name in run.experiments
        ],
    )


def tables(experiment, language):
    """The tables of an experiment in one language: name, about, columns (name, unit, meaning, err)."""
    declared = read_yaml(SCHEMAS / f"{experiment}.tables.yaml")
    return [
        {
            "name": name,
            "about": table["about"][language],
            "columns": [
                {"name": key, "unit": column["unit"], "meaning": column[language], "err": "err" in column}
                for key, column in table["columns"].items()
            ],
        }
        for name, table in declared.items()
    ]


if __name__ == "__main__":
    with job(snakemake):
        run = Run(snakemake.params.results, snakemake.params.figures)
        write_text(snakemake.output[0], data_dictionary(snakemake.params.language, run))
