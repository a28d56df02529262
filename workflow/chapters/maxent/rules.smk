# Maximum entropy: random spectra and dice, moments of real images, the limits of data and features.
localrules:
    maxent,
    maxent_settle,
    maxent_widgets,
    maxent_figure,


# Each figure, in the order of the chapter, with the tables and arrays that it draws.
MAXENT_FIGURES = {
    "canonical": ["tables/levels.csv", "tables/dice.csv", "tables/shapes.csv"],
    "digits": ["tables/moments.csv", "tables/occam.csv", "data/digits.npz"],
    "limits": ["tables/finite_data.csv", "tables/parity.csv"],
}
# What the claims of the experiment are settled by.
MAXENT_EVIDENCE = [
    "tables/spectra.csv",
    "tables/shapes.csv",
    "tables/dice.csv",
    "tables/dice_means.csv",
    "tables/levels.csv",
    "tables/magnet.csv",
    "tables/moments.csv",
    "tables/comparisons.csv",
    "tables/missing.csv",
    "tables/occam.csv",
    "tables/rivals.csv",
    "tables/finite_data.csv",
    "tables/students.csv",
    "tables/parity.csv",
]


# The tables too: Snakemake does not miss a file that only stands between others.
rule maxent:
    input:
        "<book>/maxent.html",
        "<book>/ja/maxent.html",
        sorted({f"<results>/maxent/{path}" for path in sum(MAXENT_FIGURES.values(), MAXENT_EVIDENCE)}),


rule maxent_spectra:
    output:
        spectra="<results>/maxent/tables/spectra.csv",
        shapes="<results>/maxent/tables/shapes.csv",
        dice="<results>/maxent/tables/dice.csv",
        dice_means="<results>/maxent/tables/dice_means.csv",
        levels="<results>/maxent/tables/levels.csv",
        magnet="<results>/maxent/tables/magnet.csv",
    log:
        "<logs>/maxent/spectra.log",
    benchmark:
        "<logs>/maxent/spectra.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("maxent/spectra.py"),
        seed=config["seed"],
        number=config["maxent"]["spectra"]["number"],
        levels=config["maxent"]["spectra"]["levels"],
    script:
        "../../../scripts/maxent/spectra.py"


rule maxent_digits:
    output:
        digits="<results>/maxent/data/digits.npz",
        moments="<results>/maxent/tables/moments.csv",
        comparisons="<results>/maxent/tables/comparisons.csv",
        missing="<results>/maxent/tables/missing.csv",
        occam="<results>/maxent/tables/occam.csv",
        rivals="<results>/maxent/tables/rivals.csv",
    log:
        "<logs>/maxent/digits.log",
    benchmark:
        "<logs>/maxent/digits.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(3000),
        runtime=by_attempt(30),
    params:
        code=code("maxent/digits.py"),
        seed=config["seed"],
        pixels=config["maxent"]["digits"]["pixels"],
    script:
        "../../../scripts/maxent/digits.py"


rule maxent_limits:
    output:
        finite_data="<results>/maxent/tables/finite_data.csv",
        students="<results>/maxent/tables/students.csv",
        parity="<results>/maxent/tables/parity.csv",
    log:
        "<logs>/maxent/limits.log",
    benchmark:
        "<logs>/maxent/limits.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("maxent/limits.py"),
        seed=config["seed"],
        units=config["maxent"]["finite_data"]["units"],
        samples=config["maxent"]["finite_data"]["samples"],
        repeats=config["maxent"]["finite_data"]["repeats"],
    script:
        "../../../scripts/maxent/limits.py"


rule maxent_settle:
    input:
        registry=chapter_file("maxent", "claims.yaml"),
        evidence=[f"<results>/maxent/{path}" for path in MAXENT_EVIDENCE],
    output:
        claims="<results>/maxent/claims.json",
        numbers="<results>/maxent/numbers.json",
    log:
        "<logs>/maxent/settle.log",
    benchmark:
        "<logs>/maxent/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("maxent/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/maxent/settle.py"


rule maxent_widgets:
    input:
        "<results>/maxent/tables/dice_means.csv",
    output:
        "<results>/maxent/widgets/dice.js",
    log:
        "<logs>/maxent/widgets.log",
    benchmark:
        "<logs>/maxent/widgets.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("maxent/widgets.py"),
    script:
        "../../../scripts/maxent/widgets.py"


rule maxent_figure:
    input:
        lambda wildcards: [f"<results>/maxent/{path}" for path in MAXENT_FIGURES[wildcards.figure]],
    output:
        figure_files("<results>/maxent/figures/{figure}"),
    log:
        "<logs>/maxent/figure_{figure}.log",
    benchmark:
        "<logs>/maxent/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=lambda wildcards: code(f"maxent/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("maxent", wildcards.figure),
    script:
        "../../../scripts/maxent/figures/{wildcards.figure}.py"
