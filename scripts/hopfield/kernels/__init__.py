"""Dynamics of the Hopfield network: W_ij = (1/N) sum_mu xi_i^mu xi_j^mu, W_ii = 0. J = k_B = 1.

patterns     stored patterns as one bit each, row i holding bit i of all of them
network      patterns and states as bit planes hold them
packed       the fast form: overlaps as bit planes, never a matrix W
overlaps     its plain twin: patterns as int8, overlaps as integers
schedule     which units a sweep visits, shared by both, so that they end in the same state
minima       whether patterns are minima, bit by bit
states       all states of a small network: energies and fixed points
matrix       plain dynamics for any couplings, with fields that are updated when a unit flips
learning     couplings and updates beyond Hebb's
synchronous  all units at once, and other dynamics that break the rules
"""
