# Critical slowing down: autocorrelation times of three algorithms.
ISING_FIGURES["dynamics"] = [
    "tables/dynamics.csv",
    "tables/memory.csv",
    "tables/dynamic_exponents.csv",
]
ISING_EVIDENCE += ["tables/dynamics.csv", "tables/dynamic_exponents.csv", "tables/dynamic_energies.csv"]


rule ising_dynamics:
    output:
        "<results>/ising/data/dynamics_{dynamics}.npz",
    log:
        "<logs>/ising/dynamics_{dynamics}.log",
    benchmark:
        "<logs>/ising/dynamics_{dynamics}.tsv"
    wildcard_constraints:
        dynamics="metropolis|swendsen_wang|wolff",
    conda:
        "../../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(2000),
        runtime=by_attempt(60),
    params:
        code=code("ising/dynamics.py"),
        seed=config["seed"],
        sizes=config["ising"]["dynamics"]["sizes"],
        taus=config["ising"]["dynamics"]["taus"],
    script:
        "../../../../scripts/ising/dynamics.py"


rule ising_slowing:
    input:
        expand(
            "<results>/ising/data/dynamics_{dynamics}.npz",
            dynamics=["metropolis", "swendsen_wang", "wolff"],
        ),
    output:
        dynamics="<results>/ising/tables/dynamics.csv",
        memory="<results>/ising/tables/memory.csv",
        exponents="<results>/ising/tables/dynamic_exponents.csv",
        energies="<results>/ising/tables/dynamic_energies.csv",
    log:
        "<logs>/ising/slowing.log",
    benchmark:
        "<logs>/ising/slowing.tsv"
    conda:
        "../../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("ising/slowing.py"),
    script:
        "../../../../scripts/ising/slowing.py"
