"""Random small experiments: what they are as values, and the files that Labbook reads.

Every experiment has a CSV file, an init file and no shuffling, so that any tool can repeat it.
"""
import math

import numpy as np
from safetensors.numpy import save_file

WORDS = ["Zebra", "apple", "mole", "ox", "yak"] + [f"z{j:02d}" for j in range(40)]
NUMBERS = ["-1", "2", "10", "30.5", "40"] + [str(50 + 7 * j) for j in range(40)]
ACTIVATIONS = ["relu", "leaky-relu", "sigmoid", "tanh"]


class Dice:
    """Random choices of one experiment."""

    def __init__(self, seed, index):
        self.rng = np.random.default_rng([seed, index])

    def pick(self, values):
        return values[self.rng.integers(len(values))]

    def chance(self, share):
        return bool(self.rng.random() < share)

    def whole(self, low, high):
        """A whole number from low up to and without high."""
        return int(self.rng.integers(low, high))

    def number(self, low, high):
        """A log-uniform number with 3 significant digits."""
        return float(f"{math.exp(self.rng.uniform(math.log(low), math.log(high))):.3g}")


def make(seed, index, folder):
    """An experiment, and its files in the folder."""
    dice = Dice(seed, index)
    e = {"name": f"f{index:05d}"}
    data(dice, e)
    network(dice, e)
    training(dice, e)
    write_csv(e, folder)
    save_file(e["init"], str(folder / f"{e['name']}.safetensors"))
    (folder / f"{e['name']}.yaml").write_text(yaml(e))
    return e


