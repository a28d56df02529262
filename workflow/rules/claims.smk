# The ledger: what all experiments found, where it comes from, and the verdict.
localrules:
    claims,
    provenance,
    verdict,


rule claims:
    input:
        records=expand("<results>/{experiment}/claims.json", experiment=config["experiments"]),
        registry=of_all_chapters("claims.yaml"),
        rechecks=sorted(Path(config["pathvars"]["results"]).glob("recheck/*.json")),
    output:
        json="<results>/claims.json",
        csv="<results>/claims.csv",
    log:
        "<logs>/claims.log",
    benchmark:
        "<logs>/claims.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("common/merge_claims.py"),
        scale=config["scale"],
        seed=config["seed"],
    script:
        "../../scripts/common/merge_claims.py"


# After all that it speaks of: a job that still ran would be missing, now here, now there.
rule provenance:
    input:
        "<results>/claims.json",
        lambda wildcards: [file for name in config["experiments"] for file in chapter_results(name)],
    output:
        manifest="<results>/manifest.json",
        provenance="<results>/provenance.json",
    log:
        "<logs>/provenance.log",
    benchmark:
        "<logs>/provenance.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("common/provenance.py"),
        configuration=config,
        rules=lambda wildcards: timed_rules(),
        results=subpath(input[0], parent=True),
        logs=config["pathvars"]["logs"],
    script:
        "../../scripts/common/provenance.py"


rule verdict:
    input:
        claims="<results>/claims.json",
        book="<book>/proofread.txt",
    output:
        "<results>/verdict.txt",
    log:
        "<logs>/verdict.log",
    benchmark:
        "<logs>/verdict.tsv"
    conda:
        "../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("common/verdict.py"),
        strict=config["strict"],
    script:
        "../../scripts/common/verdict.py"
