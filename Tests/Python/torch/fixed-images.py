"""The model "model" on the data of "idx".

Random numbers are NumPy's and PyTorch's own; --data and --init take Labbook's rows and first
weights instead. Prints the metrics of every epoch as CSV.
"""

import argparse
import gzip
from collections import OrderedDict

import numpy as np
import torch
from torch import nn


def read_idx(path):
    with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
        data = file.read()
    kind = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}[data[2]]
    sizes = np.frombuffer(data, ">u4", data[3], 4).astype(int)
    numbers = np.frombuffer(data, kind, offset=4 + 4 * data[3]).reshape(sizes)
    return numbers / 255 if kind == "u1" and len(sizes) > 1 else numbers.astype(float)


def load_data(rng):
    x = read_idx("ROOM/train-images").reshape(-1, 1, 7, 6)
    return x, read_idx("ROOM/train-labels").astype(int)


def load_test():
    x = read_idx("ROOM/t10k-images-idx3-ubyte.gz").reshape(-1, 1, 7, 6)
    return x, read_idx("ROOM/t10k-labels-idx1-ubyte.gz").astype(int)


def make_parts(rng):
    """The parts as they are trained on: features and targets by their names."""
    x, y = load_data(rng)
    parts = {"train": (x, y)}
    parts["test"] = load_test()
    x = parts["train"][0]
    offset, spread = x.mean((0, 2, 3), keepdims=True), x.std((0, 2, 3), keepdims=True)
    spread[x.max((0, 2, 3), keepdims=True) == x.min((0, 2, 3), keepdims=True)] = 1
    parts = {name: ((x - offset) / spread, y) for name, (x, y) in parts.items()}
    return parts


def read_parts(path):
    """Parts that Labbook has written."""
    from safetensors.torch import load_file

    tensors = load_file(path)
    names = [name for name in ("train", "val", "test") if name + ".x" in tensors]
    return {name: (tensors[name + ".x"], tensors.get(name + ".y")) for name in names}


def make_network():
    return nn.Sequential(OrderedDict([
        ("flatten", nn.Flatten()),
        ("0", nn.Linear(42, 6)),
        ("1", nn.Tanh()),
        ("2", nn.Linear(6, 3)),
    ]))


def evaluate(network, loss_function, x, y):
    """Loss and accuracy of a part, in inference mode."""
    network.eval()
    with torch.no_grad():
        outputs = network(x)
        loss = loss_function(outputs, y).item()
        return loss, (outputs.argmax(1) == y).sum().item() / len(x)


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
            None if y is None else torch.as_tensor(y).to(torch.int64),
        )
        for name, (x, y) in parts.items()
    }
    network = make_network()
    if options.init:
        from safetensors.torch import load_file

        network.load_state_dict(load_file(options.init))

    loss_function = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    x, y = parts["train"]
    updates = 0
    order = torch.arange(len(x))
    print("epoch,train/loss,train/accuracy,test/loss,test/accuracy")
    for epoch in range(1, 4):
        network.train()
        total, correct, seen = 0.0, 0, 0
        for rows in order.split(8):
            outputs = network(x[rows])
            loss = loss_function(outputs, y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            updates += 1
            total += loss.item() * len(rows)
            seen += len(rows)
            correct += (outputs.argmax(1) == y[rows]).sum().item()
        metrics = {"train/loss": total / seen}
        metrics["train/accuracy"] = correct / seen
        loss, accuracy = evaluate(network, loss_function, *parts["test"])
        metrics["test/loss"] = loss
        metrics["test/accuracy"] = accuracy
        print(epoch, *metrics.values(), sep=",")


if __name__ == "__main__":
    main()
