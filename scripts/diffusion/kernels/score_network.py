"""A network of four layers that learns the score of points, or the velocity of a straight flow.

Score: data x_0 are seen as y = x_0 + sigma z, sigma^2 = e^{2t} - 1 (then x_t = e^{-t} y). The network is
trained to remove the noise, D(y, sigma) = E[x_0 | y], with the scalings of Karras et al.,
arXiv:2206.00364, table 1. Then grad ln p(y) = (D - y) / sigma^2 (Tweedie), grad ln p(x_t) = e^t of that.

Flow matching (Lipman et al., arXiv:2210.02747): x_u = (1 - u) x_0 + u z, and the network learns
E[z - x_0 | x_u], the velocity of a flow whose law at u = 0 is that of the data.
"""

from functools import cache
from itertools import pairwise

import numpy as np

from scripts.common.jax_setup import jax, jnp

WAVES = 8
LOG_SIGMA = (-0.5, 1.0)  # mean and standard deviation of ln(sigma / data) in training
LARGEST, SMALLEST = 20.0, 0.02  # noise levels of a sampler, in units of the data's standard deviation
RHO = 5.0  # spacing of noise levels, after Karras
CHUNK = 50


def initial_parameters(dimension, width, rng):
    """Weights and biases of all layers, float32."""
    sizes = [dimension + 2 * WAVES, width, width, width, dimension]
    layers = [
        (rng.standard_normal((a, b)) * np.sqrt((2.0 if k < 3 else 0.01) / a), np.zeros(b))
        for k, (a, b) in enumerate(pairwise(sizes))
    ]
    return [tuple(jnp.asarray(part, jnp.float32) for part in layer) for layer in layers]


def _network(parameters, x, level):
    """MLP of points x[n, d] and a level[n] of about unit size, as waves."""
    phase = level[:, None] * jnp.asarray(np.linspace(0.5, 4.0, WAVES), jnp.float32)
    x = jnp.concatenate([x, jnp.sin(phase), jnp.cos(phase)], 1)
    for weight, bias in parameters[:-1]:
        x = jax.nn.silu(x @ weight + bias)
    weight, bias = parameters[-1]
    return x @ weight + bias


@jax.jit
def denoised(parameters, y, sigma, scale):
    """E[x_0 | y] as the network has it, float32[n, d]; ``scale`` is the data's standard deviation."""
    both = jnp.sqrt(sigma**2 + scale**2)
    keep, out = (scale / both) ** 2, sigma * scale / both
    raw = _network(parameters, y / both[:, None], jnp.log(sigma / scale) / 4)
    return keep[:, None] * y + out[:, None] * raw


def averaged_targets(clean, y, sigma):
    """Mean of the clean points of a batch, weighted by how likely each of them gave y, float32[n, d].

    y comes from some point of the batch: this is E[x_0 | y, batch], which has the mean E[x_0 | y] and
    scatters less than the one point x_0 (Xu, Tong and Jaakkola, arXiv:2302.00670).
    """
    logs = (y @ clean.T - 0.5 * jnp.sum(clean**2, 1)) / sigma[:, None] ** 2
    return jax.nn.softmax(logs, axis=1) @ clean


def score_loss(parameters, clean, noise, level, scale):
    """Mean squared error of the noise removed, weighted so that all levels weigh the same."""
    sigma = scale * jnp.exp(LOG_SIGMA[0] + LOG_SIGMA[1] * level)
    y = clean + sigma[:, None] * noise
    off = denoised(parameters, y, sigma, scale) - averaged_targets(clean, y, sigma)
    weight = (sigma**2 + scale**2) / (sigma * scale) ** 2
    return jnp.mean(weight * jnp.mean(off**2, 1))


@jax.jit
def velocity(parameters, x, u):
    """Velocity of the straight flow at x[n, d] and u[n] in [0, 1]."""
    return _network(parameters, x, 2 * u - 1)


def flow_loss(parameters, clean, noise, level, scale):
    """Mean squared error of the velocity; ``level`` is normal, u its logistic function."""
    u = jax.nn.sigmoid(level)
    x = (1 - u)[:, None] * clean / scale + u[:, None] * noise
    return jnp.mean((velocity(parameters, x, u) - (noise - clean / scale)) ** 2)


LOSSES = {"score": score_loss, "flow": flow_loss}


