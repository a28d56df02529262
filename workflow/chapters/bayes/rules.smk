# Bayesian inference: posteriors by random walks, their evidence, and where the walks stay behind a barrier.
localrules:
    bayes,
    bayes_analyze,
    bayes_settle,
    bayes_widgets,
    bayes_figure,


# Each figure, in the order of the chapter, with the tables and arrays that it draws.
BAYES_FIGURES = {
    "line": ["tables/fits.csv", "data/line.npz"],
    "posterior": ["data/samples.npz", "tables/histograms.csv", "tables/widths.csv"],
    "calibration": ["data/ranks.npz", "tables/predictions.csv", "tables/scores.csv"],
    "evidence": ["tables/evidence.csv", "tables/integration.csv", "tables/rejection.csv"],
    "comparison": ["tables/comparison.csv", "tables/families.csv", "data/clouds.npz"],
    "barrier": ["tables/passages.csv", "tables/modes.csv", "data/paths.npz"],
}
# What the claims of the experiment are settled by.
BAYES_EVIDENCE = [
    "tables/fits.csv",
    "tables/optima.csv",
    "tables/moments.csv",
    "tables/histograms.csv",
    "tables/averages.csv",
    "tables/predictions.csv",
    "tables/ratios.csv",
    "tables/widths.csv",
    "tables/calibration.csv",
    "tables/scores.csv",
    "tables/evidence.csv",
    "tables/rejection.csv",
    "tables/integration.csv",
    "tables/flat.csv",
    "tables/clamped.csv",
    "tables/comparison.csv",
    "tables/families.csv",
    "tables/offsets.csv",
    "tables/passages.csv",
    "tables/modes.csv",
    "data/samples.npz",
]


# The tables too: Snakemake does not miss a file that only stands between others.
rule bayes:
    input:
        "<book>/bayes.html",
        "<book>/ja/bayes.html",
        sorted({f"<results>/bayes/{path}" for path in sum(BAYES_FIGURES.values(), BAYES_EVIDENCE)}),


rule bayes_line:
    output:
        fits="<results>/bayes/tables/fits.csv",
        optima="<results>/bayes/tables/optima.csv",
        line="<results>/bayes/data/line.npz",
    log:
        "<logs>/bayes/line.log",
    benchmark:
        "<logs>/bayes/line.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("bayes/line.py"),
        seed=config["seed"],
        line=config["bayes"]["line"],
        coin=config["bayes"]["coin"],
    script:
        "../../../scripts/bayes/line.py"


rule bayes_samples:
    output:
        "<results>/bayes/data/samples.npz",
    log:
        "<logs>/bayes/samples.log",
    benchmark:
        "<logs>/bayes/samples.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(10),
    params:
        code=code("bayes/samples.py"),
        seed=config["seed"],
        coin=config["bayes"]["coin"],
        normal=config["bayes"]["normal"],
        samples=config["bayes"]["samples"],
    script:
        "../../../scripts/bayes/samples.py"


rule bayes_analyze:
    input:
        "<results>/bayes/data/samples.npz",
    output:
        moments="<results>/bayes/tables/moments.csv",
        histograms="<results>/bayes/tables/histograms.csv",
        averages="<results>/bayes/tables/averages.csv",
        predictions="<results>/bayes/tables/predictions.csv",
        ratios="<results>/bayes/tables/ratios.csv",
    log:
        "<logs>/bayes/analyze.log",
    benchmark:
        "<logs>/bayes/analyze.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("bayes/analyze.py"),
    script:
        "../../../scripts/bayes/analyze.py"


rule bayes_widths:
    output:
        "<results>/bayes/tables/widths.csv",
    log:
        "<logs>/bayes/widths.log",
    benchmark:
        "<logs>/bayes/widths.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("bayes/widths.py"),
        seed=config["seed"],
        dimensions=config["bayes"]["widths"]["dimensions"],
        steps=config["bayes"]["widths"]["steps"],
    script:
        "../../../scripts/bayes/widths.py"


