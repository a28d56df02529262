"""What chains must do, from their matrices: spectra, currents, variances; and exact sums over states."""
