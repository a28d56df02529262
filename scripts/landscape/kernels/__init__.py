"""What is simulated: glassy energies on a sphere, small networks, optimizers near saddles, a convex bowl."""
