"""Sampling: compiled chains and their plain twins. Nothing here knows an exact result."""
