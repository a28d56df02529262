"""Multispin Metropolis against named baselines: ratios of times measured in one run, interleaved.

Each measurement calls two pieces of work of about a millisecond in turn and takes the ratio of
their best times per spin update, so that a loaded machine harms both alike.
"""

import multiprocessing
import os
import time

import numpy as np
import pandas as pd

from scripts.common.seeds import generator
from scripts.ising.kernels import checkerboard, multispin, naive

T = 2.269185314213022
LADDER = np.linspace(1.5, 3.5, 64)
UPDATES = 1.2e8  # of the multispin kernel per call


def multispin_work(size, temperature=T, field=0.0, n_bits=16, measured=False):
    """A call of about a millisecond, and the spin updates it makes."""
    lattice, state = multispin.ordered_lattice(size), multispin.random_state(1, "benchmarks/multispin")
    sweeps = max(1, round(UPDATES / (64 * size**2)))

    def work():
        multispin.simulate(lattice, state, temperature, field, sweeps, int(measured), n_bits)

    return work, 64 * size**2 * sweeps


def scalar_work(kernel, size):
    """The same for a scalar kernel, a quarter of a lattice update at least."""
    spins, rng, table = np.ones((size, size), np.int8), generator(1, "benchmarks"), naive.acceptance(T)
    sweeps = max(1, round(4e4 / size**2))
    return (lambda: kernel.advance(spins, table, rng, sweeps)), size**2 * sweeps


def jax_work(size, sweeps=4):
    """Checkerboard Metropolis in JAX on the CPU, as fast as we could write it.

    The colors are split into int8 arrays; one 32-bit word of the default generator, the fastest, serves a
    spin. (Half a word, whose 16 bits shift beta by 1e-5, would be 1.6 times faster.)
    """
    os.environ["PJRT_NPROC"] = "1"  # one core, like the kernel it is compared with; read when jax starts
    import jax
    import jax.numpy as jnp

    odd = jnp.arange(size)[:, None] % 2 == 1
    thresholds = jnp.round(jnp.exp(jnp.array([-8.0, -4.0]) / T) * 2.0**32).astype(jnp.uint32)

    def half_sweep(own, other, shifted, bits):
        beside = jnp.where(shifted, jnp.roll(other, -1, 1), jnp.roll(other, 1, 1))
        around = own * (other + beside + jnp.roll(other, 1, 0) + jnp.roll(other, -1, 0))
        limit = jnp.where(around == 4, thresholds[0], thresholds[1])
        return jnp.where((around <= 0) | (bits < limit), -own, own)

    def sweep(_, carry):
        even, uneven, key = carry
        key, draw = jax.random.split(key)
        bits = jax.random.bits(draw, (2, *even.shape), jnp.uint32)
        even = half_sweep(even, uneven, odd, bits[0])
        return even, half_sweep(uneven, even, ~odd, bits[1]), key

    run = jax.jit(lambda carry: jax.lax.fori_loop(0, sweeps, sweep, carry))
    start = jnp.ones((size, size // 2), jnp.int8)
    carry = [(start, start, jax.random.key(1))]

    def work():
        carry[0] = run(carry[0])
        carry[0][0].block_until_ready()

    return work, sweeps * size**2


def ratio(fast, slow, rounds=60):
    """How many times faster ``fast`` is, and its rate in updates per ns: best of interleaved calls."""
    best = [np.inf, np.inf]
    for _ in range(rounds):
        for i, (work, _) in enumerate((fast, slow)):
            work()  # the caches are warm for the call that counts
            start = time.perf_counter()
            work()
            best[i] = min(best[i], time.perf_counter() - start)
    per_update = [seconds / updates for seconds, (_, updates) in zip(best, (fast, slow), strict=True)]
    return per_update[1] / per_update[0], 1e-9 / per_update[0]


def row(what, size, against, fast, slow, rounds=60):
    """One line of the table."""
    value, rate = ratio(fast, slow, rounds)
    return {"what": what, "L": size, "against": against, "ratio": value, "updates_per_ns": rate}


def kernels():
    """Multispin against the scalar kernels and its own variants."""
    rows = [
        row("multispin, 16 bits", L, "naive", multispin_work(L), scalar_work(naive, L))
        for L in (64, 256, 1024)
    ]
    rows.append(
        row(
            "multispin, 16 bits",
            1024,
            "scalar checkerboard",
            multispin_work(1024),
            scalar_work(checkerboard, 1024),
            20,
        )
    )
    variants = {
        "12 bits": {"n_bits": 12},
        "8 bits": {"n_bits": 8},
        "64 temperatures in a word": {"temperature": LADDER},
        "field 0.1": {"field": 0.1},
        "64 temperatures and fields": {"temperature": LADDER, "field": LADDER - 2.5},
        "measured every sweep": {"measured": True},
    }
    return rows + [
        row(f"multispin, {name}", L, "multispin, 16 bits", multispin_work(L, **options), multispin_work(L))
        for name, options in variants.items()
        for L in (64, 256)
    ]


def peers():
    """Multispin against what else can be installed; a peer that is not there has no row."""
    rows = [row("multispin, 16 bits", 1024, "JAX on CPU", multispin_work(1024), jax_work(1024), 5)]
    try:
        import peapods
    except ImportError:
        return rows
    model = peapods.Ising((256, 256), temperatures=np.array([T], np.float32))
    rows.append(
        row(
            "multispin, 16 bits",
            256,
            "peapods",
            multispin_work(256),
            (lambda: model.sample(8), 8 * 256**2),
            20,
        )
    )
    return rows


def compilation():
    """Seconds until a new temperature has run once: fastest and median of ten."""
    multispin_work(16)[0]()
    times = []
    for k in range(10):
        lattice, state = multispin.ordered_lattice(16), multispin.random_state(1, "x")
        start = time.perf_counter()
        multispin.simulate(lattice, state, 2.0 + 0.0137 * k, n_sweeps=1)
        times.append(time.perf_counter() - start)
    return {
        "what": "compilation of a new temperature, seconds",
        "L": 16,
        "against": "",
        "ratio": np.median(times),
    }


def _busy(seconds, barrier, queue):
    work, updates = multispin_work(64)
    work()
    barrier.wait()
    start, done = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        work()
        done += updates
    queue.put(done / (time.perf_counter() - start))


def two_processes(seconds=1.0, rounds=3):
    """Rate of two processes at once over that of one alone: best of some rounds."""
    context = multiprocessing.get_context("spawn")

    def rate(n):
        barrier, queue = context.Barrier(n), context.Queue()
        jobs = [context.Process(target=_busy, args=(seconds, barrier, queue)) for _ in range(n)]
        for job in jobs:
            job.start()
        total = sum(queue.get() for _ in jobs)
        for job in jobs:
            job.join()
        return total

    best = {n: max(rate(n) for _ in range(rounds)) for n in (1, 2)}
    return {"what": "two processes", "L": 64, "against": "one process", "ratio": best[2] / best[1]}


def table():
    """All measurements: a data frame of what, L, against, ratio, updates_per_ns."""
    return pd.DataFrame([*kernels(), *peers(), compilation(), two_processes()])
