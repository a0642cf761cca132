"""The model "model" on the data of "npz".

Random numbers are NumPy's and PyTorch's own; --data and --init take Labbook's rows and first
weights instead. Prints the metrics of every epoch as CSV.
"""

import argparse

import numpy as np
import torch
from torch import nn


TARGETS = ["values"]


def read_arrays(x, y):
    arrays = np.load("ROOM/arrays.npz")
    x = arrays[x]
    if x.ndim > 2 and x.dtype == np.uint8:
        x = x / 255
    if x.ndim == 4 and x.shape[1:] != (3,):
        x = x.transpose(0, 3, 1, 2)
    x = x.reshape(len(x), 3).astype(float)
    if y is None:
        return x, None
    y = arrays[y]
    return x, y.astype(float)


def load_data(rng):
    return read_arrays("rows", "values")


def make_parts(rng):
    """The parts as they are trained on: features and targets by their names."""
    x, y = load_data(rng)
    parts = {"train": (x, y)}
    x = parts["train"][0]
    offset, spread = x.mean(0), x.std(0)
    spread[x.max(0) == x.min(0)] = 1
    parts = {name: ((x - offset) / spread, y) for name, (x, y) in parts.items()}
    y = parts["train"][1]
    center, width = y.mean(0), y.std(0)
    parts = {name: (x, (y - center) / np.where(width > 0, width, 1)) for name, (x, y) in parts.items()}
    return parts


def read_parts(path):
    """Parts that Labbook has written."""
    from safetensors.torch import load_file

    tensors = load_file(path)
    names = [name for name in ("train", "val", "test") if name + ".x" in tensors]
    return {name: (tensors[name + ".x"], tensors.get(name + ".y")) for name in names}


def make_network():
    return nn.Sequential(
        nn.Linear(3, 6),
        nn.Tanh(),
        nn.Linear(6, 2),
    )


def evaluate(network, loss_function, x, y):
    """Loss of a part, in inference mode."""
    network.eval()
    with torch.no_grad():
        outputs = network(x)
        loss = loss_function(outputs, y).item()
        return loss,


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
    parts = {name: (x, y.reshape(len(x), -1)) for name, (x, y) in parts.items()}
    network = make_network()
    if options.init:
        from safetensors.torch import load_file

        network.load_state_dict(load_file(options.init))

    loss_function = nn.MSELoss()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    x, y = parts["train"]
    updates = 0
    order = torch.arange(len(x))
    print("epoch,train/loss")
    for epoch in range(1, 4):
        network.train()
        total, seen = 0.0, 0
        for rows in order.split(8):
            outputs = network(x[rows])
            loss = loss_function(outputs, y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            updates += 1
            total += loss.item() * len(rows)
            seen += len(rows)
        metrics = {"train/loss": total / seen}
        print(epoch, *metrics.values(), sep=",")


if __name__ == "__main__":
    main()
