# Which lattices are simulated, and how often: what the rules of this chapter ask for.


def renormalization_numbers(wildcards):
    """How many configurations a lattice gives at each temperature: {T: number}."""
    size, critical = int(wildcards.L), "2.269185314213022"
    run = config["renormalization"]
    numbers = {}
    if size in run["ensembles"]["sizes"]:
        numbers = dict.fromkeys(run["ensembles"]["temperatures"], run["ensembles"]["number"])
    if size == max(renormalization_sizes()):
        numbers = dict.fromkeys(run["zoom"], 64) | numbers
    if size in run["mcrg"]["sizes"]:
        numbers[critical] = max(run["mcrg"]["number"], numbers.get(critical, 0))
    return numbers


def renormalization_sizes():
    """All lattices that are simulated."""
    run = config["renormalization"]
    return sorted({*run["ensembles"]["sizes"], *run["mcrg"]["sizes"]})
