"""Writes class_metrics.csv, scores of rows beside their classes, and what scikit-learn says of them.

Scores are eighths, so that their differences are exact in single precision.
pip install numpy scikit-learn; python make_class_metrics.py
"""

import json
from pathlib import Path

import numpy as np
from sklearn.metrics import (
    accuracy_score, balanced_accuracy_score, f1_score, log_loss, roc_auc_score)
from sklearn.utils.class_weight import compute_sample_weight

here = Path(__file__).parent
rng = np.random.default_rng(3)
truth = (rng.random(60) < 0.25).astype(int)
scores = np.round((rng.normal(size=(60, 2)) + 0.8 * np.eye(2)[truth]) * 8) / 8
# Argmax takes the first of equals, as Labbook does.
predicted = scores.argmax(1)
lines = [f"{a},{b},{'ny'[k]}" for (a, b), k in zip(scores, truth)]
(here / "class_metrics.csv").write_text("\n".join(["a,b,y"] + lines) + "\n")
probabilities = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
json.dump({
    "test/accuracy": accuracy_score(truth, predicted),
    "test/balanced_accuracy": balanced_accuracy_score(truth, predicted),
    "test/f1": f1_score(truth, predicted, average="macro"),
    "test/auc": roc_auc_score(truth, scores[:, 1] - scores[:, 0]),
    "test/loss": log_loss(
        truth, probabilities, sample_weight=compute_sample_weight("balanced", truth)),
}, open(here / "class_metrics.json", "w"), indent=1)
