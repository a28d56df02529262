# Loss landscapes: a bowl, saddles, the spherical spin glass, networks of growing width.
localrules:
    landscape,
    landscape_settle,
    landscape_widgets,
    landscape_figure,


# Each figure, in the order of the chapter, with the tables and arrays that it draws.
LANDSCAPE_FIGURES = {
    "bowl": ["data/descents.npz", "tables/bowl.csv"],
    "index": ["tables/critical_points.csv", "tables/index_law.csv"],
    "counts": ["tables/counts.csv", "tables/exact_counts.csv", "tables/indices.csv"],
    "escape": ["data/descents.npz", "tables/plateau.csv", "tables/escape.csv"],
    "widths": ["tables/widths.csv"],
    "valleys": ["data/valleys.npz", "tables/solutions.csv", "tables/paths.csv"],
}
# What the claims of the experiment are settled by.
LANDSCAPE_EVIDENCE = [
    "tables/bowl.csv",
    "tables/escape.csv",
    "tables/plateau.csv",
    "tables/critical_points.csv",
    "tables/index_law.csv",
    "tables/counts.csv",
    "tables/exact_counts.csv",
    "tables/indices.csv",
    "tables/widths.csv",
    "tables/solutions.csv",
    "tables/paths.csv",
    "data/spectra.npz",
]


# The tables too: Snakemake does not miss a file that only stands between others.
rule landscape:
    input:
        "<book>/landscape.html",
        "<book>/ja/landscape.html",
        sorted(
            {f"<results>/landscape/{path}" for path in sum(LANDSCAPE_FIGURES.values(), LANDSCAPE_EVIDENCE)}
        ),


rule landscape_counts:
    output:
        counts="<results>/landscape/tables/counts.csv",
        indices="<results>/landscape/tables/indices.csv",
        exact="<results>/landscape/tables/exact_counts.csv",
    log:
        "<logs>/landscape/counts.log",
    benchmark:
        "<logs>/landscape/counts.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("landscape/counts.py"),
        seed=config["seed"],
        counts=config["landscape"]["counts"],
    script:
        "../../../scripts/landscape/counts.py"


rule landscape_glass:
    output:
        points="<results>/landscape/tables/critical_points.csv",
        law="<results>/landscape/tables/index_law.csv",
        arrays="<results>/landscape/data/spectra.npz",
    log:
        "<logs>/landscape/glass.log",
    benchmark:
        "<logs>/landscape/glass.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(2000),
        runtime=by_attempt(60),
    params:
        code=code("landscape/glass.py"),
        seed=config["seed"],
        glass=config["landscape"]["glass"],
        network=config["landscape"]["network"],
    script:
        "../../../scripts/landscape/glass.py"


rule landscape_descend:
    output:
        bowl="<results>/landscape/tables/bowl.csv",
        escape="<results>/landscape/tables/escape.csv",
        plateau="<results>/landscape/tables/plateau.csv",
        arrays="<results>/landscape/data/descents.npz",
    log:
        "<logs>/landscape/descend.log",
    benchmark:
        "<logs>/landscape/descend.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(30),
    params:
        code=code("landscape/descend.py"),
        seed=config["seed"],
        bowl=config["landscape"]["bowl"],
        saddle=config["landscape"]["saddle"],
        plateau=config["landscape"]["plateau"],
    script:
        "../../../scripts/landscape/descend.py"


rule landscape_networks:
    output:
        widths="<results>/landscape/tables/widths.csv",
        solutions="<results>/landscape/tables/solutions.csv",
        paths="<results>/landscape/tables/paths.csv",
        arrays="<results>/landscape/data/valleys.npz",
    log:
        "<logs>/landscape/networks.log",
    benchmark:
        "<logs>/landscape/networks.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(2000),
        runtime=by_attempt(60),
    params:
        code=code("landscape/networks.py"),
        seed=config["seed"],
        widths=config["landscape"]["widths"],
        valley=config["landscape"]["valley"],
    script:
        "../../../scripts/landscape/networks.py"


rule landscape_settle:
    input:
        registry=chapter_file("landscape", "claims.yaml"),
        evidence=[f"<results>/landscape/{path}" for path in LANDSCAPE_EVIDENCE],
    output:
        claims="<results>/landscape/claims.json",
        numbers="<results>/landscape/numbers.json",
    log:
        "<logs>/landscape/settle.log",
    benchmark:
        "<logs>/landscape/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("landscape/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/landscape/settle.py"


rule landscape_widgets:
    input:
        "<results>/landscape/data/spectra.npz",
    output:
        "<results>/landscape/widgets/spectrum.js",
    log:
        "<logs>/landscape/widgets.log",
    benchmark:
        "<logs>/landscape/widgets.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("landscape/widgets.py"),
    script:
        "../../../scripts/landscape/widgets.py"


rule landscape_figure:
    input:
        lambda wildcards: [f"<results>/landscape/{path}" for path in LANDSCAPE_FIGURES[wildcards.figure]],
    output:
        figure_files("<results>/landscape/figures/{figure}"),
    log:
        "<logs>/landscape/figure_{figure}.log",
    benchmark:
        "<logs>/landscape/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=lambda wildcards: code(f"landscape/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("landscape", wildcards.figure),
    script:
        "../../../scripts/landscape/figures/{wildcards.figure}.py"
