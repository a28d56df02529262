"""The workflow with other seeds: each in a folder of its own, so that no result is touched.

Run as ``make seeds``: the quick workflow with five seeds. A verdict that a seed can
change is no verdict; each that differs is named. An interrupted sweep goes on where
it stopped.
"""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import yaml
from snakemake.utils import update_config

from scripts.common.io import InputError, read_json, write_text
from scripts.common.seeds import words

SEEDS = 5
OPTIONS = ("--quiet", "rules")  # for Snakemake; cores come from the profile


def fresh_seeds(seed, purpose, n):
    """``n`` seeds of 31 bits that nobody chose: hashes of the configured seed and the purpose."""
    return [int(words(seed, *purpose, str(k), n=1)[0] >> 33) for k in range(n)]


def merged_configuration(files):
    """The configuration that Snakemake makes of these files: mappings merge, lists are replaced."""
    merged = {}
    for file in files:
        update_config(merged, yaml.safe_load(Path(file).read_text(encoding="utf-8")) or {})
    return merged


def overlay(seed, folder):
    """Configuration that runs the workflow with another seed, away from all results."""
    return {
        "seed": seed,
        "pathvars": {"results": f"{folder}/results", "logs": f"{folder}/logs", "book": f"{folder}/report"},
    }


def run(seed, folder, targets, overlays):
    """Make ``targets`` (files below ``folder``/results) with another seed.

    Raises
    ------
    InputError
        If the run fails.
    """
    file = folder / "overlay.yaml"
    write_text(file, yaml.safe_dump(overlay(seed, folder.as_posix())))
    targets = [f"{folder.as_posix()}/results/{target}" for target in targets]
    command = [sys.executable, "-m", "snakemake", *OPTIONS, "--configfile", *overlays, str(file)]
    if subprocess.run([*command, "--", *targets], check=False).returncode:
        raise InputError(f"the run with seed {seed} in {folder} failed; its logs stand there")


def changed_verdicts(runs):
    """Claims whose verdict is not the same in all runs.

    Parameters
    ----------
    runs : dict of str to dict of str to str
        Verdict by claim, by the name of the run.

    Returns
    -------
    list of str
        One line each: the claim, and which runs give which verdict.
    """
    claims = next(iter(runs.values()))
    lines = []
    for claim in claims:
        usual = Counter(verdicts[claim] for verdicts in runs.values()).most_common()
        if len(usual) > 1:
            apart = [f"{name} {found[claim]}" for name, found in runs.items() if found[claim] != usual[0][0]]
            lines.append(f"{claim}: {usual[0][0]} with most seeds; {', '.join(apart)}")
    return lines


def _main(overlays):
    configuration = merged_configuration(["config.yaml", *overlays])
    home = Path(configuration["pathvars"]["results"]) / "seeds"
    seeds = fresh_seeds(configuration["seed"], ("seeds",), SEEDS)
    runs = {}
    for k, seed in enumerate(seeds):
        print(f"seed {seed} ({k + 1} of {SEEDS})", file=sys.stderr)
        try:
            run(seed, home / str(seed), ["claims.json"], overlays)
        except InputError as error:
            sys.exit(f"error: {error}")
        claims = read_json(home / str(seed) / "results" / "claims.json")["claims"]
        runs[f"seed {seed}"] = {claim["id"]: claim["verdict"] for claim in claims}
    changed = changed_verdicts(runs)
    print("\n".join(changed) or f"{len(claims)} claims: the same verdicts with {SEEDS} seeds")
    sys.exit(bool(changed))


if __name__ == "__main__":
    _main(sys.argv[1:])
