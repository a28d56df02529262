"""Optimizers: entropy over the probabilities themselves, likelihood over the parameters of a family."""
