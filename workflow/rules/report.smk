# The report: one page per chapter and language, the ledger, the front page, the search, the PDFs.
# It reads results only: nothing here computes a number.
# What every page is set with, and what only travels along with them.
THEME_FILES = [*sorted(REPORT.glob("templates/*")), *sorted(REPORT.glob("filters/*"))]
THEME_FILES += [REPORT / "chapters.yaml", REPORT / "interface.yaml"]
ASSET_FILES = sorted(path for path in REPORT.glob("assets/**/*") if path.is_file())


FIGURES = {name: shown_figures(name) for name in config["experiments"]}


rule report_page:
    input:
        lambda wildcards: chapter_results(wildcards.experiment),
        chapter_sources,
        THEME_FILES,
        claims="<results>/claims.json",
        provenance="<results>/provenance.json",
        files="<book>/files/{experiment}",
        assets="<book>/assets",
    output:
        "<book>/{experiment}.html",
    log:
        "<logs>/report/{experiment}.en.log",
    benchmark:
        "<logs>/report/{experiment}.en.tsv"
    wildcard_constraints:
        experiment="|".join(FIGURES),
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("report/page.py"),
        language="en",
        results=subpath(input.claims, parent=True),
        figures=FIGURES,
    script:
        "../../scripts/report/page.py"


use rule report_page as report_page_ja with:
    output:
        "<book>/ja/{experiment}.html",
    log:
        "<logs>/report/{experiment}.ja.log",
    benchmark:
        "<logs>/report/{experiment}.ja.tsv"
    wildcard_constraints:
        experiment="|".join(FIGURES),
    params:
        code=code("report/page.py"),
        language="ja",
        results=subpath(input.claims, parent=True),
        figures=FIGURES,


rule report_files:
    input:
        results=lambda wildcards: chapter_results(wildcards.experiment),
        code=lambda wildcards: [
            f"scripts/{wildcards.experiment}/figures/{name}.py" for name in FIGURES[wildcards.experiment]
        ],
        claims="<results>/claims.json",
    output:
        directory("<book>/files/{experiment}"),
    log:
        "<logs>/report/{experiment}.files.log",
    benchmark:
        "<logs>/report/{experiment}.files.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        digest=code("report/files.py"),
        results=subpath(input.claims, parent=True),
    script:
        "../../scripts/report/files.py"


rule report_assets:
    input:
        ASSET_FILES,
    output:
        directory("<book>/assets"),
    log:
        "<logs>/report/assets.log",
    benchmark:
        "<logs>/report/assets.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("report/assets.py"),
    script:
        "../../scripts/report/assets.py"


rule report_ledger:
    input:
        THEME_FILES,
        claims="<results>/claims.json",
    output:
        "<book>/ledger.html",
    log:
        "<logs>/report/ledger.en.log",
    benchmark:
        "<logs>/report/ledger.en.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("report/ledger.py"),
        language="en",
        figures=FIGURES,
    script:
        "../../scripts/report/ledger.py"


use rule report_ledger as report_ledger_ja with:
    output:
        "<book>/ja/ledger.html",
    log:
        "<logs>/report/ledger.ja.log",
    benchmark:
        "<logs>/report/ledger.ja.tsv"
    params:
        code=code("report/ledger.py"),
        language="ja",
        figures=FIGURES,


rule report_search:
    input:
        claims="<results>/claims.json",
        pages=expand(
            ["<book>/{experiment}.html", "<book>/ja/{experiment}.html"],
            experiment=lookup("experiments", within=config),
        ),
    output:
        "<book>/search-index.js",
    log:
        "<logs>/report/search.log",
    benchmark:
        "<logs>/report/search.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("report/search_index.py"),
    script:
        "../../scripts/report/search_index.py"


rule report_pdf:
    input:
        [chapter_results(name) for name in config["experiments"]],
        [REPORT / f"{name}.{kind}" for name in config["experiments"] for kind in ("en.md", "ja.md")],
        [REPORT / f"{name}.{kind}" for name in config["experiments"] for kind in ("figures.yaml", "reviewed")],
        REPORT / "book.typ",
        REPORT / "assets/compass.svg",
        THEME_FILES,
        claims="<results>/claims.json",
        provenance="<results>/provenance.json",
    output:
        "<book>/rashinban.{language}.pdf",
    log:
        "<logs>/report/pdf.{language}.log",
    benchmark:
        "<logs>/report/pdf.{language}.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=5,
    params:
        code=code("report/pdf.py"),
        results=subpath(input.claims, parent=True),
        figures=FIGURES,
    script:
        "../../scripts/report/pdf.py"


rule report_front_ja:
    input:
        THEME_FILES,
        claims="<results>/claims.json",
    output:
        "<book>/ja/index.html",
    log:
        "<logs>/report/front.ja.log",
    benchmark:
        "<logs>/report/front.ja.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("report/front.py"),
        language="ja",
        experiments=lookup("experiments", within=config),
    script:
        "../../scripts/report/front.py"


# The front page comes last: whoever asks for it gets everything it links to.
use rule report_front_ja as report_front with:
    input:
        THEME_FILES,
        "<book>/search-index.js",
        "<book>/ja/index.html",
        expand("<book>/rashinban.{language}.pdf", language=["en", "ja"]),
        expand("<book>/{page}", page=["ledger.html", "ja/ledger.html"]),
        claims="<results>/claims.json",
    output:
        "<book>/index.html",
    log:
        "<logs>/report/front.en.log",
    benchmark:
        "<logs>/report/front.en.tsv"
    params:
        code=code("report/front.py"),
        language="en",
        experiments=lookup("experiments", within=config),
