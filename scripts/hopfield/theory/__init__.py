"""What theory says about the Hopfield network. alpha = P/N, J = k_B = 1, W_ij = (1/N) sum_mu xi_i xi_j.

zero_temperature   replica-symmetric equations at T = 0: overlap, capacity, energy
temperature        the same at T > 0
lines              where phases end: T_M, T_c, T_g, and T_R, below which replica symmetry is unstable
twin               T_M and T_c once more, by a plain program that shares nothing with the two above
one_step           exact error of one update at any N and P, and loads without errors
gardner            what any couplings could store: Gardner's capacity, Cover's count
"""
