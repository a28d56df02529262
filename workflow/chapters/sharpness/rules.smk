# Sharp and flat minima: networks by many rulers, and noise that chooses between two valleys.
localrules:
    sharpness,
    sharpness_tabulate,
    sharpness_settle,
    sharpness_figure,


SHARPNESS_NETWORKS = [f"data/{task}.npz" for task in config["sharpness"]["tasks"]]
# Each figure, in the order of the chapter, with the tables and arrays that it draws.
SHARPNESS_FIGURES = {
    "noise": ["tables/quadratic.csv"],
    "valleys": ["tables/wells.csv", "tables/escape.csv"],
    "slices": SHARPNESS_NETWORKS[:1] + ["tables/networks.csv", "tables/rises.csv"],
    "gap": ["tables/networks.csv", "tables/correlations.csv"],
    "choices": ["tables/networks.csv"],
    "rescaling": ["tables/rescaling.csv"],
    "edge": ["data/edge.npz"],
}
# What the claims of the experiment are settled by.
SHARPNESS_EVIDENCE = [
    *(f"tables/{name}.csv" for name in ("networks", "correlations", "rises", "rescaling", "forces")),
    *(f"tables/{name}.csv" for name in ("quadratic", "wells", "escape", "edge")),
]


# The tables too: Snakemake does not miss a file that only stands between others.
rule sharpness:
    input:
        "<book>/sharpness.html",
        "<book>/ja/sharpness.html",
        sorted(
            {f"<results>/sharpness/{path}" for path in sum(SHARPNESS_FIGURES.values(), SHARPNESS_EVIDENCE)}
        ),


rule sharpness_networks:
    output:
        arrays="<results>/sharpness/data/{task}.npz",
        timings="<results>/sharpness/timings/{task}.csv",
    log:
        "<logs>/sharpness/networks_{task}.log",
    benchmark:
        "<logs>/sharpness/networks_{task}.tsv"
    wildcard_constraints:
        task="digits|teacher",
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(2500),
        runtime=by_attempt(60),
    params:
        code=code("sharpness/networks.py"),
        seed=config["seed"],
        networks=config["sharpness"]["networks"],
    script:
        "../../../scripts/sharpness/networks.py"


rule sharpness_tabulate:
    input:
        [f"<results>/sharpness/{path}" for path in SHARPNESS_NETWORKS],
    output:
        networks="<results>/sharpness/tables/networks.csv",
        correlations="<results>/sharpness/tables/correlations.csv",
        rises="<results>/sharpness/tables/rises.csv",
        rescaling="<results>/sharpness/tables/rescaling.csv",
        forces="<results>/sharpness/tables/forces.csv",
    log:
        "<logs>/sharpness/tabulate.log",
    benchmark:
        "<logs>/sharpness/tabulate.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(10),
    params:
        code=code("sharpness/tabulate.py"),
        seed=config["seed"],
    script:
        "../../../scripts/sharpness/tabulate.py"


rule sharpness_edge:
    output:
        table="<results>/sharpness/tables/edge.csv",
        arrays="<results>/sharpness/data/edge.npz",
        player="<results>/sharpness/widgets/edge.js",
    log:
        "<logs>/sharpness/edge.log",
    benchmark:
        "<logs>/sharpness/edge.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(10),
    params:
        code=code("sharpness/edge.py"),
        seed=config["seed"],
        edge=config["sharpness"]["edge"],
    script:
        "../../../scripts/sharpness/edge.py"


rule sharpness_noise:
    output:
        quadratic="<results>/sharpness/tables/quadratic.csv",
        wells="<results>/sharpness/tables/wells.csv",
        escape="<results>/sharpness/tables/escape.csv",
    log:
        "<logs>/sharpness/noise.log",
    benchmark:
        "<logs>/sharpness/noise.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(30),
    params:
        code=code("sharpness/noise.py"),
        seed=config["seed"],
        quadratic=config["sharpness"]["quadratic"],
        wells=config["sharpness"]["wells"],
    script:
        "../../../scripts/sharpness/noise.py"


rule sharpness_settle:
    input:
        registry=chapter_file("sharpness", "claims.yaml"),
        evidence=[f"<results>/sharpness/{path}" for path in SHARPNESS_EVIDENCE],
    output:
        claims="<results>/sharpness/claims.json",
        numbers="<results>/sharpness/numbers.json",
    log:
        "<logs>/sharpness/settle.log",
    benchmark:
        "<logs>/sharpness/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("sharpness/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/sharpness/settle.py"


rule sharpness_figure:
    input:
        lambda wildcards: [f"<results>/sharpness/{path}" for path in SHARPNESS_FIGURES[wildcards.figure]],
    output:
        figure_files("<results>/sharpness/figures/{figure}"),
    log:
        "<logs>/sharpness/figure_{figure}.log",
    benchmark:
        "<logs>/sharpness/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=lambda wildcards: code(f"sharpness/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("sharpness", wildcards.figure),
    script:
        "../../../scripts/sharpness/figures/{wildcards.figure}.py"
