# The Hopfield network: simulation of several sizes, the theory beside it, tables, figures, claims.
localrules:
    hopfield,
    hopfield_tables,
    hopfield_lines,
    hopfield_settle,
    hopfield_widgets,
    hopfield_figure,


# A figure is drawn from these files; the order is that of the chapter (figures.yaml).
HOPFIELD_FIGURES = {
    "recall": ["data/recalls.npz", "tables/images.csv"],
    "stability": ["tables/stability.csv", "tables/limits.csv"],
    "capacity": [
        "tables/retrieval.csv",
        "tables/transition.csv",
        "tables/thresholds.csv",
        "tables/capacity.csv",
        "tables/overlap_theory.csv",
        "tables/lines.csv",
    ],
    "phase_diagram": ["tables/phase_diagram.csv", "tables/lines.csv"],
    "basins": ["tables/basins.csv", "tables/critical_cues.csv"],
    "spurious": ["tables/spurious.csv"],
    "relaxation": ["tables/relaxation.csv", "tables/relaxation_times.csv", "tables/overlap_theory.csv"],
    "rules": ["tables/rules.csv", "tables/separable.csv"],
    "spin_glass": ["tables/levels.csv", "tables/glass_energy.csv", "tables/glass_limit.csv"],
}
# What the claims of the experiment are settled by.
HOPFIELD_EVIDENCE = [
    f"tables/{name}.csv"
    for name in (
        "retrieval transition capacity thresholds thermal phase_diagram overlap_theory theory lines limits basins "
        "critical_cues spurious mixtures relaxation relaxation_times depths twins stability diagonal one_step energy rules separable "
        "projection images isomorphism glass_energy glass_limit"
    ).split()
]


# The tables too: Snakemake does not miss a file that only stands between others.
rule hopfield:
    input:
        "<book>/hopfield.html",
        "<book>/ja/hopfield.html",
        sorted({f"<results>/hopfield/{path}" for path in sum(HOPFIELD_FIGURES.values(), HOPFIELD_EVIDENCE)}),


