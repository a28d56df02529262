# Continuous or first order: the Ising model beside the q = 10 Potts model.
ISING_FIGURES["transition_order"] = [
    "tables/energies.csv",
    "tables/phases.csv",
    "tables/correlation_lengths.csv",
]
ISING_EVIDENCE += ["tables/phases.csv", "tables/valleys.csv"]


rule ising_potts:
    output:
        "<results>/ising/data/phases.npz",
    log:
        "<logs>/ising/potts.log",
    benchmark:
        "<logs>/ising/potts.tsv"
    conda:
        "../../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(60),
    params:
        code=code("ising/potts.py"),
        seed=config["seed"],
        sizes=config["ising"]["potts"]["sizes"],
        sweeps=config["ising"]["potts"]["sweeps"],
    script:
        "../../../../scripts/ising/potts.py"


rule ising_histograms:
    output:
        "<results>/ising/data/histograms.npz",
    log:
        "<logs>/ising/histograms.log",
    benchmark:
        "<logs>/ising/histograms.tsv"
    conda:
        "../../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("ising/histograms.py"),
        seed=config["seed"],
        ising_sizes=config["ising"]["histograms"]["ising"],
        potts_sizes=config["ising"]["histograms"]["potts"],
        sweeps=config["ising"]["histograms"]["sweeps"],
    script:
        "../../../../scripts/ising/histograms.py"


rule ising_transition_order:
    input:
        histograms="<results>/ising/data/histograms.npz",
        phases="<results>/ising/data/phases.npz",
    output:
        energies="<results>/ising/tables/energies.csv",
        valleys="<results>/ising/tables/valleys.csv",
        phases="<results>/ising/tables/phases.csv",
    log:
        "<logs>/ising/transition_order.log",
    benchmark:
        "<logs>/ising/transition_order.tsv"
    conda:
        "../../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("ising/transition_order.py"),
    script:
        "../../../../scripts/ising/transition_order.py"
