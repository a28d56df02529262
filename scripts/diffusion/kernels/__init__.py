"""What runs: Langevin particles, samplers, networks, and Monte Carlo of spins. No formula of ``theory`` enters."""
