# Plain `snakemake` finds profiles/default beside this file; the workflow itself stands in workflow/.
include: "workflow/Snakefile"


# Snakemake forgets the default target of a file that another one includes.
workflow.default_target = "all"
