"""Compiled simulations of the Ising model."""
