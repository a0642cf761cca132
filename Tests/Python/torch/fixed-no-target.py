"""The model "model" on the data of "csv".

Random numbers are NumPy's and PyTorch's own; --data and --init take Labbook's rows and first
weights instead. Prints the metrics of every epoch as CSV.
"""

import argparse
import csv

import numpy as np
import torch
from torch import nn


def load_data(rng):
    with open("ROOM/numbers.csv", newline="", encoding="utf-8-sig") as file:
        lines = [[cell.strip() for cell in line] for line in csv.reader(file, delimiter=",", skipinitialspace=True) if any(line)]
    names, lines = lines[0], lines[1:]
    rows = [dict(zip(names, line)) for line in lines]
    features = ["b"]
    x = np.array([[float(row[name]) for name in features] for row in rows])
    return x, None


def make_parts(rng):
    """The parts as they are trained on: features and targets by their names."""
    x, y = load_data(rng)
    parts = {"train": (x, y)}
    return parts


def read_parts(path):
    """Parts that Labbook has written."""
    from safetensors.torch import load_file

    tensors = load_file(path)
    names = [name for name in ("train", "val", "test") if name + ".x" in tensors]
    return {name: (tensors[name + ".x"], tensors.get(name + ".y")) for name in names}


def make_network():
    return nn.Sequential(
        nn.Linear(1, 2),
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", help="rows that Labbook has written")
    parser.add_argument("--init", help="first weights that Labbook has written")
    options = parser.parse_args()

    torch.manual_seed(1)
    rng = np.random.default_rng(1)
    parts = read_parts(options.data) if options.data else make_parts(rng)
    parts = {
        name: (
            torch.as_tensor(x, dtype=torch.float32),
            None if y is None else torch.as_tensor(y).to(torch.float32),
        )
        for name, (x, y) in parts.items()
    }
    network = make_network()
    if options.init:
        from safetensors.torch import load_file

        network.load_state_dict(load_file(options.init))

    print(network(parts["train"][0]))


if __name__ == "__main__":
    main()
