"""Random bits for compiled kernels: one stream per label, the same bits on every CPU."""
