"""The weights of a multilayer perceptron in one flat vector: for each layer W row by row, then b."""

from itertools import pairwise


def layers(theta, sizes):
    """The flat vector as a list of (W float[n_in, n_out], b float[n_out])."""
    found, start = [], 0
    for n_in, n_out in pairwise(sizes):
        middle, end = start + n_in * n_out, start + (n_in + 1) * n_out
        found.append((theta[start:middle].reshape(n_in, n_out), theta[middle:end]))
        start = end
    return found
