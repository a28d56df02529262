r"""Noise in a landscape of two valleys: dx = -V'(x) dt + sqrt(2 D) dW (k_B = 1, mobility 1).

The sharp valley has its floor at x = -1, the flat one at x = w. To the left of the pass, at x = 0, the
potential is (x^2 - 1)^2 / 4; to the right it is stretched to the width w and scaled to the depth h/4:

    V(x) = 1/4 + h [(u^2 - 1)^2 - 1] / 4,    u = x/w    for x > 0.

What matters in equilibrium is measured by the steps of Leimkuhler and Matthews,
x' = x - V'(x) dt + sqrt(2 D dt) (R + R')/2 with successive normal numbers R, R': their stationary density
is right to second order in dt at one force each (Appl. Math. Res. Express 2013, 34,
doi:10.1093/amrx/abs010). Times are measured by Heun's steps, whose dynamics is right to second order.
"""

import math

import numpy as np
from numba import njit

OVERSHOOT = 0.5826  # -zeta(1/2) / sqrt(2 pi)


@njit(cache=True)
def slope(x, width, depth):
    """V'(x)."""
    if x < 0:
        return x * (x * x - 1)
    u = x / width
    return depth * u * (u * u - 1) / width


@njit(cache=True)
def occupation(x, well, D, dt, steps, rng):
    """Let walkers move and count how long each is in the flat valley.

    Parameters
    ----------
    x : float64[M]
        Places of the walkers, changed in place.
    well : (float, float)
        Width and depth (w, h) of the flat valley, those of the sharp one being 1.
    D : float
        Temperature.
    dt : float
    steps : int
    rng : numpy.random.Generator

    Returns
    -------
    float64[M]
        Share of the steps with x > 0.
    """
    width, depth = well
    kick = math.sqrt(2 * D * dt) / 2
    shares = np.zeros(len(x))
    for walker in range(len(x)):
        place, last, inside = x[walker], rng.standard_normal(), 0
        for _ in range(steps):
            now = rng.standard_normal()
            place += kick * (last + now) - dt * slope(place, width, depth)
            last = now
            inside += place > 0
        x[walker] = place
        shares[walker] = inside / steps
    return shares


@njit(cache=True)
def passages(well, D, dt, n, rng):
    """Times float64[n] of n walkers from the floor of the sharp valley to that of the flat one.

    A walker seen only every dt has on average overshot the end by 0.5826 sqrt(2 D dt), which is taken off
    (Broadie, Glasserman and Kou, Math. Finance 7, 325 (1997), doi:10.1111/1467-9965.00035).
    """
    width, depth = well
    kick = math.sqrt(2 * D * dt)
    end = width - OVERSHOOT * kick
    times = np.empty(n)
    for walker in range(n):
        place, steps = -1.0, 0
        while place < end:
            push = kick * rng.standard_normal()
            here = slope(place, width, depth)
            there = slope(place + push - dt * here, width, depth)
            place += push - dt * (here + there) / 2
            steps += 1
        times[walker] = steps * dt
    return times
