"""Gradient descent at the edge of stability: ``edge.csv`` and ``edge.npz``.

A network of 20 tanh units learns one and a half periods of a sine at 40 points, by gradient descent on all
of them. Close to a minimum of curvature l a step turns a deviation into 1 - rate l times itself, so that
nothing sharper than 2/rate can hold it.

``edge.npz``: ``rates`` [R], ``steps`` [S], ``stability`` [R, K, S] (rate times the largest eigenvalue of
the dense Hessian over two, infinite once the loss is), ``loss`` [R, K, S], for K starts.
"""

from functools import partial

import numpy as np
import pandas as pd

from scripts.common.jax_setup import jax, jnp
from scripts.common.seeds import generator
from scripts.sharpness.kernels import hessian, network

SIZES = (1, 20, 1)
POINTS, WAVE = 40, 6.0
EVERY = 100  # steps between two Hessians
LATE = 0.5  # share of the run, its end, that is averaged


def problem():
    """Inputs and targets, float64[40, 1] each."""
    x = np.linspace(-1.0, 1.0, POINTS)[:, None]
    return x, np.sin(WAVE * x)


@partial(jax.jit, static_argnames="blocks")
def descents(starts, rates, blocks):
    """Loss and largest Hessian eigenvalue along gradient descent, float64[M, blocks] each."""
    x, y = problem()

    def loss(theta):
        return network.squared_error(network.layers(theta, SIZES), x, y)

    def block(theta, rate):
        theta = jax.lax.fori_loop(0, EVERY, lambda _, now: now - rate * jax.grad(loss)(now), theta)
        H = hessian.dense(loss, theta)
        finite = jnp.isfinite(H).all()
        largest = jnp.linalg.eigvalsh(jnp.where(finite, H, jnp.eye(len(theta))))[-1]
        return theta, (jnp.where(finite, loss(theta), jnp.inf), jnp.where(finite, largest, jnp.inf))

    def run(each):
        theta, rate = each
        return jax.lax.scan(lambda now, _: block(now, rate), theta, None, length=blocks)[1]

    return jax.lax.map(run, (starts, rates))


def run(settings, seed):
    """All rates from all starts.

    Parameters
    ----------
    settings : dict
        ``rates``, ``starts`` and ``steps``.
    seed : int

    Returns
    -------
    dict
        ``table``, one row for each rate and start, and ``arrays``.
    """
    rates, n, blocks = settings["rates"], settings["starts"], max(2, settings["steps"] // EVERY)
    rngs = [generator(seed, "sharpness/edge", f"start={i}") for i in range(n)]
    starts = [network.initial(SIZES, rng, gain=1.0) for rng in rngs]
    loss, largest = descents(np.tile(starts, (len(rates), 1)), np.repeat(rates, n).astype(float), blocks)
    loss = np.asarray(loss).reshape(len(rates), n, blocks)
    stability = np.asarray(largest).reshape(loss.shape) * np.array(rates)[:, None, None] / 2
    late = stability[:, :, int(blocks * (1 - LATE)) :]
    rows = [
        {
            "rate": rate, "start": i, "steps": EVERY * blocks,
            "stability": late[r, i].mean(), "most": stability[r, i].max(),
            "diverged": not np.isfinite(loss[r, i, -1]),
        }
        for r, rate in enumerate(rates) for i in range(n)
    ]  # fmt: skip
    steps = EVERY * np.arange(1, blocks + 1)
    arrays = {"rates": np.array(rates), "steps": steps, "stability": stability, "loss": loss}
    return {"table": pd.DataFrame(rows), "arrays": arrays}


if __name__ == "__main__":
    from scripts.common.player import write_player
    from scripts.common.step import step
    from scripts.sharpness.widgets import edge_curves

    with step(snakemake) as (params, write):
        found = run(params.edge, params.seed)
        write(**found)
        write_player(snakemake.output.player, "sharpness.edge", edge_curves(found["arrays"]))
