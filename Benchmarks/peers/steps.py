"""One update of every network of `measure steps` in eager PyTorch, one thread: a line of JSON each.

Usage: steps.py [NAME...]
"""
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def mlp(*sizes):
    layers = []
    for i, o in zip(sizes, sizes[1:]):
        layers += [nn.Linear(i, o), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


class Residual(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.layers(x)


def convolutional():
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(32 * 49, 10))


def residual():
    block = lambda: Residual(nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 32))
    return nn.Sequential(
        nn.Linear(32, 32), nn.ReLU(), block(), block(), block(), block(), nn.Linear(32, 10))


ALL = [
    ("w1", mlp(2, 100, 3), (2,), 3000, 3, True),
    ("w2", mlp(2, 100, 3), (2,), 32, 3, False),
    ("w3", mlp(784, 256, 128, 10), (784,), 128, 10, True),
    ("w4", mlp(784, 1024, 1024, 10), (784,), 256, 10, False),
    ("w9", convolutional(), (1, 28, 28), 128, 10, False),
    ("13-50-50-1, batch 100", mlp(13, 50, 50, 1), (13,), 100, 0, True),
    ("784-256-10, batch 1", mlp(784, 256, 10), (784,), 1, 10, False),
    ("784-256-10, batch 4096", mlp(784, 256, 10), (784,), 4096, 10, False),
    ("20 layers of 32, batch 64", mlp(*[32] * 21, 10), (32,), 64, 10, True),
    ("784-4096-10, batch 128", mlp(784, 4096, 10), (784,), 128, 10, False),
    ("residual of 10,000 parameters, batch 64", residual(), (32,), 64, 10, True),
    ("5 million parameters, batch 128", mlp(784, 1900, 1800, 10), (784,), 128, 10, True),
]


def main():
    torch.set_num_threads(1)
    for name, model, shape, batch, classes, is_adam in ALL:
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        x = torch.rand(batch, *shape)
        y = torch.randint(0, classes, (batch,)) if classes else torch.rand(batch, 1)
        loss_of = F.cross_entropy if classes else F.mse_loss
        optimizer = (torch.optim.Adam(model.parameters(), lr=1e-4) if is_adam else
                     torch.optim.SGD(model.parameters(), lr=1e-4, momentum=0.9))

        def step():
            loss = loss_of(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

        step()
        calls, start = 1, time.thread_time()
        step()
        calls = max(2, min(2000, int(0.3 / max(1e-6, time.thread_time() - start))))
        times = []
        for _ in range(3):
            start = time.thread_time()
            for _ in range(calls):
                step()
            times.append((time.thread_time() - start) / calls)
        print(json.dumps({"name": name, "us": sorted(times)[1] * 1e6}), flush=True)


if __name__ == "__main__":
    main()
