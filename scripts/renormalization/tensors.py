"""Tensor renormalization: free energies against Onsager's, and the spectrum at the critical point."""

import math

import numpy as np
import pandas as pd

from scripts.common.progress import progress
from scripts.renormalization.kernels import tensor_rg
from scripts.renormalization.theory import square

STEPS = 30  # 2^30 sites: as good as infinite
METHODS = {"trg": tensor_rg.trg_step, "hotrg": tensor_rg.hotrg_step}


def free_energy(method, chi, T):
    """ln Z per site of 2^30 sites, and of infinitely many.

    Parameters
    ----------
    method : str
        "trg" or "hotrg".
    chi : int
        States kept on a bond.
    T : float

    Returns
    -------
    dict
        A row of ``tensor_rg.csv``.
    """
    coarse = tensor_rg.site_tensor(T)
    for _ in range(STEPS):
        coarse = METHODS[method](coarse, chi)
    found, exact = tensor_rg.log_z(coarse), square.log_z_per_site(T)
    return {
        "method": method, "chi": chi, "T": T, "ln_z_per_site": found, "exact": exact,
    }  # fmt: skip


def spectrum_rows(chi, largest, T):
    """Central charge and dimensions from the transfer matrix of one HOTRG tensor of L x L sites.

    On a torus as long as wide, lambda_i = exp(f L^2 + 2 pi (c/12 - x_i)) at T_c (Cardy, Nucl. Phys. B
    270, 186 (1986), doi:10.1016/0550-3213(86)90552-3).

    Returns
    -------
    list of dict
        Rows of ``spectrum.csv`` for L = 2, 4, ... up to ``largest``.
    """
    coarse, bulk, rows = tensor_rg.site_tensor(T), square.log_z_per_site(T), []
    for step in range(1, 2 * int(math.log2(largest)) + 1):
        coarse = tensor_rg.hotrg_step(coarse, chi)
        if step % 2:
            continue
        L = 2 ** (step // 2)
        even, odd = tensor_rg.spectrum(coarse, 4)
        lead = math.log(even[0])
        with np.errstate(divide="ignore"):
            excited = [np.log(part) for part in (odd[0], even[1] if len(even) > 1 else np.nan)]
        rows.append(
            {
                "chi": chi, "T": T, "L": L,
                "central_charge": 6 / math.pi * (lead + (coarse.log_factor - bulk) * L * L),
                "spin": (lead - excited[0]) / (2 * math.pi),
                "energy": (lead - excited[1]) / (2 * math.pi),
            }
        )  # fmt: skip
    return rows


if __name__ == "__main__":
    from scripts.common.step import step

    with step(snakemake) as (params, write):
        critical = square.critical_temperature()
        runs = [(m, chi, critical) for m in METHODS for chi in params.bonds]
        runs += [(m, params.scan, float(T)) for m in METHODS for T in params.temperatures]
        rows = [free_energy(*run) for run in progress(runs, "tensors")]
        write(free_energy=pd.DataFrame(rows).sort_values(["method", "chi", "T"]))
        runs = [(chi, critical) for chi in params.spectrum]
        runs += [(params.scan, factor * critical) for factor in (0.97, 1.03)]
        spectra = [spectrum_rows(chi, params.largest, T) for chi, T in progress(runs, "spectra")]
        write(spectrum=pd.DataFrame([row for rows in spectra for row in rows]))
