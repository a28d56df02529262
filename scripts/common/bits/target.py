"""What the CPU that Numba compiles for can do, asked of Numba itself.

`NUMBA_CPU_NAME` and `NUMBA_CPU_FEATURES` are obeyed: they choose another form of the same
random stream, never other random bits.
"""

import platform
from functools import cache

from numba.core.registry import cpu_target


@cache
def cpu_features():
    """The features of Numba's target, a frozenset of LLVM names such as ``"aes"``."""
    _, _, features = cpu_target.target_context.codegen().magic_tuple()
    return frozenset(name[1:] for name in features.split(",") if name.startswith("+"))


@cache
def aes_lanes(features=None):
    """How many 64-bit words one AES instruction of the target transforms.

    Parameters
    ----------
    features : frozenset of str, optional
        LLVM feature names; those of Numba's target by default.

    Returns
    -------
    int
        8 with VAES on AVX-512, 4 with VAES on AVX2, 2 with AES-NI, 0 where AES rounds
        come from a table: any other CPU, or one of which only a name is known.
    """
    features = cpu_features() if features is None else features
    if platform.machine().lower() not in ("x86_64", "amd64") or "aes" not in features:
        return 0
    if "vaes" in features and {"avx512f", "avx512vl", "avx512dq", "avx512bw"} <= features:
        return 8
    if {"vaes", "avx2"} <= features:
        return 4
    return 2
