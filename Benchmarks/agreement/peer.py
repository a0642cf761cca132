"""PyTorch's side of a random experiment: every metric of every epoch, and the last weights."""
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)


class Prototypes(nn.Module):
    def __init__(self, points, size):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(points, size))

    def forward(self, x):
        return -((x.flatten(1)[:, None] - self.weight) ** 2).sum(2)


class Linear(nn.Linear):
    def forward(self, x):
        return super().forward(x.flatten(1))


def module(layer, shape):
    """PyTorch's module of a layer that reads one value."""
    kind, main, settings = layer["kind"], layer["main"], layer["settings"]
    given = [] if main is None else [main]
    size = math.prod(shape)
    if kind == "batch-norm":
        made = (nn.BatchNorm1d if len(shape) == 1 else nn.BatchNorm2d)(shape[0], **settings)
    elif kind == "leaky-relu":
        made = nn.LeakyReLU(*given)
    elif kind == "gelu":
        made = nn.GELU(approximate=main or "none")
    elif kind == "conv2d":
        named = {"kernel_size" if k == "kernel" else k: v for k, v in settings.items()}
        made = nn.Conv2d(shape[0], main, **named)
    else:
        made = {
            "linear": lambda: Linear(size, main, **settings),
            "prototypes": lambda: Prototypes(main, size),
            "layer-norm": lambda: nn.LayerNorm(shape, **settings),
            "relu": nn.ReLU, "elu": lambda: nn.ELU(*given), "silu": nn.SiLU,
            "softplus": lambda: nn.Softplus(*given, **settings), "sigmoid": nn.Sigmoid,
            "tanh": nn.Tanh, "softmax": lambda: nn.Softmax(1),
            "log-softmax": lambda: nn.LogSoftmax(1), "dropout": lambda: nn.Dropout(*given),
            "flatten": nn.Flatten, "max-pool2d": lambda: nn.MaxPool2d(main, **settings),
            "avg-pool2d": lambda: nn.AvgPool2d(main, **settings)}[kind]()
    return made


def greatest(values):
    result = values[0]
    for value in values[1:]:
        result = torch.maximum(result, value)
    return result


JOINS = {"add": sum, "max": greatest, "concat": lambda values: torch.cat(values, 1)}


class Net:
    """The graph of a list of layers; modules are known by the names of Labbook's parameters."""

    def __init__(self, layers, shape):
        self.nodes, self.names, self.modules = [], {}, {}
        self.open(layers, "", "input")
        self.owners = {id(n): n for n in self.nodes}
        self.forward(torch.zeros(2, *shape))  # makes the modules

    def open(self, layers, prefix, source):
        for place, layer in enumerate(layers):
            path = layer.get("name", f"{prefix}{place}")
            node = {"layer": layer, "path": path, "sources": [layer.get("from", source)]}
            if layer["kind"] in JOINS:
                node["sources"] = layer["main"]
            if layer["kind"] == "residual":
                end = self.open(layer["main"], f"{path}.", node["sources"][0])
                node["sources"] = [end, node["sources"][0]]
            self.nodes.append(node)
            source = len(self.nodes) - 1
            if "name" in layer:
                self.names[layer["name"]] = source
        return source

    def forward(self, x):
        values = {"input": x}
        while len(values) <= len(self.nodes):
            for index, node in enumerate(self.nodes):
                sources = [self.names.get(s, s) for s in node["sources"]]
                if index not in values and all(s in values for s in sources):
                    values[index] = self.value(node, [values[s] for s in sources])
                    break
        return values[len(self.nodes) - 1]

    def value(self, node, inputs):
        kind = node["layer"]["kind"]
        if kind == "residual":
            return inputs[0] + inputs[1]
        if kind in JOINS:
            return JOINS[kind](inputs)
        path = node["layer"].get("share", node["path"])
        if path not in self.modules:
            self.modules[path] = module(node["layer"], tuple(inputs[0].shape[1:]))
        return self.modules[path](inputs[0])

    def state(self):
        return {
            f"{path}.{name}": value for path, made in self.modules.items()
            for name, value in made.state_dict().items() if name != "num_batches_tracked"}

    def shapes(self):
        return {name: tuple(value.shape) for name, value in self.state().items()}

    def load(self, values, dtype):
        for path, made in self.modules.items():
            made.to(dtype)
            for name, value in made.state_dict().items():
                if name != "num_batches_tracked":
                    value.copy_(torch.tensor(values[f"{path}.{name}"]).to(dtype))

    def parameters(self):
        return [p for made in self.modules.values() for p in made.parameters()]

    def train(self, is_training):
        for made in self.modules.values():
            made.train(is_training)


