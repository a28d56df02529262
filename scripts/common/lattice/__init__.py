"""What kernels on lattices share: random words in registers, clusters as trees, rows of spins as words."""
