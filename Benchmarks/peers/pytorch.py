"""The workloads as a person would write them in PyTorch (eager, one thread or PEER_THREADS).

Usage: pytorch.py w1|w2|w3|w4|w5|w9|wide [fused]   with `fused`, the optimizers' fused kernels; prints one JSON object: seconds of training and evaluation, without
imports and without loading data (w5: the whole sweep on two processes, joblib, without imports).
"""
import gzip
import json
import math
import os
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

FUSED = sys.argv[2:] == ["fused"] or None
FASHION = "/usr/share/datasets/fashion-mnist/"


def spiral(points=1000, classes=3, seed=1):
    generator = torch.Generator().manual_seed(seed)
    parts = []
    for k in range(1, classes + 1):
        t = torch.linspace(0, 1, points)
        u = 2 * math.pi / classes * (2 * t + k - 1) + torch.randn(points, generator=generator) * 0.2
        parts.append(torch.stack((t * torch.sin(u), t * torch.cos(u)), 1))
    return torch.cat(parts), torch.arange(classes).repeat_interleave(points)


def fashion(name):
    with gzip.open(FASHION + name + "-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)
    with gzip.open(FASHION + name + "-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    return torch.tensor(images / np.float32(255)), torch.tensor(labels.astype(np.int64))


def mlp(sizes):
    layers = []
    for i, o in zip(sizes, sizes[1:]):
        layers += [nn.Linear(i, o), nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def evaluate(model, x, y, size=1000):
    model.eval()
    loss = correct = 0.0
    with torch.no_grad():
        for i in range(0, len(x), size):
            out = model(x[i:i + size])
            loss += F.cross_entropy(out, y[i:i + size], reduction="sum").item()
            correct += (out.argmax(1) == y[i:i + size]).sum().item()
    model.train()
    return loss / len(x), correct / len(x)


def train(model, optimizer, x, y, batch, epochs, test=None):
    result = None
    for _ in range(epochs):
        order = torch.randperm(len(x))
        loss_sum = correct = 0.0
        for i in range(0, len(x), batch):
            rows = order[i:i + batch]
            xb, yb = x[rows], y[rows]
            out = model(xb)
            loss = F.cross_entropy(out, yb)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            loss_sum += loss.item() * len(rows)
            correct += (out.argmax(1) == yb).sum().item()
        result = {"loss": loss_sum / len(x), "accuracy": correct / len(x)}
        if test is not None:
            result["test_loss"], result["test_accuracy"] = evaluate(model, *test)
    return result


def w1():
    x, y = spiral()
    model = mlp([2, 100, 3])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=FUSED)

    def steps(n):
        for _ in range(n):
            out = model(x)
            loss = F.cross_entropy(out, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            accuracy = (out.argmax(1) == y).float().mean().item()
            value = loss.item()
        return {"loss": value, "accuracy": accuracy}

    return steps, 1000, 3000


def w2():
    x, y = spiral()
    model = mlp([2, 100, 3])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, fused=FUSED)
    # Ten epochs show the time of a step; Labbook's side has a hundred, to be measurable at all.
    return (lambda n: train(model, optimizer, x, y, 32, 10)), 940, 32


def w3():
    x, y = fashion("train")
    test = fashion("t10k")
    model = mlp([784, 256, 128, 10])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=FUSED)
    return (lambda n: train(model, optimizer, x, y, 128, 3, test)), 3 * 469, 128


def w4():
    x, y = fashion("train")
    test = fashion("t10k")
    model = mlp([784, 1024, 1024, 10])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, fused=FUSED)
    return (lambda n: train(model, optimizer, x, y, 256, 1, test)), 235, 256


def wide():
    x, y = fashion("train")
    test = fashion("t10k")
    model = mlp([784, 4096, 10])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, fused=FUSED)
    return (lambda n: train(model, optimizer, x, y, 128, 1, test)), 469, 128


def w9():
    x, y = fashion("train")
    test = fashion("t10k")
    model = nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(32 * 49, 10))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, fused=FUSED)
    return (lambda n: train(model, optimizer, x, y, 128, 1, test)), 469, 128


def one_run(lr, hidden, seed):
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    x, y = spiral()
    model = mlp([2, *hidden, 3])
    return train(model, torch.optim.Adam(model.parameters(), lr=lr, fused=FUSED), x, y, 64, 20)


def w5():
    from joblib import Parallel, delayed

    rates = np.geomspace(1e-4, 1e-1, 8)
    nets = [[16], [64], [64, 64], [128, 128, 128]]
    jobs = [(float(lr), net, seed) for lr in rates for net in nets for seed in (1, 2)]

    def sweep(_):
        results = Parallel(n_jobs=2)(delayed(one_run)(*job) for job in jobs)
        return {"accuracy": max(r["accuracy"] for r in results)}

    return sweep, 64 * 20 * 47, 64


if __name__ == "__main__":
    torch.set_num_threads(int(os.environ.get("PEER_THREADS", "1")))
    torch.manual_seed(1)
    works = {"w1": w1, "w2": w2, "w3": w3, "w4": w4, "w5": w5, "w9": w9, "wide": wide}
    work, steps, rows = works[sys.argv[1]]()
    if sys.argv[1] == "w1":
        work(10)
    start = time.perf_counter()
    result = work(steps)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "steps": steps, "rows": rows, **result}))
