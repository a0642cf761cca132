"""Prints the coverage table of Docs/statistics.md: how often nominal 95 % intervals hold the truth.

Run it with NumPy and SciPy: python coverage.py
"""

import numpy as np
from scipy import stats

DRAWS = 40_000
random = np.random.default_rng(1)


def student(d, truth):
    n = d.shape[1]
    half = stats.t.ppf(0.975, n - 1) * d.std(axis=1, ddof=1) / np.sqrt(n)
    return np.mean(np.abs(d.mean(axis=1) - truth) <= half)


def welch(a, b, truth):
    va, vb = a.var(axis=1, ddof=1) / a.shape[1], b.var(axis=1, ddof=1) / b.shape[1]
    f = (va + vb) ** 2 / (va ** 2 / (a.shape[1] - 1) + vb ** 2 / (b.shape[1] - 1))
    half = stats.t.ppf(0.975, f) * np.sqrt(va + vb)
    return np.mean(np.abs(a.mean(axis=1) - b.mean(axis=1) - truth) <= half)


def ratio(a, b, truth):
    n = a.shape[1]
    value = a.mean(axis=1) / b.mean(axis=1)
    without = (a.sum(axis=1, keepdims=True) - a) / (b.sum(axis=1, keepdims=True) - b)
    error = np.sqrt((n - 1) / n * ((without - without.mean(axis=1, keepdims=True)) ** 2).sum(axis=1))
    return np.mean(np.abs(value - truth) <= stats.t.ppf(0.975, n - 1) * error)


def normal(n, mean=0.0, deviation=1.0):
    return random.normal(mean, deviation, (DRAWS, n))


def accuracy(n, rows, share):
    return 1 - random.binomial(rows, share, (DRAWS, n)) / rows


def row(name, each):
    print(f"| {name} | " + " | ".join(f"{100 * each(n):.1f}" for n in [3, 5, 10, 20]) + " |")


row("normal values, common seeds", lambda n: student(normal(n) + 0.3, 0.3))
row("normal values, Welch, deviations 3 and 1",
    lambda n: welch(normal(n, 0.3, 3), normal(n), 0.3))
row("a ratio of normal means, deviations of a fifth",
    lambda n: ratio(normal(n, 0.5, 0.1), normal(n, 1, 0.2), 0.5))
for rows, share in [(160, 0.2), (160, 0.05), (160, 5 / 160), (160, 2 / 160), (160, 1 / 160),
                    (160, 0.3 / 160)]:
    row(f"one accuracy, {rows} rows, {rows * share:g} wrong on average",
        lambda n: student(accuracy(n, rows, share), 1 - share))
row("difference of two accuracies, 8 and 5 of 160 wrong",
    lambda n: student(accuracy(n, 160, 0.05) - accuracy(n, 160, 5 / 160), 5 / 160 - 0.05))
