"""A small results tree with invented numbers, so that the report can be built in a second."""

import base64
import json
import re
from functools import partial

import numpy as np

from scripts.common.chapters import CHAPTERS, read_yaml
from scripts.common.claims.collection import collection
from scripts.common.claims.records import record, sourced
from scripts.common.claims.registry import RESOLUTION_SCALE, registry
from scripts.common.claims.verdicts import all_verdicts
from scripts.common.figure import render
from scripts.common.io import write_json, write_text
from scripts.common.seeds import generator
from scripts.common.stamp import digests, stamped
from scripts.common.style import COLORS, LANGUAGES, THEMES, WIDTH, plt, series, spin_colormap
from scripts.common.tables import write_table
from scripts.report.bibliography import work_at
from scripts.report.sources import Run

NUMBERS = {
    "ising.tc": (2.269185314213022, None),
    "ising.largest_size": (128, None),
    "ising.energy_cold": (-1.745571, 0.000012),
    "ising.energy_cold_exact": (-1.745564575313, None),
    "ising.magnetization_cold": (0.911302, 0.000021),
    "ising.magnetization_cold_exact": (0.91131934, None),
    "ising.tc_measured": (2.26921, 0.00009),
    "ising.binder_critical": (0.6104, 0.0006),
    "ising.mean_field_ratio": (1.762747174039086, None),
    "ising.free_energy_gap": (2.4e-15, None),
}
ISING = CHAPTERS / "ising"
PROSE = ("en.md", "figures.yaml", "ja.md")
FIGURES = {
    "ising": {name: ["tables/thermodynamics.csv"] for name in read_yaml(ISING / "figures.yaml")["figures"]}
}
PROVENANCE = {
    "commit": "0123456789abcdef",
    "dirty": False,
    "python": "3.11.0",
    "versions": {"matplotlib": "3", "numpy": "2"},
    "platform": "an operating system",
    "cpu": "a processor",
    "cores": 2,
    "configuration": {"seed": 1, "scale": "default"},
    "configuration_sha256": "0" * 64,
    "seconds": {"ising/figure_spins": 1.25, "ising/simulate_L16": 12.5},
    "rules": {
        "ising_analyze": {"script": "scripts/ising/analyze.py", "jobs": 1, "seconds": 0.75, "slowest": 0.75},
        "ising_simulate": {
            "script": "scripts/ising/simulate.py",
            "jobs": 2,
            "seconds": 20.0,
            "slowest": 12.5,
        },
        "ising_exact": {"script": "scripts/ising/exact.py", "jobs": 0, "seconds": 0.0, "slowest": 0.0},
    },
}
LABEL = {"en": ("temperature $T$", "magnetization $m$"), "ja": ("温度 $T$", "磁化 $m$")}


def quoted_numbers():
    """`NUMBERS`, and an invented one for every other key that the real prose quotes."""
    prose = "".join(path.read_text(encoding="utf-8") for path in (ISING / name for name in PROSE))
    keys = sorted(set(re.findall(r"<<[nm]\(\\?\"([\w.]+)", prose)) - set(NUMBERS))
    return NUMBERS | {key: (1.0 + 0.0123 * i, 0.0012) for i, key in enumerate(keys)}


def results_tree(folder):
    """Write results of the Ising experiment as the report reads them; returns the folder."""
    home = folder / "ising"
    numbers = {
        key: {"value": value, "err": err, "unit": "", "rule": "ising_analyze", "data": "tables/x.csv"}
        for key, (value, err) in quoted_numbers().items()
    }
    write_json(home / "numbers.json", numbers)
    write_json(folder / "claims.json", claims(folder))
    write_json(folder / "provenance.json", PROVENANCE)
    for name in {path for paths in FIGURES["ising"].values() for path in paths}:
        _table(home / name)
    content = read_yaml(ISING / "figures.yaml")
    for name in content["figures"]:
        outputs = [
            home / "figures" / f"{name}.{language}.{theme}.{kind}"
            for language in LANGUAGES
            for theme in THEMES
            for kind in ("svg", "webp")
        ]
        outputs += [home / "figures" / f"{name}.{language}.png" for language in LANGUAGES]
        sources = digests(home / path for path in FIGURES["ising"][name])
        stamp = partial(stamped, about=dict.fromkeys(LANGUAGES, ("a", "b")), sources=sources)
        render(draw_spins if name == "spins" else draw_curve, None, outputs, stamp)
    for table in read_yaml(ISING / "tables.yaml"):
        _table(home / "tables" / f"{table}.csv")
    for name, data in (("spins", frames()), ("collapse", curves())):
        write_text(home / "widgets" / f"{name}.js", f'REPORT_DATA["ising.{name}"] = {json.dumps(data)};\n')
    return folder


def run(results, folder=CHAPTERS):
    """The `Run` of such a tree."""
    return Run(results, FIGURES, folder)


