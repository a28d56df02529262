"""Autocorrelation times of the three dynamics, their errors, and the growth with the size."""

import numpy as np
import pandas as pd
import pytest
from scipy import signal

from scripts.common.seeds import generator
from scripts.ising import dynamics, slowing
from scripts.ising.theory import kaufman, onsager


def autoregressive(coefficient, *label, chains=1):
    """A run as of `dynamics.metropolis`: AR(1) series; tau = (1 + r)/(2 (1 - r))."""
    rng = generator(7, "test/dynamics", *label)

    def run(n):
        noise = rng.normal(size=(n + 200, chains))
        series = signal.lfilter([1.0], [1.0, -coefficient], noise, axis=0)[200:]
        return series, np.exp(series / 4), (2.0, 0.0)

    return run


def test_tau_of_a_known_chain_comes_out_in_sweeps():
    """AR(1) with r = 0.8 has tau = 4.5 steps of 2 sweeps; detects an error of 10 % at 4 sigma."""
    found = dynamics.measured(autoregressive(0.8, "known"), taus=60000)
    tau, err = found["tau_energy"]
    assert err < 0.025 * tau
    assert abs(tau - 9.0) < 4 * err


def test_the_run_grows_until_it_is_as_long_as_asked_for():
    found = dynamics.measured(autoregressive(0.9, "long"), taus=2000)
    assert found["n_sweeps"] / 2 >= 2000 * 0.9 * found["tau_abs_magnetization"][0] / 2


@pytest.mark.parametrize("chains", [1, 16])
def test_the_error_of_tau_is_the_scatter_of_repeated_runs(chains):
    """60 runs know their scatter to 9 %, so a factor 1.4 either way is seen at 4 sigma."""
    runs = [dynamics.measured(autoregressive(0.6, f"scatter {k}", chains=chains), 1000) for k in range(60)]
    tau, err = np.array([run["tau_energy"] for run in runs]).T
    assert 1 / 1.4 < tau.std(ddof=1) / np.sqrt(np.mean(err**2)) < 1.4


@pytest.mark.parametrize("name", dynamics.DYNAMICS)
def test_each_dynamics_samples_the_exact_energy(name):
    """Error below 0.4 %: a temperature that is 1 % off changes e by 2.5 %."""
    run = dynamics.DYNAMICS[name](8, 11)
    run(1000)
    energy = run(6400 if name == "metropolis" else 64000)[0] / 64
    means = energy.reshape(16, -1).mean(axis=1) if energy.shape[1] == 1 else energy.mean(axis=0)
    err = means.std(ddof=1) / np.sqrt(len(means))
    assert err < 0.006
    assert abs(means.mean() - kaufman.energy(8, onsager.critical_temperature())) < 4 * err


def table(z, correction=0.0):
    """A table of tau = 0.02 L^z (1 + b L^-7/4) with errors of 2 %."""
    size = np.array([16.0, 24, 32, 48, 64, 96, 128])
    tau = 0.02 * size**z * (1 + correction * size**-1.75)
    noise = 1 + 0.02 * generator(3, "test/slowing").normal(size=len(size))
    columns = {"tau_abs_magnetization": tau * noise, "tau_energy": tau * noise}
    errors = {f"{name}_err": 0.02 * tau for name in columns}
    return pd.DataFrame({"dynamics": "metropolis", "L": size.astype(int)} | columns | errors)


def exponent(rows):
    found = slowing.exponents(rows).set_index("quantity").loc["abs_magnetization"]
    return found["z"], found["z_err"]


def test_a_known_dynamic_exponent_is_recovered():
    z, err = exponent(table(2.17, correction=15.0))
    assert err < 0.05
    assert abs(z - 2.17) < 4 * err


def test_another_exponent_is_told_apart():
    """The control: z = 1.75, as if times grew with the area less a logarithm, is 4 sigma away and more."""
    z, err = exponent(table(1.75))
    assert abs(z - 2.17) > 4 * err


def test_a_lone_size_gives_times_and_no_exponent():
    run = dynamics.dynamics("wolff", [4], 200, 5)
    times = slowing.times({"wolff": run})
    assert slowing.exponents(times).empty
    assert list(slowing.memory({"wolff": run})["L"].unique()) == [4]


def test_the_energies_of_all_dynamics_are_exact_and_those_of_the_control_are_not():
    """Power: one per cent in T is 6 errors on 32 x 32 spins."""
    for name in dynamics.DYNAMICS:
        rows = slowing.energies({name: dynamics.dynamics(name, [32], 400, 5)})
        z = (rows["energy"] - kaufman.energy(32, onsager.critical_temperature())) / rows["energy_err"]
        assert abs(z[0]) < 5
        assert z[1] > 5
        assert rows["T"].tolist() == [onsager.critical_temperature(), 1.01 * onsager.critical_temperature()]
