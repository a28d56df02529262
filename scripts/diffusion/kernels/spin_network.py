"""A network that removes noise from spins: one for all temperatures and noise levels.

Spins s = +-1 on an L x L torus are seen through noise, y = s + sigma z. Given the prior of the
magnet, each spin has the posterior mean

    E[s_i | y] = tanh(y_i / sigma^2 + f_i(y)),

where f is what its neighbors say: the network learns f. All its layers are odd (tanh, no
biases), so that y -> -y turns every spin, as in the magnet without a field; layers are scaled
by a small network of (ln sigma, beta) (FiLM, doi:10.1609/aaai.v32i1.11671), and the lattice is
seen at L, L/2 and L/4 (U-Net, doi:10.1007/978-3-319-24574-4_28), all of it periodic. What was seen
coarsely is added to the finer layers, not set beside them: convolutions of few channels cost half.

Inputs are the noisy spins and what the training data tell at second order (their spectrum, and so their
mean energy) and about the magnetization alone. The square lattice is built in: convolutions, spectrum and
translations know which spins are neighbors. The bonds are not told: that only neighbors are coupled, and
how strongly.
"""

import numpy as np

from scripts.common.jax_setup import jax, jnp

CHANNELS = (16, 24, 32)
CONDITION = 24
INPUTS = 4
SCALED = ("in", "fine", "down", "middle", "bottom", "deep", "up", "top", "out")
SUMMED = ("raise", "up", "lift", "top")  # two of them make one layer


def initial_parameters(rng):
    """Random weights, float32, by name."""
    one, two, three = CHANNELS
    shapes = {
        "in": (3, 3, INPUTS, one), "fine": (3, 3, one, one), "down": (3, 3, one, two),
        "middle": (3, 3, two, two), "bottom": (3, 3, two, three), "deep": (3, 3, three, three),
        "raise": (3, 3, three, two), "up": (3, 3, two, two), "lift": (3, 3, two, one),
        "top": (3, 3, one, one), "out": (3, 3, one, 1),
    }  # fmt: skip
    weights = {
        name: rng.standard_normal(shape) / np.sqrt(np.prod(shape[:3]) * (2 if name in SUMMED else 1))
        for name, shape in shapes.items()
    }
    weights["out"] *= 0.1
    scaled = sum(shapes[name][-1] for name in SCALED)
    weights |= {
        "know": rng.standard_normal((2, CONDITION)) / np.sqrt(2),
        "know_bias": rng.standard_normal(CONDITION) / 2,
        "scale": 0.1 * rng.standard_normal((CONDITION, scaled)) / np.sqrt(CONDITION),
        "scale_bias": np.zeros(scaled),
    }
    return {name: jnp.asarray(value, jnp.float32) for name, value in weights.items()}


def _convolved(x, weight):
    edges = ((0, 0), (1, 1), (1, 1), (0, 0))
    padded = jnp.pad(x, edges, mode="wrap")
    layout = ("NHWC", "HWIO", "NHWC")
    return jax.lax.conv_general_dilated(padded, weight, (1, 1), "VALID", dimension_numbers=layout)


def _halved(x):
    n, height, width, channels = x.shape
    return x.reshape(n, height // 2, 2, width // 2, 2, channels).mean((2, 4))


def _doubled(x):
    return jnp.repeat(jnp.repeat(x, 2, 1), 2, 2)


def _magnetization(y, sigma, magnetizations, weights):
    """Posterior mean of the magnetization, given the mean of y and its prior as weights of values."""
    n = y.shape[1] * y.shape[2]
    mean = y.mean((1, 2))[:, None]
    exponent = n * (mean * magnetizations - 0.5 * magnetizations**2) / sigma[:, None] ** 2
    posterior = jax.nn.softmax(exponent + jnp.log(weights + 1e-12), axis=1)
    return posterior @ magnetizations


def local_field(parameters, y, sigma, condition):
    """The posterior log odds of all spins, halved: E[s | y] = tanh(local_field).

    Parameters
    ----------
    parameters : dict of str to float32 array
    y : float32[n, L, L]
    sigma : float32[n]
    condition : tuple
        ``beta`` float32[n], ``spectrum`` float32[n, L, L // 2 + 1] of the data at this
        temperature, ``prior`` float32[n, M], probability of each value of the magnetization.
    """
    mean, filtered = filtered_spins(y, sigma, condition)
    wide = sigma[:, None, None]
    field = y / wide**2
    inputs = [y / jnp.sqrt(1 + wide**2), jnp.tanh(field), filtered, mean[:, None, None] * jnp.ones_like(y)]
    scales = _scales(parameters, sigma, condition[0])
    return field + _unet(parameters, jnp.stack(inputs, -1), scales, y.shape[0])


def filtered_spins(y, sigma, condition):
    """What the inputs say without a network: posterior mean of m, and Wiener's filter with that mean.

    Parameters as for `local_field`; float32[n] and float32[n, L, L].
    """
    _, spectrum, prior = condition
    size = y.shape[1]
    values = jnp.linspace(-1.0, 1.0, prior.shape[1], dtype=jnp.float32)
    mean = _magnetization(y, sigma, values, prior)
    filtered = spectrum / (spectrum + sigma[:, None, None] ** 2) * jnp.fft.rfft2(y)
    filtered = jnp.fft.irfft2(filtered, (size, size)).astype(jnp.float32)
    return mean, filtered + (mean - filtered.mean((1, 2)))[:, None, None]


def _scales(parameters, sigma, beta):
    known = jnp.stack([jnp.log(sigma) / 2, 5 * (beta - 0.42)], 1)
    hidden = jnp.tanh(known @ parameters["know"] + parameters["know_bias"])
    return 1 + hidden @ parameters["scale"] + parameters["scale_bias"]


def _unet(parameters, x, scales, n):
    widths = [parameters[name].shape[-1] for name in SCALED]
    parts = jnp.split(scales, np.cumsum(widths)[:-1].tolist(), axis=1)
    scale = {name: part.reshape(n, 1, 1, -1) for name, part in zip(SCALED, parts, strict=True)}

    def layer(name, x, coarse=0.0):
        return jnp.tanh((_convolved(x, parameters[name]) + coarse) * scale[name])

    def raised(name, x):
        return _doubled(_convolved(x, parameters[name]))

    fine = layer("fine", layer("in", x))
    middle = layer("middle", layer("down", _halved(fine)))
    deep = layer("deep", layer("bottom", _halved(middle)))
    up = layer("up", middle, raised("raise", deep))
    top = layer("top", fine, raised("lift", up))
    return (_convolved(top, parameters["out"]) * scale["out"])[..., 0]


def loss(parameters, clean, y, sigma, condition, weight):
    """Cross entropy of the spins, and the squared error of their mean.

    Both terms are least at the true posterior mean, since both are proper scores. The pixels
    alone hardly see the magnetization: it is one of L^2 modes, but the one that orders.

    Parameters
    ----------
    clean : float32[n, L, L]
        The spins without noise, or their mean given y and something else: both have the mean E[s | y].
    weight : float
        Of L^2 times the squared error of the mean.
    """
    field = local_field(parameters, y, sigma, condition)
    entropy = jnp.mean(jax.nn.softplus(-2 * field) + (1 - clean) * field)
    off = jnp.mean(jnp.tanh(field) - clean, axis=(1, 2))
    return entropy + weight * y[0].size * jnp.mean(off**2)