def frames():
    """Three lattices for the player."""
    labels = [f"T = {t}" for t in ("1.5", "2.3", "4.0")]
    bits = [base64.b64encode(np.packbits(lattice(t)).tobytes()).decode() for t in (0.05, 0.2, 0.5)]
    shape = {"width": 32, "height": 32, "start": 1}
    return {
        "kind": "frames",
        "encoding": "bits",
        "labels": {"en": labels, "ja": labels},
        "frames": bits,
    } | shape


def curves():
    """Two lines for the player, with their own x in one frame and a shared one in the other."""
    label = {"en": "a", "ja": "あ"}
    return {
        "kind": "curves",
        "start": 0,
        "x": [0.0, 1.0, 2.0],
        "x_label": label,
        "y_label": label,
        "y_range": [0.0, 1.0],
        "series": [{"label": label, "color": "blue"}, {"label": label, "color": "ink", "marks": True}],
        "frames": [[[0.1, 0.5, 0.9], [0.2, None, 0.4]], [{"x": [0, 2], "y": [0.0, 1.0]}, [0.9, 0.5, 0.1]]],
        "labels": {"en": ["first", "second"], "ja": ["初め", "次"]},
    }


def claims(folder):
    """``claims.json`` of the real registry with invented measurements."""
    rows = registry(CHAPTERS.glob("*/claims.yaml"))
    records = {
        row["id"]: [_record(check, folder) for check in row["checks"] if check["experiment"] in FIGURES]
        for row in rows
    }
    verdicts = all_verdicts(rows, records)
    listed = []
    for row in rows:
        verdict, reason = verdicts[row["id"]]
        kept = {key: value for key, value in row.items() if key not in ("checks", "contributions")}
        listed.append(kept | {"verdict": verdict, "reason": reason, "records": records[row["id"]]})
    found = collection([0.5, -0.5] * 10)
    return {"scale": "default", "seed": 1, "counts": {}, "collection": found, "claims": listed}


ONSAGER = work_at("doi:10.1103/PhysRev.65.117")
SAID = {
    "shows_en": "Shows a part of the sentence.",
    "shows_ja": "主張の一部を示す。",
    "measured_by": "ising.kernels.wolff",
    "reference_by": "literature",
    "citation": [ONSAGER],
    "resampled": "seeds",
    "fault": {"en": "one percent too much", "ja": "一パーセント大きくした", "size": 0.01},
    "varied": {"en": "learning rate", "ja": "学習率"},
}
"""What a check says about itself; given to those of one claim that do not say it yet."""


def _record(check, folder):
    """A record whose number comes out as its role asks."""
    if check["claim"] == "1.1-01":
        check = SAID | check
    resolution = check["resolution"] and check["resolution"][RESOLUTION_SCALE["default"]]
    error = None if check["kind"] == "identity" or resolution is None else resolution / 3
    step = error or check.get("tolerance", 1.0)
    away = check["role"] in ("control", "condition_outside")
    side = {"above": 1, "below": -1, None: 1}[check.get("direction")]
    pull = 8.0 if away or check["kind"] == "trend" else 0.4
    reference = None if check["role"] == "observation" else 1.0
    made = record(
        {**check, "resolution": resolution},
        measured=1.0 + side * pull * (step if error or not away else 200 * step),
        error=error,
        reference=reference,
        n_effective=error and 12,
    )
    if check.get("varied") and error:
        tried = {"measured": made["measured"], "error": error, "outcome": made["outcome"]}
        made["across"] = [{"choice": choice} | tried for choice in (0.1, 0.2, 0.4)]
    path = f"{check['experiment']}/tables/thermodynamics.csv"
    _table(folder / path)
    return sourced([made], data=path, rule="ising_analyze")[0]


def draw_spins(data, language, theme):
    """Three lattices."""
    figure, axes = plt.subplots(1, 3, figsize=(WIDTH, 2.7))
    for axis, t in zip(axes, (0.05, 0.2, 0.5), strict=True):
        axis.imshow(lattice(t), cmap=spin_colormap(theme), interpolation="nearest")
        axis.set_axis_off()
    return figure


def draw_curve(data, language, theme):
    """One curve with error bars."""
    figure, axis = plt.subplots(figsize=(WIDTH, 3.6))
    x = np.linspace(1, 4, 16)
    for k, color in enumerate(series(theme, 4)):
        axis.errorbar(x, np.tanh(3 - x - k / 5), 0.03, color=color, label=f"$L = {2 ** (k + 4)}$")
    axis.axvline(2.27, color=COLORS[theme]["muted"], linestyle=":")
    axis.set(xlabel=LABEL[language][0], ylabel=LABEL[language][1])
    axis.legend()
    return figure


def lattice(disorder, n=32):
    """A picture of spins, bool[n, n]."""
    return generator(1, "tests/report", str(disorder)).random((n, n)) > disorder


def _table(path):
    import pandas as pd

    if not path.exists():
        write_table(path, pd.DataFrame({"T": [2.0], "energy": [-1.7], "energy_err": [0.1]}))
