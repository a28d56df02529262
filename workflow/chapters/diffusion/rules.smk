# Diffusion: noise forward and backward, learned scores, entropy and heat, magnets made from noise.
localrules:
    diffusion,
    diffusion_tabulate,
    diffusion_settle,
    diffusion_widgets,
    diffusion_figure,


DIFFUSION_SETS = config["diffusion"]["learn"]["sets"]
# Each figure, in the order of the chapter, with the tables and arrays that it draws.
DIFFUSION_FIGURES = {
    "forward": ["data/forward.npz", "tables/densities.csv", "tables/relaxation.csv"],
    "reverse": ["data/reverse.npz", "tables/samplers.csv"],
    "controls": ["data/reverse.npz", "tables/samplers.csv"],
    "entropy": ["tables/thermodynamics.csv", "tables/fluctuations.csv"],
    "score": [*(["data/learned_ring.npz"] if "ring" in DIFFUSION_SETS else []), "tables/empirical.csv"],
    "generated": [f"data/learned_{name}.npz" for name in DIFFUSION_SETS],
    "quality": ["tables/generation.csv"],
    "transitions": ["tables/speciation.csv", "tables/collapse.csv", "tables/memory.csv"],
    "magnets": [
        "tables/ising_physics.csv",
        "data/magnets.npz",
        "data/generated.npz",
    ],
}
# What the claims of the experiment are settled by.
DIFFUSION_EVIDENCE = [
    *(
        f"tables/{name}.csv"
        for name in [
            "densities",
            "chain",
            "relaxation",
            "samplers",
            "marginals",
            "likelihood",
            "thermodynamics",
            "fluctuations",
            "speciation",
            "collapse",
            "memory",
            "empirical",
            "generation",
            "ising_physics",
        ]
    ),
    "data/forward.npz",
    "data/reverse.npz",
    "data/generated.npz",
    "data/magnets.npz",
    *(["data/learned_ring.npz"] if "ring" in DIFFUSION_SETS else []),
]


# The tables too: Snakemake does not miss a file that only stands between others.
rule diffusion:
    input:
        "<book>/diffusion.html",
        "<book>/ja/diffusion.html",
        sorted(
            {f"<results>/diffusion/{path}" for path in sum(DIFFUSION_FIGURES.values(), DIFFUSION_EVIDENCE)}
        ),


rule diffusion_forward:
    output:
        densities="<results>/diffusion/tables/densities.csv",
        chain="<results>/diffusion/tables/chain.csv",
        relaxation="<results>/diffusion/tables/relaxation.csv",
        arrays="<results>/diffusion/data/forward.npz",
    log:
        "<logs>/diffusion/forward.log",
    benchmark:
        "<logs>/diffusion/forward.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(30),
    params:
        code=code("diffusion/forward.py"),
        seed=config["seed"],
        mixture=config["diffusion"]["mixture"],
        particles=config["diffusion"]["forward"]["particles"],
        cells=config["diffusion"]["forward"]["cells"],
    script:
        "../../../scripts/diffusion/forward.py"


rule diffusion_reverse:
    output:
        samplers="<results>/diffusion/tables/samplers.csv",
        marginals="<results>/diffusion/tables/marginals.csv",
        likelihood="<results>/diffusion/tables/likelihood.csv",
        arrays="<results>/diffusion/data/reverse.npz",
    log:
        "<logs>/diffusion/reverse.log",
    benchmark:
        "<logs>/diffusion/reverse.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(30),
    params:
        code=code("diffusion/reverse.py"),
        seed=config["seed"],
        mixture=config["diffusion"]["mixture"],
        particles=config["diffusion"]["reverse"]["particles"],
        steps=config["diffusion"]["reverse"]["steps"],
    script:
        "../../../scripts/diffusion/reverse.py"


rule diffusion_thermodynamics:
    output:
        thermodynamics="<results>/diffusion/tables/thermodynamics.csv",
        fluctuations="<results>/diffusion/tables/fluctuations.csv",
    log:
        "<logs>/diffusion/thermodynamics.log",
    benchmark:
        "<logs>/diffusion/thermodynamics.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(30),
    params:
        code=code("diffusion/thermodynamics.py"),
        seed=config["seed"],
        mixture=config["diffusion"]["mixture"],
        particles=config["diffusion"]["forward"]["particles"],
    script:
        "../../../scripts/diffusion/thermodynamics.py"


