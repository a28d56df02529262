# The renormalization group: exact recursions, Monte-Carlo RG, tensors, universality, pooling, a learned flow.
localrules:
    renormalization,
    renormalization_settle,
    renormalization_widgets,
    renormalization_figure,


include: "lattices.smk"


# A figure is drawn from these files; the order is that of the chapter (figures.yaml).
RENORMALIZATION_FIGURES = {
    "zoom": ["data/zoom.npz"],
    "recursions": ["tables/orbits.csv", "tables/fixed_points.csv"],
    "flow": ["tables/flow.csv", "tables/critical_line.csv", "tables/rules.csv"],
    "exponents": ["tables/mcrg.csv", "tables/rules.csv"],
    "invariance": ["tables/matching.csv", "tables/transition.csv", "tables/distances.csv", "data/shapes.npz"],
    "tensors": ["tables/tensor_rg.csv", "tables/spectrum.csv"],
    "universality": ["tables/universality.csv", "tables/binder.csv"],
    "pooling": ["tables/pooling.csv", "tables/information.csv"],
    "machine": ["tables/machine.csv"],
}
# What the claims of the experiment are settled by.
RENORMALIZATION_EVIDENCE = [
    f"tables/{name}.csv"
    for name in (
        "chain fixed_points orbits information block_couplings sampled critical_line mcrg flow rules matching transition "
        "distances correlations pooling identities tensor_rg spectrum universality binder machine"
    ).split()
]


# The tables too: Snakemake does not miss a file that only stands between others.
rule renormalization:
    input:
        "<book>/renormalization.html",
        "<book>/ja/renormalization.html",
        sorted(
            {
                f"<results>/renormalization/{path}"
                for path in sum(RENORMALIZATION_FIGURES.values(), RENORMALIZATION_EVIDENCE)
            }
        ),


# The step is that of the Ising experiment: only files go from one experiment to another.
rule renormalization_ensembles:
    output:
        "<results>/renormalization/data/ensembles_L{L}.npz",
    log:
        "<logs>/renormalization/ensembles_L{L}.log",
    benchmark:
        "<logs>/renormalization/ensembles_L{L}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(2000),
        runtime=by_attempt(60),
    params:
        code=code("ising/ensembles.py"),
        seed=config["seed"],
        numbers=renormalization_numbers,
        equilibration=config["renormalization"]["equilibration"],
    script:
        "../../../scripts/ising/ensembles.py"


rule renormalization_exact:
    output:
        chain="<results>/renormalization/tables/chain.csv",
        fixed_points="<results>/renormalization/tables/fixed_points.csv",
        orbits="<results>/renormalization/tables/orbits.csv",
        information="<results>/renormalization/tables/information.csv",
        block_couplings="<results>/renormalization/tables/block_couplings.csv",
        sampled="<results>/renormalization/tables/sampled.csv",
        critical_line="<results>/renormalization/tables/critical_line.csv",
    log:
        "<logs>/renormalization/exact.log",
    benchmark:
        "<logs>/renormalization/exact.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(10),
    params:
        code=code("renormalization/exact.py"),
        seed=config["seed"],
        kadanoff=config["renormalization"]["kadanoff"],
        number=config["renormalization"]["sampled"],
    script:
        "../../../scripts/renormalization/exact.py"


rule renormalization_universality:
    output:
        universality="<results>/renormalization/tables/universality.csv",
        binder="<results>/renormalization/tables/binder.csv",
        diagonal="<results>/renormalization/data/diagonal.npz",
    log:
        "<logs>/renormalization/universality.log",
    benchmark:
        "<logs>/renormalization/universality.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(60),
    params:
        code=code("renormalization/universality.py"),
        seed=config["seed"],
        sizes=config["renormalization"]["universality"]["sizes"],
        sweeps=config["renormalization"]["universality"]["sweeps"],
        configurations=config["renormalization"]["universality"]["configurations"],
    script:
        "../../../scripts/renormalization/universality.py"


