"""A perceptron on two clouds of points, with Python's standard library alone.

Labbook needs one line of it: the print of a JSON object.
"""

import argparse
import json
import random

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--distance", type=float, default=1.0, help="between the two clouds")
parser.add_argument("--average", action="store_true", help="judge by the mean of all weights so far")
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()


def cloud(source, label, count):
    """Points around (label * distance / 2, 0) with deviation 1, each with its label."""
    center = label * args.distance / 2
    return [(center + source.gauss(0, 1), source.gauss(0, 1), label) for _ in range(count)]


data = random.Random(0)  # The same points for every run; the seed shuffles alone.
train = cloud(data, -1, 200) + cloud(data, 1, 200)
val = cloud(data, -1, 500) + cloud(data, 1, 500)
order = random.Random(args.seed)
w = [0.0, 0.0, 0.0]
total = [0.0, 0.0, 0.0]


def accuracy(weights, rows):
    right = sum((weights[0] * x + weights[1] * y + weights[2]) * label > 0 for x, y, label in rows)
    return right / len(rows)


for epoch in range(1, args.epochs + 1):
    order.shuffle(train)
    for x, y, label in train:
        if (w[0] * x + w[1] * y + w[2]) * label <= 0:
            w = [w[0] + args.lr * label * x, w[1] + args.lr * label * y, w[2] + args.lr * label]
        total = [a + b for a, b in zip(total, w)]
    judged = total if args.average else w
    print(json.dumps({"epoch": epoch, "train/accuracy": accuracy(judged, train),
                      "val/accuracy": accuracy(judged, val)}))
