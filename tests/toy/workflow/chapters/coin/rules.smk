# A fair coin: toss it, measure the scatter, compare with the binomial distribution.
localrules:
    coin,
    coin_settle,
    coin_figure,


# Each figure, in the order of the chapter, with the tables and arrays that it draws.
COIN_FIGURES = {"scatter": ["tables/scatter.csv"]}
# What the claims of the experiment are settled by.
COIN_EVIDENCE = ["tables/scatter.csv"]


rule coin:
    input:
        "<book>/coin.html",
        "<book>/ja/coin.html",
        sorted({f"<results>/coin/{path}" for path in sum(COIN_FIGURES.values(), COIN_EVIDENCE)}),


rule coin_toss:
    output:
        "<results>/coin/tables/scatter.csv",
    log:
        "<logs>/coin/toss.log",
    benchmark:
        "<logs>/coin/toss.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=by_attempt(500),
        runtime=by_attempt(5),
    params:
        code=code("coin/toss.py"),
        seed=config["seed"],
        lengths=config["coin"]["lengths"],
        runs=config["coin"]["runs"],
    script:
        "../../../scripts/coin/toss.py"


rule coin_settle:
    input:
        registry=chapter_file("coin", "claims.yaml"),
        evidence=[f"<results>/coin/{path}" for path in COIN_EVIDENCE],
    output:
        claims="<results>/coin/claims.json",
        numbers="<results>/coin/numbers.json",
    log:
        "<logs>/coin/settle.log",
    benchmark:
        "<logs>/coin/settle.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=500,
        runtime=5,
    params:
        code=code("coin/settle.py"),
        scale=config["scale"],
    script:
        "../../../scripts/coin/settle.py"


rule coin_figure:
    input:
        lambda wildcards: [f"<results>/coin/{path}" for path in COIN_FIGURES[wildcards.figure]],
    output:
        figure_files("<results>/coin/figures/{figure}"),
    log:
        "<logs>/coin/figure_{figure}.log",
    benchmark:
        "<logs>/coin/figure_{figure}.tsv"
    conda:
        "../../../environment.yml"
    threads: 1
    resources:
        mem_mb=1000,
        runtime=5,
    params:
        code=lambda wildcards: code(f"coin/figures/{wildcards.figure}.py"),
        about=lambda wildcards: figure_words("coin", wildcards.figure),
    script:
        "../../../scripts/coin/figures/{wildcards.figure}.py"
