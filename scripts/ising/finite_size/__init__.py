r"""Finite-size scaling of the square-lattice Ising model: Tc, U4*, the exponents, the logarithm.

J = k_B = 1, E = -sum_<ij> s_i s_j at h = 0; sizes are edges L of a torus. Near Tc

.. math:: Q_L(T) = L^{r} [ f(x) + L^{-\omega} g(x) ], \qquad x = \tau L^{1/\nu},
          \quad \tau = (S - 1/S)/2, \quad S = \sinh(2/T) / \sinh(2/T_c) .

tau is the scaling field of Onsager's solution: with T - Tc or 1/T - 1/Tc in its place, terms
of order x^2/L shift nu by many of its errors. Which corrections lead is known, and exact
moments of small tori show it: omega = 7/4 for U4, its slope, <|m|> and chi (the analytic
background of <M^2>, against L^{gamma/nu}); omega = 1 for d ln<|m|>/dK and d ln<m^2>/dK (the
coupling to the field itself depends on K, which adds a constant to a slope that grows as L;
it cancels in U4).

A table has one row per (L, T, h): columns L, T, h and pairs ``x, x_err`` named as in
`scripts.ising.observables`; rows of different (L, T) are independent.
"""

from scripts.ising.finite_size.binder import (
    binder_crossings,
    binder_curves,
    binder_scaling,
    critical_point,
    scaling_field,
)
from scripts.ising.finite_size.exponents import (
    EXPONENTS,
    correction_shift,
    exponent_scan,
    inverse,
    specific_heat_law,
)
from scripts.ising.finite_size.points import TC, points, values_at_tc

__all__ = [
    "EXPONENTS",
    "TC",
    "binder_crossings",
    "binder_curves",
    "binder_scaling",
    "correction_shift",
    "critical_point",
    "exponent_scan",
    "inverse",
    "points",
    "scaling_field",
    "specific_heat_law",
    "values_at_tc",
]
