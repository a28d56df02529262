# Rashinban, the book that checks itself: every experiment, its claims, the report, the verdict.
from snakemake.utils import min_version

min_version("9.27")


report: "workflow/report/snakemake.rst"


include: "workflow/rules/common.smk"


for experiment in config["experiments"]:

    include: f"workflow/rules/{experiment}.smk"


include: "workflow/rules/claims.smk"
include: "workflow/rules/report.smk"


localrules:
    all,


rule all:
    default_target: True
    input:
        "<results>/verdict.txt",
        "<book>/proofread.txt",
        expand("<book>/{way}index.html", way=WAYS),
        [getattr(rules, experiment).input for experiment in config["experiments"]],


onerror:
    repeat_errors()