rule diffusion_transitions:
    output:
        speciation="<results>/diffusion/tables/speciation.csv",
        collapse="<results>/diffusion/tables/collapse.csv",
        memory="<results>/diffusion/tables/memory.csv",
        empirical="<results>/diffusion/tables/empirical.csv",
    log:
        "<logs>/diffusion/transitions.log",
    benchmark:
        "<logs>/diffusion/transitions.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(30),
    params:
        code=code("diffusion/transitions.py"),
        seed=config["seed"],
        speciation=config["diffusion"]["speciation"],
    script:
        "../../../scripts/diffusion/transitions.py"


rule diffusion_learn:
    output:
        table="<results>/diffusion/parts/quality_{set}.csv",
        arrays="<results>/diffusion/data/learned_{set}.npz",
        timings="<results>/diffusion/timings/learn_{set}.csv",
    log:
        "<logs>/diffusion/learn_{set}.log",
    benchmark:
        "<logs>/diffusion/learn_{set}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(2500),
        runtime=by_attempt(60),
    params:
        code=code("diffusion/learn.py"),
        seed=config["seed"],
        plan=config["diffusion"]["learn"],
    script:
        "../../../scripts/diffusion/learn.py"


rule diffusion_magnets:
    output:
        "<results>/diffusion/data/magnets.npz",
    log:
        "<logs>/diffusion/magnets.log",
    benchmark:
        "<logs>/diffusion/magnets.tsv"
    # The longest way through the workflow leads over these two: they go first.
    priority: 1
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(30),
    params:
        code=code("diffusion/magnets.py"),
        seed=config["seed"],
        plan=config["diffusion"]["magnets"],
    script:
        "../../../scripts/diffusion/magnets.py"


rule diffusion_learn_magnets:
    input:
        "<results>/diffusion/data/magnets.npz",
    output:
        arrays="<results>/diffusion/data/generated.npz",
        timings="<results>/diffusion/timings/learn_magnets.csv",
    log:
        "<logs>/diffusion/learn_magnets.log",
    benchmark:
        "<logs>/diffusion/learn_magnets.tsv"
    priority: 1
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(3000),
        runtime=by_attempt(120),
    params:
        code=code("diffusion/learn_magnets.py"),
        seed=config["seed"],
        plan=config["diffusion"]["magnets"],
    script:
        "../../../scripts/diffusion/learn_magnets.py"


rule diffusion_tabulate:
    input:
        quality=expand("<results>/diffusion/parts/quality_{set}.csv", set=DIFFUSION_SETS),
        generated="<results>/diffusion/data/generated.npz",
        magnets="<results>/diffusion/data/magnets.npz",
    output:
        generation="<results>/diffusion/tables/generation.csv",
        physics="<results>/diffusion/tables/ising_physics.csv",
    log:
        "<logs>/diffusion/tabulate.log",
    benchmark:
        "<logs>/diffusion/tabulate.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(30),
    params:
        code=code("diffusion/tabulate.py"),
        seed=config["seed"],
    script:
        "../../../scripts/diffusion/tabulate.py"


rule diffusion_settle:
    input:
        registry=chapter_file("diffusion", "claims.yaml"),
        evidence=[f"<results>/diffusion/{path}" for path in DIFFUSION_EVIDENCE],
    output:
        claims="<results>/diffusion/claims.json",
        numbers="<results>/diffusion/numbers.json",
    log:
        "<logs>/diffusion/settle.log",
    benchmark:
        "<logs>/diffusion/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1500,
        runtime=30,
    params:
        code=code("diffusion/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/diffusion/settle.py"


rule diffusion_widgets:
    input:
        forward="<results>/diffusion/data/forward.npz",
        backward="<results>/diffusion/data/reverse.npz",
        spins="<results>/diffusion/data/generated.npz",
        magnets="<results>/diffusion/data/magnets.npz",
    output:
        film="<results>/diffusion/widgets/film.js",
        spins="<results>/diffusion/widgets/spins.js",
    log:
        "<logs>/diffusion/widgets.log",
    benchmark:
        "<logs>/diffusion/widgets.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1500,
        runtime=30,
    params:
        code=code("diffusion/widgets.py"),
    script:
        "../../../scripts/diffusion/widgets.py"


rule diffusion_figure:
    input:
        lambda wildcards: [f"<results>/diffusion/{path}" for path in DIFFUSION_FIGURES[wildcards.figure]],
    output:
        figure_files("<results>/diffusion/figures/{figure}"),
    log:
        "<logs>/diffusion/figure_{figure}.log",
    benchmark:
        "<logs>/diffusion/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=lambda wildcards: code(f"diffusion/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("diffusion", wildcards.figure),
    script:
        "../../../scripts/diffusion/figures/{wildcards.figure}.py"
