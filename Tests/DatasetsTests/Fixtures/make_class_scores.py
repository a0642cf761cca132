"""Writes class_scores.json: what scikit-learn says of classes, and its balanced weights.

pip install numpy scikit-learn; python make_class_scores.py
"""

import json
import warnings
from pathlib import Path

import numpy as np
from sklearn.metrics import balanced_accuracy_score, f1_score, roc_auc_score
from sklearn.utils.class_weight import compute_class_weight

warnings.simplefilter("ignore")  # classes without rows, which are part of the cases
rng = np.random.default_rng(8)
cases = []
for classes, rows, seen in [(2, 40, 2), (3, 60, 3), (5, 30, 5), (5, 30, 3), (4, 12, 2), (2, 9, 1)]:
    truth = rng.choice(seen, rows)
    predicted = np.where(rng.random(rows) < 0.6, truth, rng.choice(classes, rows))
    cases.append({
        "classes": classes, "truth": truth.tolist(), "predicted": predicted.tolist(),
        "balanced_accuracy": balanced_accuracy_score(truth, predicted),
        "f1": f1_score(truth, predicted, average="macro"),
    })
curves = []
for rows, step in [(30, None), (60, 0.25), (25, 1.0), (200, 0.125)]:
    truth = (rng.random(rows) < 0.3).astype(int)
    scores = rng.normal(size=rows) + truth
    if step:  # many equal scores
        scores = np.round(scores / step) * step
    curves.append({
        "truth": truth.tolist(), "scores": scores.tolist(),
        "auc": roc_auc_score(truth, scores),
    })
labels = np.repeat([0, 1, 2, 3], [70, 20, 9, 1])
weights = compute_class_weight("balanced", classes=np.arange(4), y=labels)
json.dump(
    {"cases": cases, "curves": curves,
     "weights": {"counts": np.bincount(labels).tolist(), "balanced": weights.tolist()}},
    open(Path(__file__).parent / "class_scores.json", "w"), indent=1)
