# Markov chains: a house of rooms, averages and their errors, a small magnet state by state.
localrules:
    mcmc,
    mcmc_tabulate,
    mcmc_settle,
    mcmc_widgets,
    mcmc_figure,


# Each figure, in the order of the chapter, with the tables and arrays that it draws.
MCMC_FIGURES = {
    "house": ["tables/rooms.csv"],
    "convergence": ["tables/convergence.csv", "data/house.npz"],
    "averages": ["tables/averages.csv", "tables/calibration.csv", "data/deviations.npz"],
    "states": ["data/spins.npz", "tables/moves.csv", "tables/rejection.csv"],
}
# What the claims of the experiment are settled by.
MCMC_EVIDENCE = [
    "tables/rooms.csv",
    "tables/walks.csv",
    "tables/convergence.csv",
    "tables/averages.csv",
    "tables/calibration.csv",
    "tables/chains.csv",
    "tables/moves.csv",
    "tables/rejection.csv",
    "data/house.npz",
    "data/spins.npz",
]


# The tables too: Snakemake does not miss a file that only stands between others.
rule mcmc:
    input:
        "<book>/mcmc.html",
        "<book>/ja/mcmc.html",
        sorted({f"<results>/mcmc/{path}" for path in sum(MCMC_FIGURES.values(), MCMC_EVIDENCE)}),


rule mcmc_house:
    output:
        "<results>/mcmc/data/house.npz",
    log:
        "<logs>/mcmc/house.log",
    benchmark:
        "<logs>/mcmc/house.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(30),
    params:
        code=code("mcmc/house.py"),
        seed=config["seed"],
        popularity=config["mcmc"]["house"]["popularity"],
        walkers=config["mcmc"]["house"]["walkers"],
        steps=config["mcmc"]["house"]["steps"],
    script:
        "../../../scripts/mcmc/house.py"


rule mcmc_averages:
    output:
        averages="<results>/mcmc/tables/averages.csv",
        calibration="<results>/mcmc/tables/calibration.csv",
        deviations="<results>/mcmc/data/deviations.npz",
    log:
        "<logs>/mcmc/averages.log",
    benchmark:
        "<logs>/mcmc/averages.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(30),
    params:
        code=code("mcmc/averages.py"),
        seed=config["seed"],
        popularity=config["mcmc"]["house"]["popularity"],
        chains=config["mcmc"]["averages"]["chains"],
        lengths=config["mcmc"]["averages"]["lengths"],
    script:
        "../../../scripts/mcmc/averages.py"


rule mcmc_spins:
    output:
        "<results>/mcmc/data/spins.npz",
    log:
        "<logs>/mcmc/spins.log",
    benchmark:
        "<logs>/mcmc/spins.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("mcmc/spins.py"),
        seed=config["seed"],
        columns=config["mcmc"]["spins"]["columns"],
        temperature=config["mcmc"]["spins"]["temperature"],
        samples=config["mcmc"]["spins"]["samples"],
        rejection=config["mcmc"]["rejection"],
    script:
        "../../../scripts/mcmc/spins.py"


rule mcmc_tabulate:
    input:
        house="<results>/mcmc/data/house.npz",
        spins="<results>/mcmc/data/spins.npz",
    output:
        rooms="<results>/mcmc/tables/rooms.csv",
        walks="<results>/mcmc/tables/walks.csv",
        convergence="<results>/mcmc/tables/convergence.csv",
        chains="<results>/mcmc/tables/chains.csv",
        moves="<results>/mcmc/tables/moves.csv",
        rejection="<results>/mcmc/tables/rejection.csv",
    log:
        "<logs>/mcmc/tabulate.log",
    benchmark:
        "<logs>/mcmc/tabulate.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("mcmc/tabulate.py"),
    script:
        "../../../scripts/mcmc/tabulate.py"


rule mcmc_settle:
    input:
        registry=chapter_file("mcmc", "claims.yaml"),
        evidence=[f"<results>/mcmc/{path}" for path in MCMC_EVIDENCE],
    output:
        claims="<results>/mcmc/claims.json",
        numbers="<results>/mcmc/numbers.json",
    log:
        "<logs>/mcmc/settle.log",
    benchmark:
        "<logs>/mcmc/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("mcmc/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/mcmc/settle.py"


rule mcmc_widgets:
    input:
        "<results>/mcmc/data/house.npz",
    output:
        "<results>/mcmc/widgets/house.js",
    log:
        "<logs>/mcmc/widgets.log",
    benchmark:
        "<logs>/mcmc/widgets.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("mcmc/widgets.py"),
    script:
        "../../../scripts/mcmc/widgets.py"


rule mcmc_figure:
    input:
        lambda wildcards: [f"<results>/mcmc/{path}" for path in MCMC_FIGURES[wildcards.figure]],
    output:
        figure_files("<results>/mcmc/figures/{figure}"),
    log:
        "<logs>/mcmc/figure_{figure}.log",
    benchmark:
        "<logs>/mcmc/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=lambda wildcards: code(f"mcmc/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("mcmc", wildcards.figure),
    script:
        "../../../scripts/mcmc/figures/{wildcards.figure}.py"
