"""The q-state Potts model on the square lattice: cluster moves, and a flat energy histogram."""
