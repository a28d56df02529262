"""The data dictionary: unit and meaning of every column of every table."""

from scripts.common.chapters import CHAPTERS, read_yaml
from scripts.report.markup import framed, titles
from scripts.report.sources import interface
from scripts.report.step import page_step


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
    shown = {name: title for name, title in titles(language).items() if name in run.experiments}
    return framed(
        "data",
        language,
        run,
        title=texts["data_dictionary"],
        description=texts["data_lead"],
        experiments=[
            {"name": name, "title": title, "tables": tables(name, language)} for name, title in shown.items()
        ],
        toc=[{"id": name, "title": title} for name, title in shown.items()],
    )


def tables(experiment, language):
    """The tables of an experiment in one language: name, about, columns (name, unit, meaning, err)."""
    declared = read_yaml(CHAPTERS / experiment / "tables.yaml")
    return [
        {
            "name": name,
            "about": table["about"][language],
            "columns": [
                {"name": key, "unit": column["unit"], "meaning": column[language], "err": "err" in column}
                | {"error": column.get(f"error_{language}")}
                for key, column in table["columns"].items()
            ],
        }
        for name, table in declared.items()
    ]


if __name__ == "__main__":
    page_step(data_dictionary, snakemake)
