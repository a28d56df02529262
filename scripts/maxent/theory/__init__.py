"""What the optimizers must find: canonical distributions, derivatives of ln Z, sums over states."""
