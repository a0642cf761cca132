"""Writes bands.json: mean and bands of a group of runs, by NumPy and SciPy.

The values are those that the tests record: run r at step s has sin(0.7 r + 0.3 s) + 2 + 0.1 r.
"""

import json

import numpy as np
from scipy import stats

RUNS, STEPS = 6, 8
values = np.array(
    [[np.sin(0.7 * r + 0.3 * s) + 2 + 0.1 * r for s in range(1, STEPS + 1)] for r in range(RUNS)])
mean = values.mean(axis=0)
std = values.std(axis=0, ddof=1)
sem = std / np.sqrt(RUNS)
half = stats.t.ppf(0.975, RUNS - 1) * sem
low, high = np.quantile(values, [0.25, 0.75], axis=0)


def ends(lower, upper):
  return {"low": list(lower), "high": list(upper)}


json.dump(
    {
        "mean": list(mean), "std": ends(mean - std, mean + std), "sem": ends(mean - sem, mean + sem),
        "ci": ends(mean - half, mean + half), "quartiles": ends(low, high),
        "range": ends(values.min(axis=0), values.max(axis=0)),
    }, open("bands.json", "w"), indent=1)