rule bayes_calibrate:
    output:
        calibration="<results>/bayes/tables/calibration.csv",
        scores="<results>/bayes/tables/scores.csv",
        ranks="<results>/bayes/data/ranks.npz",
    log:
        "<logs>/bayes/calibrate.log",
    benchmark:
        "<logs>/bayes/calibrate.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(10),
    params:
        code=code("bayes/calibrate.py"),
        seed=config["seed"],
        draws=config["bayes"]["calibration"]["draws"],
        data=config["bayes"]["calibration"]["data"],
        samples=config["bayes"]["calibration"]["samples"],
    script:
        "../../../scripts/bayes/calibrate.py"


rule bayes_evidence:
    output:
        evidence="<results>/bayes/tables/evidence.csv",
        integration="<results>/bayes/tables/integration.csv",
        rejection="<results>/bayes/tables/rejection.csv",
        flat="<results>/bayes/tables/flat.csv",
        clamped="<results>/bayes/tables/clamped.csv",
        works="<results>/bayes/data/works.npz",
    log:
        "<logs>/bayes/evidence.log",
    benchmark:
        "<logs>/bayes/evidence.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("bayes/evidence.py"),
        seed=config["seed"],
        evidence=config["bayes"]["evidence"],
    script:
        "../../../scripts/bayes/evidence.py"


rule bayes_compare:
    output:
        comparison="<results>/bayes/tables/comparison.csv",
        families="<results>/bayes/tables/families.csv",
        offsets="<results>/bayes/tables/offsets.csv",
        clouds="<results>/bayes/data/clouds.npz",
        timings="<results>/bayes/timings/comparison.csv",
    log:
        "<logs>/bayes/compare.log",
    benchmark:
        "<logs>/bayes/compare.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1000),
        runtime=by_attempt(10),
    params:
        code=code("bayes/compare.py"),
        seed=config["seed"],
        comparison=config["bayes"]["comparison"],
    script:
        "../../../scripts/bayes/compare.py"


rule bayes_barrier:
    output:
        passages="<results>/bayes/tables/passages.csv",
        modes="<results>/bayes/tables/modes.csv",
        paths="<results>/bayes/data/paths.npz",
    log:
        "<logs>/bayes/barrier.log",
    benchmark:
        "<logs>/bayes/barrier.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(1500),
        runtime=by_attempt(10),
    params:
        code=code("bayes/barrier.py"),
        seed=config["seed"],
        barrier=config["bayes"]["barrier"],
    script:
        "../../../scripts/bayes/barrier.py"


rule bayes_settle:
    input:
        registry=chapter_file("bayes", "claims.yaml"),
        evidence=[f"<results>/bayes/{path}" for path in BAYES_EVIDENCE],
    output:
        claims="<results>/bayes/claims.json",
        numbers="<results>/bayes/numbers.json",
    log:
        "<logs>/bayes/settle.log",
    benchmark:
        "<logs>/bayes/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("bayes/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/bayes/settle.py"


rule bayes_widgets:
    input:
        "<results>/bayes/data/paths.npz",
    output:
        tempering="<results>/bayes/widgets/tempering.js",
    log:
        "<logs>/bayes/widgets.log",
    benchmark:
        "<logs>/bayes/widgets.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=code("bayes/widgets.py"),
        readings=config["bayes"]["barrier"]["many"],
    script:
        "../../../scripts/bayes/widgets.py"


rule bayes_figure:
    input:
        lambda wildcards: [f"<results>/bayes/{path}" for path in BAYES_FIGURES[wildcards.figure]],
    output:
        figure_files("<results>/bayes/figures/{figure}"),
    log:
        "<logs>/bayes/figure_{figure}.log",
    benchmark:
        "<logs>/bayes/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=10,
    params:
        code=lambda wildcards: code(f"bayes/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("bayes", wildcards.figure),
    script:
        "../../../scripts/bayes/figures/{wildcards.figure}.py"
