"""Networks, their Hessians and their noise: what is trained, measured and simulated."""
