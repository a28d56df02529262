# The Ising model on the square lattice: simulate, measure, compare with exact theory, draw.
localrules:
    ising,
    ising_thermodynamics,
    ising_exact,
    ising_scaling,
    ising_lengths,
    ising_slowing,
    ising_approximations,
    ising_transition_order,
    ising_settle,
    ising_widgets,
    ising_figure,


# Each figure, in the order of the chapter, with the tables and arrays that it draws.
ISING_FIGURES = {
    "spins": [f"data/moments_L{max(config['ising']['sizes'])}.npz"],
    "thermodynamics": ["tables/thermodynamics.csv", "tables/exact.csv"],
    "binder": ["tables/thermodynamics.csv", "tables/crossings.csv"],
}
# What the claims of the experiment are settled by. Each file of the folder adds its own.
ISING_EVIDENCE = [
    "tables/thermodynamics.csv",
    "tables/exact.csv",
    "tables/exponents.csv",
    "tables/crossings.csv",
    "tables/naive.csv",
]

for part in sorted((CHAPTERS / "ising" / "rules").glob("*.smk")):

    include: part


# The tables too: Snakemake does not miss a file that only stands between others.
rule ising:
    input:
        "<book>/ising.html",
        "<book>/ja/ising.html",
        sorted({f"<results>/ising/{path}" for path in sum(ISING_FIGURES.values(), ISING_EVIDENCE)}),


rule ising_simulate:
    output:
        "<results>/ising/data/moments_L{L}.npz",
    log:
        "<logs>/ising/simulate_L{L}.log",
    benchmark:
        "<logs>/ising/simulate_L{L}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=lambda wildcards, attempt: attempt * (60 + int(wildcards.L) ** 2 // 100),
    params:
        code=code("ising/simulate.py"),
        seed=config["seed"],
        temperatures=config["ising"]["temperatures"],
        sweeps=config["ising"]["sweeps"],
        equilibration=config["ising"]["equilibration"],
    script:
        "../../../scripts/ising/simulate.py"


rule ising_configurations:
    output:
        "<results>/ising/data/configurations_L{L}_T{T}.npz",
    log:
        "<logs>/ising/configurations_L{L}_T{T}.log",
    benchmark:
        "<logs>/ising/configurations_L{L}_T{T}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("ising/configurations.py"),
        seed=config["seed"],
        number=config["ising"]["configurations"],
        equilibration=config["ising"]["equilibration"],
    script:
        "../../../scripts/ising/configurations.py"


rule ising_thermodynamics:
    input:
        expand("<results>/ising/data/moments_L{L}.npz", L=config["ising"]["sizes"]),
    output:
        "<results>/ising/tables/thermodynamics.csv",
    log:
        "<logs>/ising/thermodynamics.log",
    benchmark:
        "<logs>/ising/thermodynamics.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("ising/analyze.py"),
    script:
        "../../../scripts/ising/analyze.py"


rule ising_naive:
    output:
        "<results>/ising/tables/naive.csv",
    log:
        "<logs>/ising/naive.log",
    benchmark:
        "<logs>/ising/naive.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("ising/naive.py"),
        seed=config["seed"],
    script:
        "../../../scripts/ising/naive.py"


rule ising_settle:
    input:
        registry=chapter_file("ising", "claims.yaml"),
        evidence=[f"<results>/ising/{path}" for path in ISING_EVIDENCE],
    output:
        claims="<results>/ising/claims.json",
        numbers="<results>/ising/numbers.json",
    log:
        "<logs>/ising/settle.log",
    benchmark:
        "<logs>/ising/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("ising/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/ising/settle.py"


rule ising_exact:
    output:
        "<results>/ising/tables/exact.csv",
    log:
        "<logs>/ising/exact.log",
    benchmark:
        "<logs>/ising/exact.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("ising/exact.py"),
        sizes=config["ising"]["sizes"],
        temperatures=config["ising"]["temperatures"],
    script:
        "../../../scripts/ising/exact.py"


rule ising_scaling:
    input:
        "<results>/ising/tables/thermodynamics.csv",
    output:
        crossings="<results>/ising/tables/crossings.csv",
        exponents="<results>/ising/tables/exponents.csv",
    log:
        "<logs>/ising/scaling.log",
    benchmark:
        "<logs>/ising/scaling.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("ising/scaling.py"),
    script:
        "../../../scripts/ising/scaling.py"


rule ising_widgets:
    input:
        moments=f"<results>/ising/data/moments_L{max(config['ising']['sizes'])}.npz",
        table="<results>/ising/tables/thermodynamics.csv",
    output:
        spins="<results>/ising/widgets/spins.js",
        collapse="<results>/ising/widgets/collapse.js",
    log:
        "<logs>/ising/widgets.log",
    benchmark:
        "<logs>/ising/widgets.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("ising/widgets.py"),
    script:
        "../../../scripts/ising/widgets.py"


rule ising_figure:
    input:
        lambda wildcards: [f"<results>/ising/{path}" for path in ISING_FIGURES[wildcards.figure]],
    output:
        figure_files("<results>/ising/figures/{figure}"),
    log:
        "<logs>/ising/figure_{figure}.log",
    benchmark:
        "<logs>/ising/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=lambda wildcards: code(f"ising/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("ising", wildcards.figure),
    script:
        "../../../scripts/ising/figures/{wildcards.figure}.py"
