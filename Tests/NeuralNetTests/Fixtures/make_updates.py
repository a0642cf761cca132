"""Makes updates.json: ten updates of small networks, as PyTorch computes them on the CPU.

Run it with PyPI's torch: python make_updates.py > updates.json
Each case holds its data, initial weights and settings, and what came of them: the loss of every
update before it was made, the gradient's norm before clipping, the weights after the last, and the
outputs in evaluation mode for the first rows.
"""

import json

import torch
from torch import nn

ACTIVATIONS = {
    "relu": lambda s: nn.ReLU(),
    "leaky-relu": lambda s: nn.LeakyReLU(s["slope"]),
    "sigmoid": lambda s: nn.Sigmoid(),
    "tanh": lambda s: nn.Tanh(),
    "softmax": lambda s: nn.Softmax(dim=1),
    "log-softmax": lambda s: nn.LogSoftmax(dim=1),
}


def network(layers, width):
    modules = []
    for name, settings in layers:
        if name == "linear":
            modules.append(nn.Linear(width, settings["outputs"], settings.get("bias", True)))
            width = settings["outputs"]
        else:
            modules.append(ACTIVATIONS[name](settings))
    return nn.Sequential(*modules), width


def optimizer(name, s, parameters, lr, decay):
    betas = (s.get("beta1", 0.9), s.get("beta2", 0.999))
    if name == "sgd":
        return torch.optim.SGD(
            parameters, lr, s.get("momentum", 0), s.get("dampening", 0), decay, s.get("nesterov", False))
    kind = torch.optim.Adam if name == "adam" else torch.optim.AdamW
    return kind(parameters, lr, betas, s.get("eps", 1e-8), decay)


def rows(tensor):
    return [float("%.9g" % x) for x in tensor.detach().reshape(-1)]


def case(name, layers, features, count, batch, loss="cross-entropy", optimizer_name="sgd",
         settings=None, lr=0.1, decay=0.0, l1=0.0, clip=None, values=False, spread=1.0):
    settings = settings or {}
    torch.manual_seed(sum(map(ord, name)))
    model, outputs = network(layers, features)
    x = torch.randn(count, features) * spread
    classes = torch.randint(outputs, (count,))
    y = torch.randn(count, outputs)
    result = {
        "name": name, "layers": [{"name": n, "settings": s} for n, s in layers],
        "features": features, "rows": count, "batch": batch, "loss": loss,
        "optimizer": optimizer_name, "settings": settings, "lr": lr, "weightDecay": decay, "l1": l1,
        "clipNorm": clip, "x": rows(x), "classes": None if values else classes.tolist(),
        "values": rows(y) if values else None,
        "initial": {n: rows(p) for n, p in model.named_parameters()}, "losses": [], "norms": [],
    }
    target = y if values else (
        torch.nn.functional.one_hot(classes, outputs).float() if loss == "mse" else classes)
    criterion = {"cross-entropy": nn.CrossEntropyLoss, "nll": nn.NLLLoss, "mse": nn.MSELoss}[loss]()
    step = optimizer(optimizer_name, settings, model.parameters(), lr, decay)
    first = 0
    for _ in range(10):
        part = slice(first, min(first + batch, count))
        first = 0 if part.stop == count else part.stop
        step.zero_grad()
        value = criterion(model(x[part]), target[part])
        value.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), clip if clip else float("inf"))
        if l1:
            for p in model.parameters():
                p.grad += l1 * torch.sign(p)
        step.step()
        result["losses"].append(float(value))
        result["norms"].append(float(norm))
    result["final"] = {n: rows(p) for n, p in model.named_parameters()}
    result["outputs"] = rows(model(x[:7]))
    return result


def linear(n, **s):
    return ("linear", {"outputs": n, **s})


RELU, TANH, SIGMOID = ("relu", {}), ("tanh", {}), ("sigmoid", {})
SMALL = [linear(20), RELU, linear(3)]
WIDE = [linear(37), TANH, linear(29), RELU, linear(11)]

torch.set_num_threads(1)
print(json.dumps([
    case("sgd", SMALL, 2, 50, 50),
    case("sgd, last batch smaller", SMALL, 2, 50, 16),
    case("batches of one", SMALL, 3, 4, 1),
    case("sgd momentum", SMALL, 2, 50, 16, settings={"momentum": 0.9}),
    case("sgd nesterov", WIDE, 13, 60, 25, settings={"momentum": 0.8, "nesterov": True}),
    case("sgd dampening", SMALL, 2, 50, 16, settings={"momentum": 0.9, "dampening": 0.3}),
    case("sgd weight decay", SMALL, 2, 50, 16, decay=0.1),
    case("sgd momentum, weight decay", WIDE, 13, 60, 25, settings={"momentum": 0.9}, decay=0.03),
    case("adam", SMALL, 2, 50, 16, optimizer_name="adam", lr=0.01),
    case("adam, settings", WIDE, 13, 60, 25, optimizer_name="adam", lr=0.02,
         settings={"beta1": 0.7, "beta2": 0.9, "eps": 1e-3}),
    case("adam weight decay", SMALL, 2, 50, 50, optimizer_name="adam", lr=0.01, decay=0.1),
    case("adamw", SMALL, 2, 50, 16, optimizer_name="adamw", lr=0.01, decay=0.2),
    case("adamw, settings", WIDE, 13, 60, 60, optimizer_name="adamw", lr=0.02, decay=0.1,
         settings={"beta1": 0.5, "beta2": 0.95, "eps": 1e-2}),
    case("clip", SMALL, 2, 50, 16, clip=0.1),
    case("clip that seldom bites", SMALL, 2, 50, 16, clip=0.5, optimizer_name="adam", lr=0.05),
    case("l1", SMALL, 2, 50, 16, l1=0.02),
    case("l1, clip, decay", WIDE, 13, 60, 25, l1=0.01, clip=0.2, decay=0.05,
         settings={"momentum": 0.9}),
    case("mse on classes", [linear(16), SIGMOID, linear(5)], 4, 40, 40, loss="mse"),
    case("mse on values", [linear(16), TANH, linear(2)], 1, 40, 15, loss="mse", values=True),
    case("straight line", [linear(1)], 1, 40, 40, loss="mse", values=True),
    case("nll", [linear(16), RELU, linear(4), ("log-softmax", {})], 6, 40, 40, loss="nll"),
    case("leaky", [linear(16), ("leaky-relu", {"slope": 0.2}), linear(4)], 6, 40, 40),
    case("softmax inside", [linear(16), ("softmax", {}), linear(4)], 6, 40, 40),
    case("without bias", [linear(24, bias=False), RELU, linear(24, bias=False), RELU,
                          linear(4, bias=False)], 6, 40, 40),
    case("many classes", [linear(10), RELU, linear(40)], 6, 90, 45),
    case("blocks of a large batch", [linear(100), RELU, linear(3)], 2, 1000, 1000, lr=0.5),
    case("deep", [linear(12), RELU] * 6 + [linear(3)], 2, 30, 30),
    case("large inputs", SMALL, 2, 50, 50, spread=1e4, lr=1e-6),
], separators=(",", ":")))
