"""The spins at every temperature, for the slider of the chapter: ``spins.js``."""

import base64
import json

import numpy as np

from scripts.ising.theory.onsager import critical_temperature


def spin_frames(simulation):
    """What the player ``frames`` of the report shows.

    Parameters
    ----------
    simulation : dict of str to array
        The arrays of ``simulate.py`` for one size.

    Returns
    -------
    dict
        ``kind``, ``encoding``, ``width``, ``height``, ``start``, ``frames`` (base64 of one
        bit per spin, row by row, most significant bit first) and ``labels`` by language,
        in order of temperature.
    """
    size, temperatures = int(simulation["size"]), simulation["temperatures"].astype(float)
    order = np.argsort(temperatures)
    labels = [f"T = {temperatures[i]:.3f}" for i in order]
    return {
        "kind": "frames",
        "encoding": "bits",
        "width": size,
        "height": size,
        "start": int(np.argmin(np.abs(temperatures[order] - critical_temperature()))),
        "frames": [base64.b64encode(simulation["snapshots"][i].tobytes()).decode() for i in order],
        "labels": {"en": labels, "ja": labels},
    }


if __name__ == "__main__":
    from scripts.common.io import job, load_arrays, write_text

    with job(snakemake):
        frames = json.dumps(spin_frames(load_arrays(snakemake.input[0])))
        write_text(snakemake.output[0], f'REPORT_DATA["ising.spins"] = {frames};\n')
