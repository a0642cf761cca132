"""PyTorch's side of a random experiment: every metric of every epoch, and the last weights."""
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)


class Residual(nn.Sequential):
    def forward(self, x):
        return x + super().forward(x)


def modules(layers, size):
    plain = {
        "relu": lambda _: nn.ReLU(), "sigmoid": lambda _: nn.Sigmoid(), "tanh": lambda _: nn.Tanh(),
        "softmax": lambda _: nn.Softmax(1), "log-softmax": lambda _: nn.LogSoftmax(1),
        "dropout": lambda layer: nn.Dropout(layer[1]),
        "leaky-relu": lambda layer: nn.LeakyReLU(layer[1])}
    result = []
    for layer in layers:
        if layer[0] == "residual":
            result.append(Residual(*modules(layer[1], size)))
        elif layer[0] == "linear":
            result.append(nn.Linear(size, layer[1], bias=layer[2]))
            size = layer[1]
        else:
            result.append(plain[layer[0]](layer))
    return result


def features(e):
    x = e["x"] * (e["scale"] or 1) + np.array(e["shift"] or 0)
    if e["normalize"] == "standard":
        x = (x - x.mean(0)) / np.maximum(x.std(0), 1e-8)
    if e["normalize"] == "minmax":
        x = (x - x.min(0)) / np.maximum(x.max(0) - x.min(0), 1e-8)
    return x.astype(np.float32)


def rate(e, update):
    """The learning rate after `update` updates, by the formulas of the file's format."""
    schedule, lr, per_epoch = e["schedule"], e["lr"], e["per_epoch"]
    warmup = round(schedule.get("warmup", 0) * per_epoch)
    if update < warmup:
        return lr * (update + 1) / warmup
    progress = (update - warmup) / max(1, e["updates"] - warmup)
    epoch, name = update // per_epoch + 1, schedule["name"]
    if name == "cosine":
        least = schedule.get("min_lr", 0)
        return least + (lr - least) * (1 + math.cos(math.pi * progress)) / 2
    if name == "linear":
        return lr + (schedule.get("end_lr", 0) - lr) * progress
    if name == "step":
        return lr * schedule["gamma"] ** ((epoch - 1) // schedule["step_size"])
    return lr * schedule["gamma"] ** (epoch - 1) if name == "exponential" else lr


def optimizer(e, parameters):
    settings = e["optimizer"]
    if settings["name"] == "sgd":
        others = {k: v for k, v in settings.items() if k != "name"}
        return torch.optim.SGD(parameters, e["lr"], weight_decay=e["decay"], **others)
    kind = torch.optim.Adam if settings["name"] == "adam" else torch.optim.AdamW
    betas = float(settings.get("beta1", 0.9)), settings.get("beta2", 0.999)
    return kind(
        parameters, e["lr"], betas=betas, eps=settings.get("eps", 1e-8), weight_decay=e["decay"])


def loss_of(e, outputs, targets):
    if e["loss"] == "cross-entropy":
        return F.cross_entropy(outputs, targets)
    if e["loss"] == "nll":
        return F.nll_loss(outputs, targets)
    if e["kind"] != "values":
        targets = F.one_hot(targets, e["outputs"]).to(outputs.dtype)
    return F.mse_loss(outputs, targets)


def penalty(e, parameters):
    """What weight decay and l1 add to the loss; decoupled decay adds nothing."""
    decay = 0 if e["optimizer"]["name"] == "adamw" else e["decay"]
    weights = [p.data.double() for p in parameters]
    return sum(
        decay / 2 * (w**2).sum().item() + e["l1"] * w.abs().sum().item() for w in weights)


def update(e, done, net, optimizer, x, y, sums):
    """One update; adds what it measured to the epoch's sums and gives the batch's loss."""
    parameters = list(net.parameters())
    sums["lr"] = rate(e, done)
    for group in optimizer.param_groups:
        group["lr"] = sums["lr"]
    outputs = net(x)
    loss = loss_of(e, outputs, y)
    optimizer.zero_grad()
    loss.backward()
    norms = torch.stack([torch.linalg.vector_norm(p.grad) for p in parameters])
    sums["norm"] += torch.linalg.vector_norm(norms).item()
    if e["clip"]:
        torch.nn.utils.clip_grad_norm_(parameters, e["clip"])
    if e["l1"]:
        for p in parameters:
            p.grad.add_(e["l1"] * torch.sign(p.data))
    right = (outputs.argmax(1) == y).sum().item() if e["kind"] != "values" else 0
    sums["penalty"] += penalty(e, parameters) * len(x)
    sums["loss"] += loss.item() * len(x)
    sums["right"] += right
    sums["rows"] += len(x)
    sums["updates"] += 1
    optimizer.step()
    return loss.item(), right / len(x)


def train(e, dtype, nudge=0):
    """Metrics by name, a list each, and weights by name.

    A nudge other than 0 seeds changes of the first weights by about single precision's rounding.
    """
    x = torch.tensor(features(e)).to(dtype)
    is_values = e["kind"] == "values"
    y = torch.tensor(e["y"].astype(np.float32 if is_values else np.int64))
    y = y.to(dtype)[:, None] if is_values else y
    net = nn.Sequential(*modules(e["layers"], e["columns"])).to(dtype)
    net.load_state_dict({name: torch.tensor(v).to(dtype) for name, v in e["init"].items()})
    if nudge:
        generator = torch.Generator().manual_seed(nudge)
        for p in net.parameters():
            p.data *= 1 + 6e-8 * torch.randn(p.shape, generator=generator, dtype=dtype)
    rule = optimizer(e, net.parameters())
    metrics = {name: [] for name in wanted(e)}

    def keep(name, value):
        if name in metrics:
            metrics[name].append(value)

    done = 0
    while done < e["updates"]:
        sums = dict.fromkeys(["loss", "right", "penalty", "norm", "rows", "updates", "lr"], 0)
        for first in range(0, e["rows"], e["size"]):
            if done == e["updates"]:
                break
            batch = slice(first, first + e["size"])
            loss, accuracy = update(e, done, net, rule, x[batch], y[batch], sums)
            done += 1
            if e["every"] and done % e["every"] == 0:
                keep("batch/loss", loss)
                keep("batch/accuracy", accuracy)
        keep("train/loss", sums["loss"] / sums["rows"])
        keep("train/accuracy", sums["right"] / sums["rows"])
        keep("train/objective", (sums["loss"] + sums["penalty"]) / sums["rows"])
        keep("grad_norm", sums["norm"] / sums["updates"])
        keep("lr", sums["lr"])
    return metrics, {name: v.detach().double().numpy() for name, v in net.state_dict().items()}


def wanted(e):
    """The metrics that Labbook records of the experiment."""
    names = ["train/loss", "lr"]
    names += ["train/accuracy"] if e["kind"] != "values" else []
    decays = e["decay"] and e["optimizer"]["name"] != "adamw"
    names += ["train/objective"] if decays or e["l1"] else []
    names += ["grad_norm"] if e["measures_norm"] else []
    if e["every"]:
        names += ["batch/loss"] + (["batch/accuracy"] if e["kind"] != "values" else [])
    return names
