# Data collapse and critical exponents; rule ising_scaling makes the tables.
ISING_FIGURES["scaling"] = ["tables/thermodynamics.csv", "tables/exponents.csv"]
