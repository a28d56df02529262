# Variational inference beside mean-field theory, on models whose states can all be added up.
localrules:
    variational,
    variational_settle,
    variational_widgets,
    variational_figure,


# Each figure, in the order of the chapter, with the tables and arrays that it draws.
VARIATIONAL_FIGURES = {
    "decomposition": ["tables/trace.csv", "tables/objectives.csv", "tables/minima.csv"],
    "derivation": ["tables/derivation.csv"],
    "mode_seeking": ["tables/mode_seeking.csv", "tables/mode_points.csv"],
    "penalty": ["tables/penalty.csv", "tables/vanishing.csv", "tables/coding.csv"],
    "variance": ["tables/gaussian.csv"],
    "ascent": ["tables/trajectories.csv", "tables/ascent.csv"],
    "approximations": ["tables/accuracy.csv"],
    "learning": ["tables/em.csv", "data/mixture.npz"],
}
# What the claims of the experiment are settled by.
VARIATIONAL_EVIDENCE = [
    *(
        f"tables/{name}.csv"
        for name in ("identities", "derivation", "accuracy", "approximations", "factorization", "plain")
    ),
    *(
        f"tables/{name}.csv"
        for name in ("trace", "ascent", "objectives", "minima", "mode_seeking", "mode_points", "mode_fits")
    ),
    *(
        f"tables/{name}.csv"
        for name in ("coding", "penalty", "vanishing", "gaussian", "evidence", "curie_weiss")
    ),
    *(f"tables/{name}.csv" for name in ("factors", "monte_carlo", "em", "trajectories", "variances")),
]


# The tables too: Snakemake does not miss a file that only stands between others.
rule variational:
    input:
        "<book>/variational.html",
        "<book>/ja/variational.html",
        sorted(
            {
                f"<results>/variational/{path}"
                for path in sum(VARIATIONAL_FIGURES.values(), VARIATIONAL_EVIDENCE)
            }
        ),


rule variational_identities:
    output:
        identities="<results>/variational/tables/identities.csv",
        derivation="<results>/variational/tables/derivation.csv",
    log:
        "<logs>/variational/identities.log",
    benchmark:
        "<logs>/variational/identities.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("variational/identities.py"),
        seed=config["seed"],
        draws=config["variational"]["draws"],
        pairs=config["variational"]["pairs"],
    script:
        "../../../scripts/variational/identities.py"


rule variational_networks:
    output:
        approximations="<results>/variational/tables/approximations.csv",
        accuracy="<results>/variational/tables/accuracy.csv",
        plain="<results>/variational/tables/plain.csv",
        factorization="<results>/variational/tables/factorization.csv",
    log:
        "<logs>/variational/networks.log",
    benchmark:
        "<logs>/variational/networks.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("variational/networks.py"),
        seed=config["seed"],
        sk=config["variational"]["sk"],
        networks=config["variational"]["networks"],
    script:
        "../../../scripts/variational/networks.py"


rule variational_ascent:
    output:
        trace="<results>/variational/tables/trace.csv",
        ascent="<results>/variational/tables/ascent.csv",
        trajectories="<results>/variational/tables/trajectories.csv",
        objectives="<results>/variational/tables/objectives.csv",
        minima="<results>/variational/tables/minima.csv",
    log:
        "<logs>/variational/ascent.log",
    benchmark:
        "<logs>/variational/ascent.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("variational/ascent.py"),
        seed=config["seed"],
        ascent=[config["variational"]["ascent"][key] for key in ("runs", "spins", "temperatures")],
    script:
        "../../../scripts/variational/ascent.py"


rule variational_modes:
    output:
        curves="<results>/variational/tables/mode_seeking.csv",
        fits="<results>/variational/tables/mode_fits.csv",
        points="<results>/variational/tables/mode_points.csv",
    log:
        "<logs>/variational/modes.log",
    benchmark:
        "<logs>/variational/modes.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("variational/modes.py"),
        separations=config["variational"]["separations"],
    script:
        "../../../scripts/variational/modes.py"


rule variational_coding:
    output:
        coding="<results>/variational/tables/coding.csv",
        penalty="<results>/variational/tables/penalty.csv",
        vanishing="<results>/variational/tables/vanishing.csv",
    log:
        "<logs>/variational/coding.log",
    benchmark:
        "<logs>/variational/coding.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("variational/coding.py"),
        seed=config["seed"],
        coding=config["variational"]["coding"],
    script:
        "../../../scripts/variational/coding.py"


rule variational_solvable:
    output:
        gaussian="<results>/variational/tables/gaussian.csv",
        evidence="<results>/variational/tables/evidence.csv",
        curie_weiss="<results>/variational/tables/curie_weiss.csv",
        factors="<results>/variational/tables/factors.csv",
        variances="<results>/variational/tables/variances.csv",
    log:
        "<logs>/variational/solvable.log",
    benchmark:
        "<logs>/variational/solvable.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("variational/solvable.py"),
        seed=config["seed"],
    script:
        "../../../scripts/variational/solvable.py"


rule variational_sampling:
    output:
        "<results>/variational/tables/monte_carlo.csv",
    log:
        "<logs>/variational/sampling.log",
    benchmark:
        "<logs>/variational/sampling.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("variational/sampling.py"),
        seed=config["seed"],
        monte_carlo=[config["variational"]["monte_carlo"][key] for key in ("streams", "samples")],
    script:
        "../../../scripts/variational/sampling.py"


rule variational_learning:
    output:
        trace="<results>/variational/tables/em.csv",
        mixture="<results>/variational/data/mixture.npz",
    log:
        "<logs>/variational/learning.log",
    benchmark:
        "<logs>/variational/learning.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("variational/learning.py"),
        seed=config["seed"],
        mixture=[config["variational"]["mixture"][key] for key in ("components", "iterations")],
    script:
        "../../../scripts/variational/learning.py"


rule variational_settle:
    input:
        registry=chapter_file("variational", "claims.yaml"),
        evidence=[f"<results>/variational/{path}" for path in VARIATIONAL_EVIDENCE],
    output:
        claims="<results>/variational/claims.json",
        numbers="<results>/variational/numbers.json",
    log:
        "<logs>/variational/settle.log",
    benchmark:
        "<logs>/variational/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("variational/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/variational/settle.py"


rule variational_widgets:
    input:
        "<results>/variational/tables/mode_seeking.csv",
    output:
        "<results>/variational/widgets/modes.js",
    log:
        "<logs>/variational/widgets.log",
    benchmark:
        "<logs>/variational/widgets.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("variational/widgets.py"),
    script:
        "../../../scripts/variational/widgets.py"


rule variational_figure:
    input:
        lambda wildcards: [f"<results>/variational/{path}" for path in VARIATIONAL_FIGURES[wildcards.figure]],
    output:
        figure_files("<results>/variational/figures/{figure}"),
    log:
        "<logs>/variational/figure_{figure}.log",
    benchmark:
        "<logs>/variational/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=lambda wildcards: code(f"variational/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("variational", wildcards.figure),
    script:
        "../../../scripts/variational/figures/{wildcards.figure}.py"
