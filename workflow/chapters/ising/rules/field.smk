# The Ising model in a field: the (T, h) diagram, the response, hysteresis.
ISING_FIGURES["field"] = [
    "tables/field_map.csv",
    "tables/response.csv",
    "tables/loops.csv",
    "tables/hysteresis.csv",
]
ISING_EVIDENCE += [
    "tables/loops.csv",
    "tables/field_map.csv",
    "tables/response.csv",
    "tables/isotherm.csv",
    "tables/small_field.csv",
    "tables/hysteresis.csv",
]


rule ising_field:
    output:
        field_map="<results>/ising/tables/field_map.csv",
        response="<results>/ising/tables/response.csv",
        isotherm="<results>/ising/tables/isotherm.csv",
        small_field="<results>/ising/tables/small_field.csv",
    log:
        "<logs>/ising/field.log",
    benchmark:
        "<logs>/ising/field.tsv"
    conda:
        "../../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("ising/field.py"),
        seed=config["seed"],
        size=config["ising"]["field"]["size"],
        sweeps=config["ising"]["field"]["sweeps"],
        equilibration=config["ising"]["field"]["equilibration"],
    script:
        "../../../../scripts/ising/field.py"


rule ising_hysteresis:
    output:
        loops="<results>/ising/tables/loops.csv",
        areas="<results>/ising/tables/hysteresis.csv",
    log:
        "<logs>/ising/hysteresis.log",
    benchmark:
        "<logs>/ising/hysteresis.tsv"
    conda:
        "../../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(60),
    params:
        code=code("ising/hysteresis.py"),
        seed=config["seed"],
        size=config["ising"]["hysteresis"]["size"],
        holds=config["ising"]["hysteresis"]["holds"],
    script:
        "../../../../scripts/ising/hysteresis.py"
