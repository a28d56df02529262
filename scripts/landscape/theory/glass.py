"""The gradient of the spherical 3-spin model as a plain contraction, each of the three places in turn."""

import numpy as np


def gradient(tensor, u):
    """Gradient on the sphere float64[B, N] of S(u, u, u) / 6 at u float64[B, N]; S float64[N, N, N]."""
    places = ("ajk,bj,bk->ba", "iak,bi,bk->ba", "ija,bi,bj->ba")
    slope = sum(np.einsum(place, tensor, u, u, optimize=True) for place in places) / 6
    return slope - (slope * u).sum(axis=1, keepdims=True) * u