rule renormalization_mcrg:
    input:
        ensembles=expand("<results>/renormalization/data/ensembles_L{L}.npz", L=renormalization_sizes()),
        diagonal="<results>/renormalization/data/diagonal.npz",
    output:
        mcrg="<results>/renormalization/tables/mcrg.csv",
        flow="<results>/renormalization/tables/flow.csv",
        rules="<results>/renormalization/tables/rules.csv",
    log:
        "<logs>/renormalization/mcrg.log",
    benchmark:
        "<logs>/renormalization/mcrg.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(4000),
        runtime=by_attempt(60),
    params:
        code=code("renormalization/mcrg.py"),
        seed=config["seed"],
        sizes=config["renormalization"]["mcrg"]["sizes"],
        kadanoff=config["renormalization"]["kadanoff"],
    script:
        "../../../scripts/renormalization/mcrg.py"


rule renormalization_scale:
    input:
        expand("<results>/renormalization/data/ensembles_L{L}.npz", L=renormalization_sizes()),
    output:
        matching="<results>/renormalization/tables/matching.csv",
        transition="<results>/renormalization/tables/transition.csv",
        distances="<results>/renormalization/tables/distances.csv",
        correlations="<results>/renormalization/tables/correlations.csv",
        pooling="<results>/renormalization/tables/pooling.csv",
        identities="<results>/renormalization/tables/identities.csv",
        zoom="<results>/renormalization/data/zoom.npz",
        shapes="<results>/renormalization/data/shapes.npz",
    log:
        "<logs>/renormalization/scale.log",
    benchmark:
        "<logs>/renormalization/scale.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(4000),
        runtime=by_attempt(60),
    params:
        code=code("renormalization/scale.py"),
        seed=config["seed"],
        number=config["renormalization"]["ensembles"]["number"],
        zoom=config["renormalization"]["zoom"],
    script:
        "../../../scripts/renormalization/scale.py"


rule renormalization_tensors:
    output:
        free_energy="<results>/renormalization/tables/tensor_rg.csv",
        spectrum="<results>/renormalization/tables/spectrum.csv",
    log:
        "<logs>/renormalization/tensors.log",
    benchmark:
        "<logs>/renormalization/tensors.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(2000),
        runtime=by_attempt(60),
    params:
        code=code("renormalization/tensors.py"),
        bonds=config["renormalization"]["tensors"]["bonds"],
        scan=config["renormalization"]["tensors"]["scan"],
        temperatures=config["renormalization"]["tensors"]["temperatures"],
        spectrum=config["renormalization"]["tensors"]["spectrum"],
        largest=config["renormalization"]["tensors"]["largest"],
    script:
        "../../../scripts/renormalization/tensors.py"


rule renormalization_machine:
    output:
        "<results>/renormalization/tables/machine.csv",
    log:
        "<logs>/renormalization/machine.log",
    benchmark:
        "<logs>/renormalization/machine.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(60),
    params:
        code=code("renormalization/machine.py"),
        seed=config["seed"],
        number=config["renormalization"]["machine"]["number"],
        hidden=config["renormalization"]["machine"]["hidden"],
        epochs=config["renormalization"]["machine"]["epochs"],
        steps=config["renormalization"]["machine"]["steps"],
    script:
        "../../../scripts/renormalization/machine.py"


rule renormalization_settle:
    input:
        registry=chapter_file("renormalization", "claims.yaml"),
        evidence=[f"<results>/renormalization/{path}" for path in RENORMALIZATION_EVIDENCE],
    output:
        claims="<results>/renormalization/claims.json",
        numbers="<results>/renormalization/numbers.json",
    log:
        "<logs>/renormalization/settle.log",
    benchmark:
        "<logs>/renormalization/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("renormalization/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/renormalization/settle.py"


rule renormalization_widgets:
    input:
        "<results>/renormalization/data/zoom.npz",
    output:
        "<results>/renormalization/widgets/pooling.js",
    log:
        "<logs>/renormalization/widgets.log",
    benchmark:
        "<logs>/renormalization/widgets.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("renormalization/widgets.py"),
    script:
        "../../../scripts/renormalization/widgets.py"


rule renormalization_figure:
    input:
        lambda wildcards: [
            f"<results>/renormalization/{path}" for path in RENORMALIZATION_FIGURES[wildcards.figure]
        ],
    output:
        figure_files("<results>/renormalization/figures/{figure}"),
    log:
        "<logs>/renormalization/figure_{figure}.log",
    benchmark:
        "<logs>/renormalization/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=lambda wildcards: code(f"renormalization/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("renormalization", wildcards.figure),
    script:
        "../../../scripts/renormalization/figures/{wildcards.figure}.py"
