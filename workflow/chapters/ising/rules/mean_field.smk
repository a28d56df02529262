# Where mean-field theory fails, and where it becomes exact.
ISING_FIGURES["mean_field"] = [
    "tables/mean_field.csv",
    "tables/approximations.csv",
    "tables/thermodynamics.csv",
]
ISING_EVIDENCE += ["tables/mean_field.csv", "tables/approximations.csv"]


rule ising_approximations:
    output:
        curves="<results>/ising/tables/mean_field.csv",
        quantities="<results>/ising/tables/approximations.csv",
    log:
        "<logs>/ising/approximations.log",
    benchmark:
        "<logs>/ising/approximations.tsv"
    conda:
        "../../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("ising/approximations.py"),
        temperatures=config["ising"]["temperatures"],
    script:
        "../../../../scripts/ising/approximations.py"
