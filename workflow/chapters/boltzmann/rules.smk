# Boltzmann machines: exact sums, chains, annealing, learning; bars and stripes, handwritten digits.
localrules:
    boltzmann,
    boltzmann_settle,
    boltzmann_widgets,
    boltzmann_figure,


# Each figure, in the order of the chapter, with the tables and arrays that it draws.
BOLTZMANN_FIGURES = {
    "bars": ["data/bars.npz"],
    "free_energy": ["tables/sculpting.csv", "tables/em.csv"],
    "annealing": [
        "data/work.npz",
        "tables/annealing.csv",
        "tables/annealing_runs.csv",
        "tables/cost.csv",
    ],
    "divergence": ["tables/contrastive.csv", "tables/rules.csv"],
    "digits": ["data/digits.npz", "tables/digits_learning.csv"],
}
# What the claims of the experiment are settled by.
BOLTZMANN_EVIDENCE = [
    f"tables/{name}.csv"
    for name in (
        "identities",
        "counts",
        "annealing",
        "annealing_runs",
        "cost",
        "contrastive",
        "rules",
        "bars",
        "sculpting",
        "em",
        "digits_learning",
        "digit_checks",
    )
]


# The tables too: Snakemake does not miss a file that only stands between others.
rule boltzmann:
    input:
        "<book>/boltzmann.html",
        "<book>/ja/boltzmann.html",
        sorted(
            {f"<results>/boltzmann/{path}" for path in sum(BOLTZMANN_FIGURES.values(), BOLTZMANN_EVIDENCE)}
        ),


rule boltzmann_identities:
    output:
        "<results>/boltzmann/tables/identities.csv",
    log:
        "<logs>/boltzmann/identities.log",
    benchmark:
        "<logs>/boltzmann/identities.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("boltzmann/identities.py"),
        seed=config["seed"],
    script:
        "../../../scripts/boltzmann/identities.py"


rule boltzmann_sampling:
    output:
        "<results>/boltzmann/tables/counts.csv",
    log:
        "<logs>/boltzmann/sampling.log",
    benchmark:
        "<logs>/boltzmann/sampling.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("boltzmann/sampling.py"),
        seed=config["seed"],
        chains=config["boltzmann"]["samples"],
    script:
        "../../../scripts/boltzmann/sampling.py"


rule boltzmann_annealing:
    output:
        table="<results>/boltzmann/tables/annealing.csv",
        runs="<results>/boltzmann/tables/annealing_runs.csv",
        work="<results>/boltzmann/data/work.npz",
    log:
        "<logs>/boltzmann/annealing.log",
    benchmark:
        "<logs>/boltzmann/annealing.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(60),
    params:
        code=code("boltzmann/annealing.py"),
        seed=config["seed"],
        temperatures=config["boltzmann"]["annealing"]["temperatures"],
        runs=config["boltzmann"]["annealing"]["runs"],
        chains=config["boltzmann"]["annealing"]["chains"],
    script:
        "../../../scripts/boltzmann/annealing.py"


rule boltzmann_cost:
    output:
        table="<results>/boltzmann/tables/cost.csv",
        timings="<results>/boltzmann/timings/cost.csv",
    log:
        "<logs>/boltzmann/cost.log",
    benchmark:
        "<logs>/boltzmann/cost.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(60),
    params:
        code=code("boltzmann/cost.py"),
        seed=config["seed"],
        sizes=config["boltzmann"]["cost"]["sizes"],
        temperatures=config["boltzmann"]["cost"]["temperatures"],
        chains=config["boltzmann"]["cost"]["chains"],
    script:
        "../../../scripts/boltzmann/cost.py"


