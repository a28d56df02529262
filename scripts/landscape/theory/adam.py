"""Steps that Adam needs to leave a saddle, with the Adam of Optax."""

import optax

from scripts.common.jax_setup import jax, jnp


def escape_steps(starts, ratio, rate, turn, limit=1_000_000):
    """Steps until |y| >= 1 on f = (x^2 - y^2 / ratio) / 2, int[B].

    Parameters
    ----------
    starts : float64[B, 2]
        (x, y) in the axes of the saddle.
    ratio, rate, turn : float
        Curvature up over curvature down, learning rate, and angle of the coordinates of the optimizer.
    limit : int
        Steps after which a run ends.
    """
    axes = jnp.array([[jnp.cos(turn), -jnp.sin(turn)], [jnp.sin(turn), jnp.cos(turn)]])
    curvature = axes @ jnp.diag(jnp.array([1.0, -1.0 / ratio])) @ axes.T
    return _steps(jnp.asarray(starts) @ axes.T, curvature, axes[:, 1], rate, limit)


@jax.jit
def _steps(places, curvature, down, rate, limit):
    adam = optax.adam(rate)

    def inside(state):
        return (jnp.abs(state[0] @ down) < 1) & (state[2] < limit)

    def step(state):
        place, memory, taken = state
        update, memory = adam.update(curvature @ place, memory)
        return place + update, memory, taken + 1

    return jax.vmap(lambda place: jax.lax.while_loop(inside, step, (place, adam.init(place), 0))[2])(places)
