"""Names and grids that the arrays of the networks share with what reads them; light to import."""

import numpy as np

HYPERPARAMETERS = ("width", "batch", "rate", "decay", "noise", "sample")
PERFORMANCE = ("train_loss", "train_error", "test_error", "shifted_error")
COLUMNS = (
    "largest", "largest_err", "trace", "trace_err", "relative_largest", "relative_largest_err",
    "relative_trace", "relative_trace_err", "worst_rise", "local_entropy", "local_entropy_err", "radius",
    "radius_err", "relative_radius", "relative_radius_err", "distance", "along_ratio", "along_off",
)  # fmt: skip
EXACT = ("exact_trace", "exact_relative_trace")
PROFILES = ("rise", "rise_err", "relative_rise")
TINY_RADII = (1e-6, 1e-5, 1e-4)  # at which creases of the loss show
RADII = np.array([*TINY_RADII, *np.geomspace(0.0025, 0.4, 12)])  # of random moves of all weights
RELATIVE_RADII = np.geomspace(0.03, 1.2, 9)  # the same in units of each weight
