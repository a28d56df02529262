"""Names and grids that the arrays of the networks share with what reads them; light to import."""

import numpy as np

HYPERPARAMETERS = ("width", "batch", "rate", "decay", "noise", "sample")
PERFORMANCE = [f"{name}_{kind}" for name in ("train", "test", "shifted") for kind in ("loss", "error")]
COLUMNS = (
    "largest", "largest_err", "trace", "trace_err", "relative_largest", "relative_largest_err",
    "relative_trace", "relative_trace_err", "worst_rise", "local_entropy", "local_entropy_err", "radius",
    "radius_err", "relative_radius", "relative_radius_err", "distance", "norm", "along_ratio",
)  # fmt: skip
EXACT = ("exact_trace", "exact_relative_trace")
PROFILES = ("rise", "rise_err", "relative_rise")
RADII = np.geomspace(0.0025, 0.4, 12)  # of random moves of all weights, in the units of the weights
RELATIVE_RADII = np.geomspace(0.03, 1.2, 9)  # the same in units of each weight
