"""Makes statistics.json: intervals, chances and adjustments as SciPy and statsmodels compute them.

Run it with NumPy, SciPy and statsmodels: python make_statistics.py > statistics.json
The jackknife is written out by NumPy (Efron and Tibshirani 1993, chapter 11).
"""

import json

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

random = np.random.default_rng(14)


def values(n, mean, deviation):
    return [float(v) for v in np.round(random.normal(mean, deviation, n), 4)]


def ends(interval):
    return [float(interval.low), float(interval.high)]


def paired(a, b):
    test = stats.ttest_rel(a, b)
    return {"a": a, "b": b, "value": float(np.mean(a) - np.mean(b)),
            "interval": ends(test.confidence_interval(0.95)), "chance": float(test.pvalue)}


def welch(a, b):
    test = stats.ttest_ind(a, b, equal_var=False)
    return {"a": a, "b": b, "value": float(np.mean(a) - np.mean(b)), "freedom": float(test.df),
            "interval": ends(test.confidence_interval(0.95)), "chance": float(test.pvalue)}


def jackknife(a, b, bound):
    """mean(a) / mean(b) - bound over common seeds."""
    a, b = np.array(a), np.array(b)
    n = len(a)
    value = a.mean() / b.mean() - bound
    without = np.array([np.delete(a, i).mean() / np.delete(b, i).mean() - bound for i in range(n)])
    error = np.sqrt((n - 1) / n * np.sum((without - without.mean()) ** 2))
    half = stats.t.ppf(0.975, n - 1) * error
    return {"a": list(map(float, a)), "b": list(map(float, b)), "bound": bound,
            "value": float(value), "interval": [float(value - half), float(value + half)]}


def needed(mean, deviation, share):
    seeds = 2
    while stats.t.isf(share / 2, seeds - 1) * deviation / np.sqrt(seeds) >= abs(mean):
        seeds += 1
    return seeds


def centred(n, mean, deviation):
    """Values with exactly this mean and sample deviation."""
    v = random.normal(size=n)
    v = (v - v.mean()) / v.std(ddof=1) * deviation + mean
    return [float(x) for x in v]


t = [{"freedom": f, "share": s, "bound": float(stats.t.isf(s / 2, f))}
     for f in [1, 2, 3, 4.5, 9, 19, 60.25, 1000] for s in [0.5, 0.05, 0.05 / 3, 1e-4]]
chances = [{"freedom": f, "t": x, "chance": float(2 * stats.t.sf(x, f))}
           for f in [1, 2, 4.5, 9, 30] for x in [0, 1e-3, 0.3, 1, 2.5, 12, 200]]
means = [{"values": v, "interval": ends(stats.ttest_1samp(v, 0).confidence_interval(0.95))}
         for v in [values(2, 1, 0.1), values(3, 0.9, 0.02), values(10, -3, 5), values(20, 0, 1)]]
seeds = []
for n, mean, deviation, share in [(5, 0.1, 0.2, 0.05), (10, -0.001, 0.003, 0.05),
                                  (3, 1, 2, 0.025), (4, 0.02, 0.5, 0.05)]:
    seeds.append({"values": centred(n, mean, deviation), "share": share,
                  "needed": needed(mean, deviation, share)})
holm = []
for p in [[0.01, 0.04, 0.03], [0.001, 0.02, 0.02, 0.8], [0.5], [0.04, 0.9, 0.011, 0.013, 1.0]]:
    holm.append({"chances": p,
                 "adjusted": [float(x) for x in multipletests(p, method="holm")[1]]})
wilson = []
for right, rows in [(154, 160), (160, 160), (50, 100), (0, 40), (890, 999)]:
    low, high = proportion_confint(right, rows, method="wilson")
    wilson.append({"right": right, "rows": rows, "half": float((high - low) / 2)})
print(json.dumps({
    "bounds": t, "chances": chances, "means": means,
    "paired": [paired(values(n, 0.9, 0.02), values(n, 0.88, 0.02)) for n in [2, 3, 5, 10, 20]],
    "welch": [welch(values(n, 0.9, d), values(m, 0.88, 0.02))
              for n, m, d in [(2, 3, 0.01), (3, 10, 0.05), (10, 10, 0.02), (5, 20, 0.2)]],
    "jackknife": [jackknife(values(n, 0.3, 0.1), values(n, 1, 0.2), 0.25) for n in [3, 5, 10, 20]],
    "seeds": seeds, "holm": holm, "wilson": wilson}, indent=1))