def features(e, x):
    """Rows as the network sees them; the training rows give the normalisation."""
    moved = lambda x: x * (e["scale"] or 1) + np.array(e["shift"] or 0)
    known, x = moved(e["x"][e["train_rows"]]), moved(x)
    axis = None if e["is_image"] else 0
    if e["normalize"] == "standard":
        x = (x - known.mean(axis)) / np.maximum(known.std(axis), 1e-8)
    if e["normalize"] == "minmax":
        low, high = known.min(axis), known.max(axis)
        x = (x - low) / np.maximum(high - low, 1e-8)
    return x.astype(np.float32).reshape(-1, *e["shape"])


def evaluated(e):
    """The parts that judge an epoch: name, rows and targets."""
    result = []
    if e["split"]:
        taken = np.array(e["other_rows"])
        result.append((e["split"][0], e["x"][taken], e["y"][taken]))
    if e.get("own_test"):
        x, y = e["own_test"]
        result.append(("test", (x / 255).reshape(len(y), -1), y))
    return result


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
    settings = {k: v for k, v in e["optimizer"].items() if k not in ("name", "beta1", "beta2")}
    kinds = {"sgd": "SGD", "adam": "Adam", "adamw": "AdamW", "rmsprop": "RMSprop",
             "adagrad": "Adagrad"}
    name = e["optimizer"]["name"]
    if name.startswith("adam"):
        settings["betas"] = (
            float(e["optimizer"].get("beta1", 0.9)), e["optimizer"].get("beta2", 0.999))
    kind = getattr(torch.optim, kinds[name])
    return kind(parameters, e["lr"], weight_decay=e["decay"], **settings)


class Rates:
    """The rate of every update; PyTorch's own schedules where it has them per update or epoch."""

    def __init__(self, e, rule):
        self.e, self.rule, self.own = e, rule, None
        settings = {k: v for k, v in e["schedule"].items() if k not in ("name", "warmup")}
        schedules = torch.optim.lr_scheduler
        if e["schedule"]["name"] == "one-cycle" and e["updates"]:
            if e["optimizer"]["name"] == "adagrad":
                settings["cycle_momentum"] = False
            self.own = schedules.OneCycleLR(
                rule, e["lr"], total_steps=e["updates"], **settings)
        if e["schedule"]["name"] == "plateau":
            self.shadow = torch.optim.SGD([torch.zeros(1, requires_grad=True)], e["lr"])
            self.plateau = schedules.ReduceLROnPlateau(
                self.shadow, e["objective"][0][:3], **settings)

    def set(self, update):
        if self.own:
            return self.rule.param_groups[0]["lr"]
        warmup = round(self.e["schedule"].get("warmup", 0) * self.e["per_epoch"])
        value = rate(self.e, update)
        if self.e["schedule"]["name"] == "plateau" and update >= warmup:
            value = self.shadow.param_groups[0]["lr"]
        for group in self.rule.param_groups:
            group["lr"] = value
        return value

    def updated(self, done):
        if self.own and done < self.e["updates"]:
            self.own.step()

    def observe(self, objective):
        if self.e["schedule"]["name"] == "plateau":
            self.plateau.step(objective)


def loss_of(e, outputs, targets):
    name = e["loss"]["name"]
    if not outputs.isfinite().all():
        return outputs.sum() * math.nan  # PyTorch's bce refuses them
    if name == "cross-entropy":
        weights = e["loss"].get("class_weights")
        weights = torch.tensor(weights, dtype=outputs.dtype) if weights else None
        return F.cross_entropy(
            outputs, targets, weights, label_smoothing=e["loss"].get("label_smoothing", 0))
    if name == "nll":
        return F.nll_loss(outputs, targets)
    if e["kind"] != "values":
        is_single = e["outputs"] == 1
        targets = targets[:, None] if is_single else F.one_hot(targets, e["outputs"])
        targets = targets.to(outputs.dtype)
    if name == "huber":
        return F.huber_loss(outputs, targets, delta=e["loss"].get("delta", 1))
    return {
        "mse": F.mse_loss, "l1": F.l1_loss, "bce": F.binary_cross_entropy,
        "bce-with-logits": F.binary_cross_entropy_with_logits}[name](outputs, targets)


def correct(e, outputs, targets):
    """How many rows have the right class."""
    if e["kind"] == "values":
        return 0
    if e["outputs"] == 1:
        said = (outputs[:, 0] > (0.5 if e["loss"]["name"] == "bce" else 0)).long()
        return (said == targets).sum().item()
    return (outputs.argmax(1) == targets).sum().item()


def penalty(e, parameters):
    """What weight decay and l1 add to the loss; decoupled decay adds nothing."""
    decay = 0 if e["optimizer"]["name"] == "adamw" else e["decay"]
    weights = [p.data.double() for p in parameters]
    return sum(
        decay / 2 * (w**2).sum().item() + e["l1"] * w.abs().sum().item() for w in weights)


