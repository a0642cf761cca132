"""A random forest of scikit-learn on handwritten digits."""

import argparse
import json

from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split

parser = argparse.ArgumentParser()
parser.add_argument("--trees", type=int, default=100)
parser.add_argument("--depth", type=int)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()

x, y = load_digits(return_X_y=True)
parts = train_test_split(x, y, test_size=0.3, random_state=0, stratify=y)
x_train, x_val, y_train, y_val = parts
forest = RandomForestClassifier(args.trees, max_depth=args.depth, random_state=args.seed)
forest.fit(x_train, y_train)
print(json.dumps({"train/accuracy": forest.score(x_train, y_train),
                  "val/accuracy": forest.score(x_val, y_val)}))
