# The report: chapters, ledger, errata, data dictionary, provenance, front page, search, PDF, single file.
# It reads results only: nothing here computes a number. `{way}` is the folder of the language: none, or ja/.
localrules:
    report_page,
    report_part,
    report_files,
    report_assets,
    report_search,
    report_pdf,
    report_front,
    report_single,
    report_proofread,


# What every page is set with, and what only travels along with them.
THEME_FILES = [*sorted(REPORT.glob("templates/*")), *sorted(REPORT.glob("filters/*"))]
THEME_FILES += [REPORT / name for name in ("parts.yaml", "interface.yaml", "references.yaml")]
THEME_FILES += of_all_chapters("chapter.yaml") + of_all_chapters("references.ja.yaml")
ASSET_FILES = sorted(path for path in REPORT.glob("assets/**/*") if path.is_file())
# Pages of the book as a whole; the front page comes last, because it shows them all.
PARTS = ["ledger", "errata", "bibliography", "data", "provenance"]
# Of its files for download, made from all that it shows. Pages and PDF ask for this alone: half as many inputs
# in the whole workflow.
CHAPTER_FOLDER = "<book>/files/{experiment}"
FIGURES = {name: shown_figures(name) for name in config["experiments"]}


wildcard_constraints:
    way="(ja/)?",


rule report_page:
    input:
        chapter_sources,
        THEME_FILES,
        claims="<results>/claims.json",
        provenance="<results>/provenance.json",
        files=CHAPTER_FOLDER,
        assets="<book>/assets",
    output:
        "<book>/{way}{experiment}.html",
    log:
        "<logs>/report/{way}chapter.{experiment}.log",
    benchmark:
        "<logs>/report/{way}chapter.{experiment}.tsv"
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
        language=language_of,
        results=subpath(input.claims, parent=True),
        figures=FIGURES,
    script:
        "../../scripts/report/page.py"


rule report_part:
    input:
        THEME_FILES,
        lambda wildcards: part_sources(wildcards.part),
        claims="<results>/claims.json",
        provenance="<results>/provenance.json",
    output:
        "<book>/{way}{part}.html",
    log:
        "<logs>/report/{way}{part}.log",
    benchmark:
        "<logs>/report/{way}{part}.tsv"
    wildcard_constraints:
        part="|".join(PARTS),
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=lambda wildcards: code(f"report/{wildcards.part}.py"),
        language=language_of,
        results=subpath(input.claims, parent=True),
        figures=FIGURES,
    script:
        "../../scripts/report/{wildcards.part}.py"


rule report_files:
    input:
        results=lambda wildcards: chapter_results(wildcards.experiment),
        tables=lambda wildcards: declared_tables(wildcards.experiment),
        claims="<results>/claims.json",
    output:
        directory(CHAPTER_FOLDER),
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


rule report_search:
    input:
        part_sources("data"),
        [REPORT / name for name in ("dictionary.yaml", "interface.yaml", "references.yaml", "terms.yaml")],
        claims="<results>/claims.json",
        pages=expand("<book>/{way}{experiment}.html", way=WAYS, experiment=FIGURES),
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
        results=subpath(input.claims, parent=True),
        figures=FIGURES,
    script:
        "../../scripts/report/search_index.py"


rule report_pdf:
    input:
        expand(CHAPTER_FOLDER, experiment=FIGURES),
        [chapter_files(name) for name in FIGURES],
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


rule report_front:
    input:
        THEME_FILES,
        REPORT / "dictionary.yaml",
        "<book>/search-index.js",
        expand("<book>/{way}{part}.html", way=WAYS, part=PARTS),
        expand("<book>/rashinban.{language}.pdf", language=WAY),
        claims="<results>/claims.json",
        provenance="<results>/provenance.json",
    output:
        "<book>/{way}index.html",
    log:
        "<logs>/report/{way}front.log",
    benchmark:
        "<logs>/report/{way}front.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("report/front.py"),
        language=language_of,
        results=subpath(input.claims, parent=True),
        figures=FIGURES,
    script:
        "../../scripts/report/front.py"


rule report_single:
    input:
        assets="<book>/assets",
        pages=lambda wildcards: [
            f"<book>/{WAY[wildcards.language]}{page}.html" for page in ["index", *FIGURES, *PARTS]
        ],
    output:
        "<book>/rashinban.{language}.html",
    log:
        "<logs>/report/single.{language}.log",
    benchmark:
        "<logs>/report/single.{language}.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=5,
    params:
        code=code("report/single.py"),
    script:
        "../../scripts/report/single.py"


# The last look before a reader's: links, ids, addresses, and the numbers of the PDF.
rule report_proofread:
    input:
        pages=expand("<book>/{way}{page}.html", way=WAYS, page=["index", *FIGURES, *PARTS]),
        books=expand("<book>/rashinban.{language}.{kind}", language=WAY, kind=["pdf", "html"]),
        claims="<results>/claims.json",
    output:
        "<book>/proofread.txt",
    log:
        "<logs>/report/proofread.log",
    benchmark:
        "<logs>/report/proofread.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=5,
    params:
        code=code("report/proofread.py"),
        results=subpath(input.claims, parent=True),
        figures=FIGURES,
    script:
        "../../scripts/report/proofread.py"
