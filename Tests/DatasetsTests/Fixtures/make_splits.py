"""Writes splits.json: how scikit-learn divides rows, and what it makes of a test table of its own.

pip install numpy pandas scikit-learn; python make_splits.py
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

here = Path(__file__).parent
rng = np.random.default_rng(5)


def folds(splitter, y, groups=None):
    return [test for _, test in splitter.split(np.zeros(len(y)), y, groups)]


# Every class appears before the next one does, which is the order scikit-learn counts them in.
classes = np.concatenate([[0, 1, 2], rng.choice(3, 100, p=[0.6, 0.3, 0.1])])
stratified = {
    "classes": classes.tolist(),
    "counts": {
        str(k): [np.bincount(classes[rows], minlength=3).tolist() for rows in
                 folds(StratifiedKFold(k), classes)]
        for k in (2, 3, 5, 7)
    },
}
plain = {str(k): [len(rows) for rows in folds(KFold(k), np.zeros(23))] for k in (2, 5, 23)}

# Groups of different sizes, in a mixed order.
sizes = [17, 11, 9, 8, 6, 5, 3, 2, 1]
names = rng.permutation(np.repeat([f"site {k}" for k in range(len(sizes))], sizes))
groups = {
    "names": names.tolist(),
    "sizes": {str(k): [len(rows) for rows in folds(GroupKFold(k), np.zeros(len(names)), names)]
              for k in (2, 3, 5, 9)},
}

# A table to train on and one to test on: other order of columns, an unknown word, holes.
train = pd.DataFrame({
    "length": [1.5, np.nan, 4.0, 2.5, 3.0, 8.0, 6.5, 5.0],
    "zone": ["b", "a", "b", "c", None, "a", "c", "b"],
    "weight": [10, 20, 15, 18, 11, 30, 24, 12],
    "kind": ["x", "y", "x", "y", "x", "y", "y", "x"],
})
test = pd.DataFrame({
    "kind": ["y", "x", "y"],
    "weight": [16, 40, 12.5],
    "note": ["left", "out", "here"],
    "zone": ["c", "d", None],
    "length": [np.nan, 2.25, 7.0],
})
train.to_csv(here / "split_train.csv", index=False)
test.to_csv(here / "split_test.csv", index=False)
encode = OneHotEncoder(categories=[["a", "b", "c"]], handle_unknown="ignore", sparse_output=False)
prepare = ColumnTransformer([
    ("length", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["length"]),
    ("zone", encode, ["zone"]),
    ("weight", StandardScaler(), ["weight"]),
])
prepared = {
    "train": prepare.fit_transform(train).tolist(),
    "test": prepare.transform(test).tolist(),
}

json.dump(
    {"stratified": stratified, "plain": plain, "groups": groups, "prepared": prepared},
    open(here / "splits.json", "w"), indent=1)