class Training:
    """One training of an experiment in one precision."""

    def __init__(self, e, dtype, nudge=0):
        self.e, self.dtype = e, dtype
        self.x, self.y = self.tensors(e["x"][e["train_rows"]], e["train_y"])
        self.parts = [(name, *self.tensors(x, y)) for name, x, y in evaluated(e)]
        self.net = Net(e["layers"], e["shape"])
        self.net.load(e["init"], dtype)
        if nudge:
            generator = torch.Generator().manual_seed(nudge)
            for p in self.net.parameters():
                p.data *= 1 + 6e-8 * torch.randn(p.shape, generator=generator, dtype=dtype)
        self.rule = optimizer(e, self.net.parameters())
        self.rates = Rates(e, self.rule)
        self.metrics = {name: [] for name in wanted(e)}

    def tensors(self, x, y):
        x = torch.tensor(features(self.e, x)).to(self.dtype)
        is_values = self.e["kind"] == "values"
        y = torch.tensor(np.asarray(y).astype(np.float32 if is_values else np.int64))
        return x, y.to(self.dtype)[:, None] if is_values else y

    def keep(self, name, value):
        if name in self.metrics:
            self.metrics[name].append(value)

    def update(self, batch, done, sums):
        """One update; adds what it measured to the epoch's sums."""
        e, x, y = self.e, self.x[batch], self.y[batch]
        parameters = self.net.parameters()
        sums["lr"] = self.rates.set(done)
        outputs = self.net.forward(x)
        loss = loss_of(e, outputs, y)
        self.rule.zero_grad(set_to_none=False)
        loss.backward()
        gradients = [p.grad if p.grad is not None else torch.zeros_like(p) for p in parameters]
        norms = torch.stack([torch.linalg.vector_norm(g) for g in gradients])
        sums["norm"] += torch.linalg.vector_norm(norms).item()
        if e["clip"]:
            torch.nn.utils.clip_grad_norm_(parameters, e["clip"])
        if e["l1"]:
            for p in parameters:
                p.grad.add_(e["l1"] * torch.sign(p.data))
        right = correct(e, outputs, y)
        sums["penalty"] += penalty(e, parameters) * len(x)
        sums["loss"] += loss.item() * len(x)
        sums["right"] += right
        sums["rows"] += len(x)
        sums["updates"] += 1
        self.rule.step()
        self.rates.updated(done + 1)
        if e["every"] and (done + 1) % e["every"] == 0:
            self.keep("batch/loss", loss.item())
            self.keep("batch/accuracy", right / len(x))

    def evaluate(self):
        self.net.train(False)
        with torch.no_grad():
            for name, x, y in self.parts:
                outputs = self.net.forward(x)
                self.keep(f"{name}/loss", loss_of(self.e, outputs, y).item())
                self.keep(f"{name}/accuracy", correct(self.e, outputs, y) / len(x))
        self.net.train(True)

    def epoch(self, done):
        """Trains an epoch; the updates done after it."""
        e = self.e
        sums = dict.fromkeys(["loss", "right", "penalty", "norm", "rows", "updates", "lr"], 0)
        for first in range(0, e["rows"], e["size"]):
            if done == e["updates"]:
                break
            self.update(slice(first, first + e["size"]), done, sums)
            done += 1
        self.keep("train/loss", sums["loss"] / sums["rows"])
        self.keep("train/accuracy", sums["right"] / sums["rows"])
        self.keep("train/objective", (sums["loss"] + sums["penalty"]) / sums["rows"])
        self.keep("grad_norm", sums["norm"] / sums["updates"])
        self.keep("lr", sums["lr"])
        self.evaluate()
        return done

    def run(self):
        direction, metric = self.e["objective"]
        done, epoch, best, chosen = 0, 0, None, 0
        self.evaluate()
        while done < self.e["updates"]:
            done = self.epoch(done)
            epoch += 1
            value = self.metrics[metric][-1]
            if not math.isnan(value) and (
                    best is None or (value < best if direction == "minimize" else value > best)):
                best, chosen = value, epoch
            self.rates.observe(value)
            if self.e["patience"] and epoch - chosen >= self.e["patience"]:
                break
        values = {name: v.detach().double().numpy().copy() for name, v in self.net.state().items()}
        return self.metrics, values


def train(e, dtype, nudge=0):
    """Metrics by name, a list each, and weights by name.

    A nudge other than 0 seeds changes of the first weights by about single precision's rounding.
    """
    return Training(e, dtype, nudge).run()


def wanted(e):
    """The metrics that Labbook records of the experiment."""
    has_classes = e["kind"] != "values"
    names = []
    for part in dict.fromkeys(name for name, _, _ in evaluated(e)):
        names += [f"{part}/loss"] + ([f"{part}/accuracy"] if has_classes else [])
    if e["updates"] == 0:
        return names
    names += ["train/loss", "lr"] + (["train/accuracy"] if has_classes else [])
    decays = e["decay"] and e["optimizer"]["name"] != "adamw"
    names += ["train/objective"] if decays or e["l1"] else []
    names += ["grad_norm"] if e["measures_norm"] else []
    if e["every"]:
        names += ["batch/loss"] + (["batch/accuracy"] if has_classes else [])
    return names