rule boltzmann_divergence:
    output:
        contrastive="<results>/boltzmann/tables/contrastive.csv",
        rules="<results>/boltzmann/tables/rules.csv",
    log:
        "<logs>/boltzmann/divergence.log",
    benchmark:
        "<logs>/boltzmann/divergence.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(60),
    params:
        code=code("boltzmann/divergence.py"),
        seed=config["seed"],
        steps=config["boltzmann"]["divergence"]["steps"],
        chains=config["boltzmann"]["divergence"]["chains"],
        updates=config["boltzmann"]["rules"]["updates"],
        runs=config["boltzmann"]["rules"]["runs"],
    script:
        "../../../scripts/boltzmann/divergence.py"


rule boltzmann_bars:
    output:
        table="<results>/boltzmann/tables/bars.csv",
        arrays="<results>/boltzmann/data/bars.npz",
    log:
        "<logs>/boltzmann/bars.log",
    benchmark:
        "<logs>/boltzmann/bars.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(60),
    params:
        code=code("boltzmann/bars_and_stripes.py"),
        seed=config["seed"],
        sizes=config["boltzmann"]["bars"]["sizes"],
        hidden=config["boltzmann"]["bars"]["hidden"],
        updates=config["boltzmann"]["bars"]["updates"],
    script:
        "../../../scripts/boltzmann/bars_and_stripes.py"


rule boltzmann_free_energy:
    output:
        sculpting="<results>/boltzmann/tables/sculpting.csv",
        em="<results>/boltzmann/tables/em.csv",
    log:
        "<logs>/boltzmann/free_energy.log",
    benchmark:
        "<logs>/boltzmann/free_energy.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("boltzmann/free_energy.py"),
        seed=config["seed"],
        updates=config["boltzmann"]["free_energy"]["updates"],
        rounds=config["boltzmann"]["free_energy"]["rounds"],
    script:
        "../../../scripts/boltzmann/free_energy.py"


rule boltzmann_digits:
    output:
        curve="<results>/boltzmann/tables/digits_learning.csv",
        checks="<results>/boltzmann/tables/digit_checks.csv",
        arrays="<results>/boltzmann/data/digits.npz",
    log:
        "<logs>/boltzmann/digits.log",
    benchmark:
        "<logs>/boltzmann/digits.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(60),
    params:
        code=code("boltzmann/digits.py"),
        seed=config["seed"],
        hidden=config["boltzmann"]["digits"]["hidden"],
        epochs=config["boltzmann"]["digits"]["epochs"],
        chains=config["boltzmann"]["digits"]["chains"],
        test=config["boltzmann"]["digits"]["test"],
        temperatures=config["boltzmann"]["digits"]["temperatures"],
    script:
        "../../../scripts/boltzmann/digits.py"


rule boltzmann_widgets:
    input:
        "<results>/boltzmann/data/digits.npz",
    output:
        learning="<results>/boltzmann/widgets/learning.js",
    log:
        "<logs>/boltzmann/widgets.log",
    benchmark:
        "<logs>/boltzmann/widgets.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("boltzmann/widgets.py"),
    script:
        "../../../scripts/boltzmann/widgets.py"


rule boltzmann_settle:
    input:
        registry=chapter_file("boltzmann", "claims.yaml"),
        evidence=[f"<results>/boltzmann/{path}" for path in BOLTZMANN_EVIDENCE],
    output:
        claims="<results>/boltzmann/claims.json",
        numbers="<results>/boltzmann/numbers.json",
    log:
        "<logs>/boltzmann/settle.log",
    benchmark:
        "<logs>/boltzmann/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("boltzmann/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/boltzmann/settle.py"


rule boltzmann_figure:
    input:
        lambda wildcards: [f"<results>/boltzmann/{path}" for path in BOLTZMANN_FIGURES[wildcards.figure]],
    output:
        figure_files("<results>/boltzmann/figures/{figure}"),
    log:
        "<logs>/boltzmann/figure_{figure}.log",
    benchmark:
        "<logs>/boltzmann/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=lambda wildcards: code(f"boltzmann/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("boltzmann", wildcards.figure),
    script:
        "../../../scripts/boltzmann/figures/{wildcards.figure}.py"
