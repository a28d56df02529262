# Free energy and entropy of the Ising model by thermodynamic integration.
ISING_FIGURES["free_energy"] = ["tables/free_energy.csv"]
ISING_EVIDENCE += ["tables/free_energy.csv", "tables/integrand.csv"]


rule ising_integrate:
    output:
        integrand="<results>/ising/tables/integrand.csv",
        free_energy="<results>/ising/tables/free_energy.csv",
    log:
        "<logs>/ising/integrate.log",
    benchmark:
        "<logs>/ising/integrate.tsv"
    conda:
        "../../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("ising/integrate.py"),
        seed=config["seed"],
        size=max(config["ising"]["sizes"]),
        streams=config["ising"]["integrate"]["streams"],
        sweeps=config["ising"]["integrate"]["sweeps"],
        equilibration=config["ising"]["integrate"]["equilibration"],
    script:
        "../../../../scripts/ising/integrate.py"
