"""The Hessian of a loss without ever writing it down: products with vectors, Lanczos, traces."""

from scripts.common.jax_setup import jax, jnp


def product(loss, theta, v):
    """H v of a scalar function at theta, forward over reverse: about two gradients."""
    return jax.jvp(jax.grad(loss), (theta,), (v,))[1]


def dense(loss, theta):
    """The whole Hessian, float[P, P]; for a few hundred weights."""
    return jax.vmap(lambda v: product(loss, theta, v))(jnp.eye(len(theta), dtype=theta.dtype))


def largest_eigenvalue(apply, start, steps):
    """Largest eigenvalue of a symmetric operator by Lanczos with full reorthogonalization.

    Parameters
    ----------
    apply : callable
        float[P] -> float[P].
    start : float[P]
        Not orthogonal to the leading eigenvector; a random vector is not.
    steps : int
        Products with the operator, at most P.

    Returns
    -------
    value : float
    residual : float
        |A v - value v|: an eigenvalue lies within this distance.
    vector : float[P]
        Of length one.
    """

    def step(i, state):
        basis, alpha, beta = state
        w = apply(basis[i])
        alpha = alpha.at[i].set(w @ basis[i])
        for _ in range(2):  # once is not enough in floating point
            w = w - basis.T @ (basis @ w)
        length = jnp.linalg.norm(w)
        beta = beta.at[i].set(length)
        return basis.at[i + 1].set(w / jnp.where(length > 0, length, 1.0)), alpha, beta

    basis = jnp.zeros((steps + 1, len(start))).at[0].set(start / jnp.linalg.norm(start))
    basis, alpha, beta = jax.lax.fori_loop(0, steps, step, (basis, jnp.zeros(steps), jnp.zeros(steps)))
    tridiagonal = jnp.diag(alpha) + jnp.diag(beta[:-1], 1) + jnp.diag(beta[:-1], -1)
    values, vectors = jnp.linalg.eigh(tridiagonal)
    vector = basis[:steps].T @ vectors[:, -1]
    # Not |beta s|, which falls below the rounding of the products.
    return values[-1], jnp.linalg.norm(apply(vector) - values[-1] * vector), vector


def trace(apply, probes):
    """Hutchinson's estimate of the trace, with its standard error.

    Parameters
    ----------
    apply : callable
        float[P] -> float[P], linear and symmetric.
    probes : float[M, P]
        Independent signs +-1; E[z' A z] = tr A (Hutchinson, Commun. Stat. 18, 1059 (1989)).
    """
    samples = jax.lax.map(lambda z: z @ apply(z), probes)
    return samples.mean(), samples.std(ddof=1) / jnp.sqrt(len(probes))
