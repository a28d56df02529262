# Correlations of the spins: functions, lengths, and the isotherm that ends in the same point.
ISING_FIGURES["correlation"] = [
    "tables/correlation.csv",
    "tables/correlation_lengths.csv",
    "tables/isotherm.csv",
]
ISING_EVIDENCE += [
    "tables/correlation.csv",
    "tables/correlation_lengths.csv",
    "tables/correlation_exponents.csv",
]


rule ising_correlation:
    output:
        "<results>/ising/data/correlation_L{L}.npz",
    log:
        "<logs>/ising/correlation_L{L}.log",
    benchmark:
        "<logs>/ising/correlation_L{L}.tsv"
    conda:
        "../../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("ising/correlation.py"),
        seed=config["seed"],
        sizes=config["ising"]["correlation"]["sizes"],
        temperatures=config["ising"]["correlation"]["temperatures"],
        samples=config["ising"]["correlation"]["samples"],
        equilibration=config["ising"]["equilibration"],
    script:
        "../../../../scripts/ising/correlation.py"


rule ising_lengths:
    input:
        expand(
            "<results>/ising/data/correlation_L{L}.npz",
            L=config["ising"]["correlation"]["sizes"],
        ),
    output:
        functions="<results>/ising/tables/correlation.csv",
        lengths="<results>/ising/tables/correlation_lengths.csv",
        exponents="<results>/ising/tables/correlation_exponents.csv",
    log:
        "<logs>/ising/lengths.log",
    benchmark:
        "<logs>/ising/lengths.tsv"
    conda:
        "../../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("ising/lengths.py"),
    script:
        "../../../../scripts/ising/lengths.py"