rule hopfield_retrieve:
    output:
        "<results>/hopfield/data/retrieval_N{N}.npz",
    log:
        "<logs>/hopfield/retrieve_N{N}.log",
    benchmark:
        "<logs>/hopfield/retrieve_N{N}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=lambda wildcards, attempt: attempt * (1000 + int(wildcards.N) ** 2 // 40_000_000),
        runtime=lambda wildcards, attempt: attempt * (60 + int(wildcards.N) ** 2 // 400_000_000),
    params:
        code=code("hopfield/retrieve.py"),
        seed=config["seed"],
        loads=config["hopfield"]["loads"],
        samples=config["hopfield"]["samples"],
    script:
        "../../../scripts/hopfield/retrieve.py"


rule hopfield_thermal:
    output:
        "<results>/hopfield/data/thermal.npz",
    log:
        "<logs>/hopfield/thermal.log",
    benchmark:
        "<logs>/hopfield/thermal.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("hopfield/thermal.py"),
        seed=config["seed"],
        temperatures=config["hopfield"]["temperatures"],
        phase_diagram=config["hopfield"]["phase_diagram"],
        thermal=config["hopfield"]["thermal"],
    script:
        "../../../scripts/hopfield/thermal.py"


rule hopfield_tables:
    input:
        runs=expand("<results>/hopfield/data/retrieval_N{N}.npz", N=config["hopfield"]["sizes"]),
        thermal="<results>/hopfield/data/thermal.npz",
    output:
        retrieval="<results>/hopfield/tables/retrieval.csv",
        transition="<results>/hopfield/tables/transition.csv",
        thresholds="<results>/hopfield/tables/thresholds.csv",
        capacity="<results>/hopfield/tables/capacity.csv",
        phase_diagram="<results>/hopfield/tables/phase_diagram.csv",
        thermal="<results>/hopfield/tables/thermal.csv",
    log:
        "<logs>/hopfield/tables.log",
    benchmark:
        "<logs>/hopfield/tables.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("hopfield/analyze.py"),
    script:
        "../../../scripts/hopfield/analyze.py"


rule hopfield_lines:
    output:
        overlap="<results>/hopfield/tables/overlap_theory.csv",
        lines="<results>/hopfield/tables/lines.csv",
        limits="<results>/hopfield/tables/limits.csv",
        theory="<results>/hopfield/tables/theory.csv",
    log:
        "<logs>/hopfield/lines.log",
    benchmark:
        "<logs>/hopfield/lines.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("hopfield/lines.py"),
    script:
        "../../../scripts/hopfield/lines.py"


rule hopfield_basins:
    output:
        basins="<results>/hopfield/tables/basins.csv",
        critical_cues="<results>/hopfield/tables/critical_cues.csv",
        spurious="<results>/hopfield/tables/spurious.csv",
        mixtures="<results>/hopfield/tables/mixtures.csv",
        relaxation="<results>/hopfield/tables/relaxation.csv",
        times="<results>/hopfield/tables/relaxation_times.csv",
        depths="<results>/hopfield/tables/depths.csv",
        twins="<results>/hopfield/tables/twins.csv",
    log:
        "<logs>/hopfield/basins.log",
    benchmark:
        "<logs>/hopfield/basins.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("hopfield/basins.py"),
        seed=config["seed"],
        basins=config["hopfield"]["basins"],
        spurious=config["hopfield"]["spurious"],
        relaxation=config["hopfield"]["relaxation"],
    script:
        "../../../scripts/hopfield/basins.py"


rule hopfield_stability:
    output:
        one_step="<results>/hopfield/tables/one_step.csv",
        stability="<results>/hopfield/tables/stability.csv",
        diagonal="<results>/hopfield/tables/diagonal.csv",
        energy="<results>/hopfield/tables/energy.csv",
    log:
        "<logs>/hopfield/stability.log",
    benchmark:
        "<logs>/hopfield/stability.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("hopfield/stability.py"),
        seed=config["seed"],
        sizes=config["hopfield"]["stability"]["sizes"],
        samples=config["hopfield"]["stability"]["samples"],
        sets=config["hopfield"]["stability"]["sets"],
        runs=config["hopfield"]["stability"]["runs"],
    script:
        "../../../scripts/hopfield/stability.py"


rule hopfield_rules:
    output:
        rules="<results>/hopfield/tables/rules.csv",
        separable="<results>/hopfield/tables/separable.csv",
        projection="<results>/hopfield/tables/projection.csv",
    log:
        "<logs>/hopfield/rules.log",
    benchmark:
        "<logs>/hopfield/rules.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("hopfield/rules.py"),
        seed=config["seed"],
        size=config["hopfield"]["rules"]["size"],
        samples=config["hopfield"]["rules"]["samples"],
        separable=config["hopfield"]["rules"]["separable"],
    script:
        "../../../scripts/hopfield/rules.py"


rule hopfield_images:
    input:
        lambda wildcards: pictures(config["hopfield"]["images"]["folder"]),
    output:
        arrays="<results>/hopfield/data/recalls.npz",
        table="<results>/hopfield/tables/images.csv",
    log:
        "<logs>/hopfield/images.log",
    benchmark:
        "<logs>/hopfield/images.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("hopfield/images.py"),
        seed=config["seed"],
        images=config["hopfield"]["images"],
    script:
        "../../../scripts/hopfield/images.py"


rule hopfield_spin_glass:
    output:
        isomorphism="<results>/hopfield/tables/isomorphism.csv",
        levels="<results>/hopfield/tables/levels.csv",
        glass="<results>/hopfield/tables/glass_energy.csv",
        limit="<results>/hopfield/tables/glass_limit.csv",
    log:
        "<logs>/hopfield/spin_glass.log",
    benchmark:
        "<logs>/hopfield/spin_glass.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("hopfield/spin_glass.py"),
        seed=config["seed"],
        samples=config["hopfield"]["spin_glass"]["samples"],
    script:
        "../../../scripts/hopfield/spin_glass.py"


rule hopfield_settle:
    input:
        registry=chapter_file("hopfield", "claims.yaml"),
        evidence=[f"<results>/hopfield/{path}" for path in HOPFIELD_EVIDENCE],
    output:
        claims="<results>/hopfield/claims.json",
        numbers="<results>/hopfield/numbers.json",
    log:
        "<logs>/hopfield/settle.log",
    benchmark:
        "<logs>/hopfield/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("hopfield/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/hopfield/settle.py"


rule hopfield_widgets:
    input:
        "<results>/hopfield/data/recalls.npz",
    output:
        "<results>/hopfield/widgets/recall.js",
    log:
        "<logs>/hopfield/widgets.log",
    benchmark:
        "<logs>/hopfield/widgets.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("hopfield/widgets.py"),
    script:
        "../../../scripts/hopfield/widgets.py"


rule hopfield_figure:
    input:
        lambda wildcards: [f"<results>/hopfield/{path}" for path in HOPFIELD_FIGURES[wildcards.figure]],
    output:
        figure_files("<results>/hopfield/figures/{figure}"),
    log:
        "<logs>/hopfield/figure_{figure}.log",
    benchmark:
        "<logs>/hopfield/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=lambda wildcards: code(f"hopfield/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("hopfield", wildcards.figure),
    script:
        "../../../scripts/hopfield/figures/{wildcards.figure}.py"