def data(dice, e):
    e["wide"] = dice.chance(0.25)  # sizes that leave the kernels for thin matrices
    rows, columns = dice.whole(3, 120), dice.whole(1, 40 if e["wide"] else 9)
    e["kind"] = kind = dice.pick(["words", "words", "numbers", "numbers", "values", "values"])
    e["loss"] = "mse" if kind == "values" else dice.pick(
        ["cross-entropy", "cross-entropy", "nll", "mse"])
    # A target of numbers is a regression unless the loss or the task says otherwise.
    e["task"] = kind == "numbers" and (e["loss"] == "mse" or dice.chance(0.2))
    classes = dice.whole(6, 45) if e["wide"] and dice.chance(0.4) else dice.whole(2, 6)
    if kind == "values":
        x = dice.rng.normal(size=(rows, columns)) * dice.pick([1, 1, 3]) + dice.pick([0, 0, 2])
        y = np.sin(x.sum(1)) + 0.1 * dice.rng.normal(size=rows)
        e.update(outputs=1, labels=[repr(float(v)) for v in y])
    else:
        rest = dice.rng.integers(0, classes, size=max(0, rows - classes))
        y = dice.rng.permutation(np.concatenate([np.arange(classes), rest]))
        x = dice.rng.normal(size=(len(y), columns)) * 1.5 + dice.pick([0, 0, 2])
        x[:, 0] += y
        names = WORDS if kind == "words" else NUMBERS
        e.update(outputs=classes, labels=[names[v] for v in y])
    e.update(x=x, y=y, rows=len(y), columns=columns)
    e["normalize"] = dice.pick(["none", "none", "standard", "minmax"])
    e["scale"] = dice.pick([None, None, 0.5])
    e["shift"] = dice.pick([None, None, [float(j) - 1 for j in range(columns)]])
    e["target_place"] = dice.pick([columns, columns, 0, columns // 2])
    e["extra_column"] = dice.chance(0.2)  # one that `features` leaves out


def network(dice, e):
    widths = [dice.whole(1, 140 if e["wide"] else 24) for _ in range(dice.whole(0, 4))]
    e["mlp"] = None
    layers = []
    if widths and e["loss"] != "nll" and dice.chance(0.35):
        name = dice.pick(ACTIVATIONS)
        e["mlp"] = {"hidden": widths, "activation": name}
        for width in widths:
            layers += [("linear", width, True), (name, 0.01)]
        layers.append(("linear", e["outputs"], True))
    else:
        for width in widths:
            layers += hidden(dice, width)
        layers.append(("linear", e["outputs"], dice.chance(0.85)))
        layers += last(dice, e)
    e["layers"] = layers
    e["init"] = {}
    weights(dice, e["init"], layers, e["columns"], "", dice.pick([1.0, 1.0, 0.5]))


def hidden(dice, width):
    layers = [("linear", width, dice.chance(0.75))]
    draw = dice.rng.random()
    if draw < 0.8:
        layers.append((dice.pick(ACTIVATIONS), dice.pick([0.01, 0.2, 0, 0.5])))
    elif draw < 0.86:
        layers.append((dice.pick(["softmax", "log-softmax"]),))
    elif draw < 0.9:
        layers.append(("dropout", 0))
    if dice.chance(0.08):
        within = [("linear", dice.whole(1, 20), True), (dice.pick(["relu", "tanh", "sigmoid"]), 0)]
        layers.append(("residual", within + [("linear", width, dice.chance(0.7))]))
    return layers


def last(dice, e):
    if e["loss"] == "nll":
        return [("log-softmax",)]
    if e["loss"] == "mse" and dice.chance(0.2):
        return [(dice.pick(["sigmoid", "tanh"]) if e["kind"] == "values" else "softmax", 0)]
    if e["loss"] == "cross-entropy" and dice.chance(0.08):
        return [(dice.pick(["softmax", "log-softmax"]),)]
    return []


def weights(dice, init, layers, size, prefix, gain):
    for place, layer in enumerate(layers):
        if layer[0] == "residual":
            weights(dice, init, layer[1], size, f"{prefix}{place}.", gain)
        if layer[0] != "linear":
            continue
        bound = gain / math.sqrt(size)
        uniform = lambda shape: dice.rng.uniform(-bound, bound, size=shape).astype(np.float32)
        init[f"{prefix}{place}.weight"] = uniform((layer[1], size))
        if layer[2]:
            init[f"{prefix}{place}.bias"] = uniform(layer[1])
        size = layer[1]


def training(dice, e):
    rows = e["rows"]
    e["batch"] = dice.pick(
        ["full", 1, 2, dice.whole(1, rows + 1), dice.whole(1, 40), 10**6, 32])
    e["size"] = rows if e["batch"] == "full" else min(e["batch"], rows)
    e["per_epoch"] = math.ceil(rows / e["size"])
    if dice.chance(0.3):
        e["updates"] = dice.whole(1, 120)
        e["duration"] = ("steps", e["updates"])
    else:
        e["duration"] = ("epochs", dice.whole(1, 12))
        e["updates"] = e["duration"][1] * e["per_epoch"]
    optimizer(dice, e)
    zero_or = lambda low, high, share: dice.number(low, high) if dice.chance(share) else 0
    e["decay"], e["l1"] = zero_or(1e-6, 0.1, 1 / 3), zero_or(1e-6, 0.05, 1 / 4)
    e["clip"] = zero_or(0.01, 10, 1 / 3)
    schedule(dice, e)
    e["every"], e["measures_norm"] = dice.pick([None, None, 1, 3, 10]), dice.chance(0.7)
    e["is_named"] = dice.chance(0.2)


def optimizer(dice, e):
    settings = {"name": dice.pick(["sgd", "sgd", "adam", "adam", "adamw"])}
    if settings["name"] == "sgd":
        momentum = dice.pick([0, 0, 0.5, 0.9, 0.95])
        draw = dice.rng.random()
        if momentum:
            settings["momentum"] = momentum
            settings |= {"nesterov": True} if draw < 0.35 else {}
            settings |= {"dampening": dice.pick([0.1, 0.5])} if 0.35 <= draw < 0.5 else {}
        e["lr"] = dice.number(1e-4, 0.2)
    else:
        for name, share, values in [
            ("beta1", 0.4, [0.5, 0.8, 0.95, 0]), ("beta2", 0.4, [0.9, 0.99, 0.9999]),
            ("eps", 0.3, [1e-6, 1e-3])]:
            if dice.chance(share):
                settings[name] = dice.pick(values)
        e["lr"] = dice.number(1e-5, 0.03)
    if dice.chance(0.06):  # rates at which runs diverge
        e["lr"] = dice.number(1, 100) if settings["name"] == "sgd" else dice.number(0.1, 3)
    e["optimizer"] = settings


def schedule(dice, e):
    name = dice.pick(["constant", "constant", "step", "exponential", "cosine", "linear"])
    settings = {"name": name}
    if name == "step":
        settings |= {"step_size": dice.whole(1, 5), "gamma": dice.pick([0.1, 0.5, 0.9])}
    if name == "exponential":
        settings["gamma"] = dice.pick([0.5, 0.9, 0.99])
    if name == "cosine" and dice.chance(0.5):
        settings["min_lr"] = float(f"{e['lr'] * 0.1:.3g}")
    if name == "linear" and dice.chance(0.5):
        settings["end_lr"] = float(f"{e['lr'] * 0.2:.3g}")
    epochs = e["updates"] / e["per_epoch"]
    if epochs >= 1 and dice.chance(0.35):
        settings["warmup"] = dice.whole(1, int(epochs) + 1)
        if e["per_epoch"] % 4 == 0 and epochs > 1.5 and dice.chance(0.3):
            settings["warmup"] = dice.pick([0.5, 1.5, 0.25])
    e["schedule"] = settings


def write_csv(e, folder):
    place, extra = e["target_place"], e["extra_column"]

    def line(cells, target, other):
        return ",".join(cells[:place] + [target] + cells[place:] + ([other] if extra else []))

    lines = [line([f"x{j}" for j in range(e["columns"])], "target", "other")]
    for row, label in zip(e["x"], e["labels"]):
        lines.append(line([repr(float(v)) for v in row], label, "7.5"))
    (folder / f"{e['name']}.csv").write_text("\n".join(lines) + "\n")


def flow(value):
    """A value in YAML's flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) else str(value)


def listed(e, layers, is_top=True):
    """A list of layers as the file has it."""
    parts = []
    for place, layer in enumerate(layers):
        if layer[0] == "linear":
            is_last = is_top and place >= len(layers) - 2 and layer[1] == e["outputs"]
            width = "classes" if is_last and e["kind"] != "values" else layer[1]
            parts.append(flow({"linear": width} | ({} if layer[2] else {"bias": False})))
        elif layer[0] == "residual":
            parts.append("{residual: " + listed(e, layer[1], False) + "}")
        elif layer[0] in ("dropout", "leaky-relu"):
            parts.append(flow({layer[0]: layer[1]}))
        else:
            parts.append(layer[0])
    return "[" + ", ".join(parts) + "]"


def yaml(e):
    """The experiment file."""
    model = flow({"mlp": e["mlp"]}) if e["mlp"] else listed(e, e["layers"])
    lines = ["data:", "  source: csv", f"  path: {e['name']}.csv", "  target: target"]
    if e["extra_column"]:
        lines.append(f"  features: {flow([f'x{j}' for j in range(e['columns'])])}")
    if e["task"]:
        lines.append("  task: classification")
    for key in ("normalize", "scale", "shift"):
        if e[key] not in (None, "none"):
            lines.append(f"  {key}: {flow(e[key])}")
    lines += ["models:", f"  the net: {model}"] if e["is_named"] else [f"model: {model}"]
    choice = lambda settings: flow(settings) if len(settings) > 1 else settings["name"]
    lines += [
        "train:", f"  loss: {e['loss']}", f"  optimizer: {choice(e['optimizer'])}",
        f"  lr: {flow(e['lr'])}", f"  schedule: {choice(e['schedule'])}",
        f"  batch_size: {e['batch']}", f"  {e['duration'][0]}: {e['duration'][1]}",
        "  shuffle: false", f"  init: {{name: file, path: {e['name']}.safetensors}}"]
    log = {"every": e["every"]} if e["every"] else {}
    log |= {"grad_norm": True} if e["measures_norm"] else {}
    for key, value in [
        ("log", log), ("weight_decay", e["decay"]), ("l1", e["l1"]), ("clip_norm", e["clip"])]:
        if value:
            lines.append(f"  {key}: {flow(value)}")
    lines += ["notebook:", "  - sweep: main"]  # and no figures
    return "\n".join(lines) + "\n"
