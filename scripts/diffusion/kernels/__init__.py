"""What runs: Langevin particles, samplers, networks, Monte Carlo of spins; nothing of ``theory`` enters."""
