"""What a run says of itself: each job's time belongs to one rule."""

from scripts.common.provenance import rule_times

RULES = {
    "diffusion_learn": ("diffusion/learn.py", "diffusion/learn_*"),
    "diffusion_learn_magnets": ("diffusion/learn_magnets.py", "diffusion/learn_magnets"),
    "ising_naive": ("ising/naive.py", "ising/naive"),
}


def test_a_job_whose_name_fits_two_rules_counts_once():
    seconds = {"diffusion/learn_ring": 2.0, "diffusion/learn_moons": 3.0, "diffusion/learn_magnets": 40.0}
    times = rule_times(RULES, seconds | {"report/index": 1.0})
    assert times["diffusion_learn"] == {
        "script": "diffusion/learn.py", "jobs": 2, "seconds": 5.0, "slowest": 3.0,
    }  # fmt: skip
    assert times["diffusion_learn_magnets"]["seconds"] == 40.0
    assert times["ising_naive"] == {"script": "ising/naive.py", "jobs": 0, "seconds": 0, "slowest": 0.0}