@cache
def _learning(kind, steps):
    """Optimizer, and the compiled steps of a chunk, which all networks of one kind share."""
    import optax

    optimizer, loss = optax.adam(optax.cosine_decay_schedule(2e-3, steps)), LOSSES[kind]

    @jax.jit
    def run(state, given, scale):
        def step(state, given):
            parameters, moments, average, count = state
            value, slope = jax.value_and_grad(loss)(parameters, *given, scale)
            change, moments = optimizer.update(slope, moments)
            parameters = optax.apply_updates(parameters, change)
            share = jnp.maximum(jnp.float32(0.005), 9 / (count + 10))  # a short training averages over less
            average = jax.tree.map(lambda a, b: a + share * (b - a), average, parameters)
            return (parameters, moments, average, count + 1), value

        return jax.lax.scan(step, state, given)

    return optimizer, run


def train(kind, data, plan, rng):
    """Learn by Adam with a falling rate, weights averaged over the last steps.

    Parameters
    ----------
    kind : {"score", "flow"}
    data : float64[N, d]
    plan : dict
        ``steps``, ``batch``, ``width``.
    rng : numpy.random.Generator

    Returns
    -------
    (parameters, losses)
        losses float64[steps // CHUNK], means over chunks.
    """
    steps, batch, scale = plan["steps"], plan["batch"], np.float32(data.std())
    parameters = initial_parameters(data.shape[1], plan["width"], rng)
    optimizer, run = _learning(kind, steps)
    state, losses = (parameters, optimizer.init(parameters), parameters, jnp.float32(0)), []
    clean = data.astype(np.float32)
    for _ in range(steps // CHUNK):
        chosen = clean[rng.integers(0, len(clean), (CHUNK, batch))]
        noise = rng.standard_normal(chosen.shape, dtype=np.float32)
        level = rng.standard_normal((CHUNK, batch), dtype=np.float32)
        state, values = run(state, (chosen, noise, level), scale)
        losses.append(float(values.mean()))
    return state[2], np.array(losses)


def noise_levels(n_steps, scale):
    """Falling noise levels float32[n_steps + 1], the last one zero, after Karras et al., eq. 5."""
    ends = LARGEST * scale, SMALLEST * scale
    part = np.linspace(0, 1, n_steps)
    levels = (ends[0] ** (1 / RHO) + part * (ends[1] ** (1 / RHO) - ends[0] ** (1 / RHO))) ** RHO
    return np.append(levels, 0.0).astype(np.float32)


def sampled(denoise, shape, levels, stochastic, rng):
    """Points from noise: Heun's method for the probability flow, or ancestral (DDPM) steps.

    Parameters
    ----------
    denoise : callable
        (y float32[n, d], sigma float32[n]) -> float32[n, d].
    shape : (int, int)
    levels : float32[S + 1]
    stochastic : bool
    rng : numpy.random.Generator

    Returns
    -------
    float64[n, d]
        S evaluations of the network if stochastic, else 2 S - 1.
    """
    y = levels[0] * rng.standard_normal(shape, dtype=np.float32)

    def removed(y, sigma):
        return np.asarray(denoise(y, np.full(shape[0], sigma, np.float32)))

    for now, later in pairwise(levels):
        clean = removed(y, now)
        if stochastic:
            mean = clean + (later / now) ** 2 * (y - clean)
            spread = later * np.sqrt(1 - (later / now) ** 2)
            y = mean + spread * rng.standard_normal(shape, dtype=np.float32)
            continue
        slope = (y - clean) / now
        trial = y + (later - now) * slope
        if later > 0:
            slope = (slope + (trial - removed(trial, later)) / later) / 2
        y = y + (later - now) * slope
    return y.astype(float)


def flowed(speed, shape, n_steps, scale, rng):
    """Points from noise by the straight flow, Heun's method from u = 1 to 0 (2 n_steps evaluations)."""
    x = rng.standard_normal(shape, dtype=np.float32)
    grid = np.linspace(1.0, 0.0, n_steps + 1).astype(np.float32)
    for now, later in pairwise(grid):
        first = np.asarray(speed(x, np.full(shape[0], now)))
        trial = x + (later - now) * first
        second = np.asarray(speed(trial, np.full(shape[0], later)))
        x = x + (later - now) * (first + second) / 2
    return scale * x.astype(float)
