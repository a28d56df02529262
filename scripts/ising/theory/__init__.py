"""Exact and approximate theory of the Ising model; each module stands for itself."""
