"""Swendsen-Wang for the square-lattice Ising model: bit-packed, and its plain twin."""
