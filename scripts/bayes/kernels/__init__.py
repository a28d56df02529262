"""Random walks in the space of parameters: they see energies -ln[P(D|theta) P(theta)], never P(D)."""
