"""Best values of Optuna's TPE and of SciPy's scrambled Sobol points on three functions, over seeds.

python optuna_tpe.py 20 > optuna.txt (Optuna 5.0.0, SciPy 1.17.1): a line has the function, the
method, the seed and the least value after 50, 100 and 200 trials.
"""
import math
import sys
import warnings

import numpy as np
import optuna
from scipy.stats import qmc

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore")
TRIALS = 200
A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14],
              [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
P = 1e-4 * np.array([[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
                     [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]])
C = np.array([1.0, 1.2, 3.0, 3.2])


def branin(x, y):
    first = y - 5.1 / (4 * math.pi ** 2) * x * x + 5 / math.pi * x - 6
    return first * first + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


def hartmann6(x):
    return -float(C @ np.exp(-(A * (np.array(x) - P) ** 2).sum(axis=1)))


def mixed(kind, rate, momentum, layers):
    """One of three kinds; momentum exists for the first alone."""
    base = (math.log10(rate) + 3) ** 2 / 4 + 0.1 * (layers - 4) ** 2
    return base + (4 * (momentum - 0.9) ** 2 if kind == "a" else 0.15 if kind == "b" else 0.5)


def objective(name):
    def of(trial):
        if name == "branin":
            return branin(trial.suggest_float("x", -5, 10), trial.suggest_float("y", 0, 15))
        if name == "hartmann6":
            return hartmann6([trial.suggest_float(f"x{i}", 0, 1) for i in range(6)])
        kind = trial.suggest_categorical("kind", ["a", "b", "c"])
        momentum = trial.suggest_float("momentum", 0, 1) if kind == "a" else None
        return mixed(kind, trial.suggest_float("rate", 1e-5, 1, log=True), momentum,
                     trial.suggest_int("layers", 1, 6))
    return of


def sobol(name, seed):
    d = {"branin": 2, "hartmann6": 6, "mixed": 4}[name]
    for u in qmc.Sobol(d=d, scramble=True, seed=seed).random(TRIALS):
        if name == "branin":
            yield branin(-5 + 15 * u[0], 15 * u[1])
        elif name == "hartmann6":
            yield hartmann6(u)
        else:
            yield mixed("abc"[int(u[0] * 3)], 10 ** (-5 + 5 * u[1]), u[2], 1 + int(u[3] * 6))


for name in ["branin", "hartmann6", "mixed"]:
    for seed in range(1, int(sys.argv[1]) + 1):
        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
        study.optimize(objective(name), n_trials=TRIALS)
        best = np.minimum.accumulate([t.value for t in study.trials])
        print(name, "optuna-tpe", seed, best[49], best[99], best[199], flush=True)
        best = np.minimum.accumulate(list(sobol(name, seed)))
        print(name, "scipy-sobol", seed, best[49], best[99], best[199], flush=True)
