"""Exact results: sums over all states, spectra of chains, optimal codes. Nothing here draws a random
number."""
