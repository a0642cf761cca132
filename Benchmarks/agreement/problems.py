"""Random small experiments: what they are as values.

Every experiment has a CSV file or IDX files, an init file and no shuffling, so that any tool can
repeat it. Three in ten are plain: rows of numbers into linear layers one after the other.
"""
import math

import numpy as np
from safetensors.numpy import save_file

import files
import networks
import peer

WORDS = ["Zebra", "apple", "mole", "ox", "yak"] + [f"z{j:02d}" for j in range(40)]
NUMBERS = ["-1", "2", "10", "30.5", "40"] + [str(50 + 7 * j) for j in range(40)]


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
    """An experiment, its data files in the folder, and the files that ask for its parts."""
    dice = Dice(seed, index)
    e = {"name": f"f{index:05d}", "is_plain": dice.chance(0.3), "dice": dice}
    data(dice, e)
    parts(dice, e)
    files.write_data(e, folder)
    if e["parts"]:
        files.write_probe(e, folder)
    return e


def complete(e, folder):
    """Draws what depends on how many rows there are to train on, and writes the file."""
    dice = e["dice"]
    batches(dice, e)
    network(dice, e)
    training(dice, e)
    save_file(e["init"], str(folder / f"{e['name']}.safetensors"))
    (folder / f"{e['name']}.yaml").write_text(files.yaml(e))


def data(dice, e):
    e["is_image"] = not e["is_plain"] and dice.chance(0.4)
    e["wide"] = not e["is_image"] and dice.chance(0.25)  # sizes that leave the thin kernels
    rows = dice.whole(3, 120)
    kinds = ["numbers"] if e["is_image"] else ["words", "words", "numbers", "values", "values"]
    e["kind"] = kind = dice.pick(kinds)
    classes = dice.whole(6, 45) if e["wide"] and dice.chance(0.4) else dice.whole(2, 6)
    classes = 2 if dice.chance(0.2) else classes
    loss(dice, e, classes)
    # A target of numbers is a regression unless the loss or the task says otherwise.
    needs_classes = e["loss"]["name"] in ("cross-entropy", "nll")
    e["task"] = not e["is_image"] and kind == "numbers" and (
        not needs_classes or dice.chance(0.2))
    columns = dice.whole(1, 40 if e["wide"] else 9)
    e["shape"] = (columns,)
    if e["is_image"]:
        images(dice, e, rows, classes)
    else:
        table(dice, e, rows, columns, classes)
    e["normalize"] = dice.pick(["none", "none", "standard", "minmax"])
    e["scale"] = dice.pick([None, None, 0.5])
    groups = e["shape"][0]
    e["shift"] = dice.pick([None, None, [float(j) - 1 for j in range(groups)]])
    e["target_place"] = dice.pick([columns, columns, 0, columns // 2])
    e["extra_column"] = dice.chance(0.2)  # one that `features` leaves out


def loss(dice, e, classes):
    if e["kind"] == "values":
        names = ["mse"] if e["is_plain"] else ["mse", "l1", "huber", "bce", "bce-with-logits"]
    else:
        names = ["cross-entropy"] * 3 + ["nll", "mse"]
        if not e["is_plain"]:
            names += ["cross-entropy"] * 2 + ["l1", "huber", "bce", "bce-with-logits"] * 2
    chosen = {"name": dice.pick(names)}
    e["outputs"] = classes if e["kind"] != "values" else 1
    if chosen["name"] == "cross-entropy" and not e["is_plain"]:
        if dice.chance(0.3):
            chosen["label_smoothing"] = dice.pick([0.05, 0.1, 0.5, 1])
        if dice.chance(0.3):
            weights = [dice.number(0.05, 5) for _ in range(classes)]
            chosen["class_weights"] = weights
    if chosen["name"] == "huber" and dice.chance(0.7):
        chosen["delta"] = dice.number(0.1, 3)
    if chosen["name"].startswith("bce") and classes == 2 and dice.chance(0.6):
        e["outputs"] = 1
    e["loss"], e["classes"] = chosen, classes


def table(dice, e, rows, columns, classes):
    if e["kind"] == "values":
        x = dice.rng.normal(size=(rows, columns)) * dice.pick([1, 1, 3]) + dice.pick([0, 0, 2])
        y = np.sin(x.sum(1)) + 0.1 * dice.rng.normal(size=rows)
        if e["loss"]["name"].startswith("bce"):
            y = np.clip(0.5 + y / 2, 0, 1)
        e["labels"] = [repr(float(v)) for v in y]
    else:
        rest = dice.rng.integers(0, classes, size=max(0, rows - classes))
        y = dice.rng.permutation(np.concatenate([np.arange(classes), rest]))
        x = dice.rng.normal(size=(len(y), columns)) * 1.5 + dice.pick([0, 0, 2])
        x[:, 0] += y
        names = WORDS if e["kind"] == "words" else NUMBERS
        e["labels"] = [names[v] for v in y]
    e.update(x=x, y=y)


def images(dice, e, rows, classes):
    shape = (dice.whole(3, 10), dice.whole(3, 10))

    def draw(rows):
        rest = dice.rng.integers(0, classes, size=max(0, rows - classes))
        y = dice.rng.permutation(np.concatenate([np.arange(classes), rest]))
        x = dice.rng.integers(0, 200, size=(len(y), *shape))
        x[np.arange(len(y)), 1, y % shape[1]] += 55
        x[:, 0, 0] = 1 + np.arange(len(y))  # by which a row is known
        return x, y

    e["bytes"], e["y"] = draw(rows)
    e["x"] = (e["bytes"] / 255).reshape(len(e["y"]), -1)
    e["shape"] = (1, *shape)
    e["own_test"] = draw(dice.whole(2, 60)) if dice.chance(0.4) else None
    e["gzip"] = dice.chance(0.5)


def parts(dice, e):
    """`take`, `split` and `label_noise`; which rows they choose is asked of Labbook."""
    e["take"] = e["split"] = e["noise"] = None
    rows = len(e["y"])
    if rows > 12 and dice.chance(0.2):
        e["take"] = dice.whole(rows // 2 + 4, rows + 1)
    # Of rows that neither train nor are left out it would not be known which are which.
    if rows > 9 and not e["take"] and dice.chance(0.45):
        part = "val" if e.get("own_test") else dice.pick(["val", "val", "test"])
        size = dice.pick([0.2, 0.34, 0.5, dice.whole(1, rows // 2 + 1)])
        e["split"] = (part, size)
    if e["kind"] != "values" and dice.chance(0.1):
        e["noise"] = dice.pick([0.1, 0.3])
    e["parts"] = any(e[key] for key in ("take", "split", "noise"))
    e["train_rows"], e["train_y"] = np.arange(rows), e["y"]


def batches(dice, e):
    rows = e["rows"] = len(e["train_rows"])
    e["batch"] = dice.pick(
        ["full", 1, 2, dice.whole(1, rows + 1), dice.whole(1, 40), 10**6, 32])
    e["size"] = rows if e["batch"] == "full" else min(e["batch"], rows)
    e["per_epoch"] = math.ceil(rows / e["size"])
    e["least_batch"] = (rows - 1) % e["size"] + 1


def network(dice, e):
    drawn = networks.Network(dice, e, e["is_plain"])
    e["mlp"] = None
    # An mlp ends with one output a class, and never with another activation.
    standard = 1 if e["kind"] == "values" else e["classes"]
    fits = e["loss"]["name"] not in ("nll", "bce") and e["outputs"] == standard
    if fits and dice.chance(0.2):
        hidden = [drawn.width() for _ in range(dice.whole(1, 4))]
        activation = drawn.activation()["kind"]
        e["mlp"] = {"hidden": hidden, "activation": activation}
        e["layers"] = []
        for width in hidden:
            e["layers"] += [networks.layer("linear", width), networks.layer(activation)]
        e["layers"].append(networks.layer("linear", e["outputs"]))
    else:
        e["layers"] = drawn.draw()
    tensors = peer.Net(e["layers"], e["shape"]).shapes()
    e["init"] = networks.initial(dice, tensors, dice.pick([1.0, 1.0, 0.5]))


def training(dice, e):
    if dice.chance(0.3):
        e["updates"] = dice.whole(0 if dice.chance(0.1) else 1, 120)
        e["duration"] = ("steps", e["updates"])
    else:
        e["duration"] = ("epochs", 0 if dice.chance(0.03) else dice.whole(1, 12))
        e["updates"] = e["duration"][1] * e["per_epoch"]
    optimizer(dice, e)
    zero_or = lambda low, high, share: dice.number(low, high) if dice.chance(share) else 0
    e["decay"], e["l1"] = zero_or(1e-6, 0.1, 1 / 3), zero_or(1e-6, 0.05, 1 / 4)
    e["clip"] = zero_or(0.01, 10, 1 / 3)
    schedule(dice, e)
    e["every"], e["measures_norm"] = dice.pick([None, None, 1, 3, 10]), dice.chance(0.7)
    e["is_named"] = dice.chance(0.2)
    has_val = bool(e["split"]) and e["split"][0] == "val"
    e["objective"] = ("minimize", "val/loss" if has_val else "train/loss")
    e["names_objective"] = e["updates"] > 0 and dice.chance(0.3)
    if e["names_objective"]:
        e["objective"] = ("minimize", "train/loss")
        if e["kind"] != "values" and dice.chance(0.5):
            e["objective"] = ("maximize", f"{'val' if has_val else 'train'}/accuracy")
    e["patience"] = dice.whole(1, 5) if dice.chance(0.15) else None


def optimizer(dice, e):
    names = ["sgd", "sgd", "adam", "adam", "adamw"]
    names += [] if e["is_plain"] else ["rmsprop", "rmsprop", "adagrad", "adagrad"]
    settings = {"name": dice.pick(names)}

    def sometimes(name, share, values):
        if dice.chance(share):
            settings[name] = dice.pick(values)

    if settings["name"] == "sgd":
        momentum = dice.pick([0, 0, 0.5, 0.9, 0.95])
        draw = dice.rng.random()
        if momentum:
            settings["momentum"] = momentum
            settings |= {"nesterov": True} if draw < 0.35 else {}
            settings |= {"dampening": dice.pick([0.1, 0.5])} if 0.35 <= draw < 0.5 else {}
        e["lr"] = dice.number(1e-4, 0.2)
    elif settings["name"] == "rmsprop":
        sometimes("alpha", 0.4, [0.5, 0.9, 0])
        sometimes("eps", 0.3, [1e-6, 1e-3])
        sometimes("centered", 0.4, [True])
        sometimes("momentum", 0.4, [0.5, 0.9])
        e["lr"] = dice.number(1e-5, 0.01)
    elif settings["name"] == "adagrad":
        sometimes("lr_decay", 0.4, [0.01, 0.5])
        sometimes("initial_accumulator_value", 0.4, [0.1, 2])
        sometimes("eps", 0.3, [1e-6, 1e-3])
        e["lr"] = dice.number(1e-4, 0.1)
    else:
        sometimes("beta1", 0.4, [0.5, 0.8, 0.95, 0])
        sometimes("beta2", 0.4, [0.9, 0.99, 0.9999])
        sometimes("eps", 0.3, [1e-6, 1e-3])
        e["lr"] = dice.number(1e-5, 0.03)
    if dice.chance(0.05):  # rates at which runs diverge
        e["lr"] = dice.number(1, 100) if settings["name"] == "sgd" else dice.number(0.1, 3)
    e["optimizer"] = settings


def schedule(dice, e):
    names = ["constant", "constant", "step", "exponential", "cosine", "linear"]
    names += [] if e["is_plain"] else ["one-cycle", "one-cycle", "plateau", "plateau"]
    name = dice.pick(names)
    settings = {"name": name}
    if name == "step":
        settings |= {"step_size": dice.whole(1, 5), "gamma": dice.pick([0.1, 0.5, 0.9])}
    if name == "exponential":
        settings["gamma"] = dice.pick([0.5, 0.9, 0.99])
    if name == "cosine" and dice.chance(0.5):
        settings["min_lr"] = float(f"{e['lr'] * 0.1:.3g}")
    if name == "linear" and dice.chance(0.5):
        settings["end_lr"] = float(f"{e['lr'] * 0.2:.3g}")
    if name == "one-cycle":
        for key, values in [
                ("pct_start", [0.1, 0.5, 0.25]), ("anneal_strategy", ["linear"]),
                ("div_factor", [2, 10]), ("final_div_factor", [10, 1]), ("three_phase", [True]),
                ("cycle_momentum", [False]), ("base_momentum", [0.5]), ("max_momentum", [0.9])]:
            if dice.chance(0.3):
                settings[key] = dice.pick(values)
        if settings.get("pct_start", 0.3) * e["updates"] == 1:  # PyTorch divides by zero there
            settings["pct_start"] = 0.7
    if name == "plateau":
        settings |= {"patience": dice.whole(0, 4), "factor": dice.pick([0.1, 0.5, 0])}
        if dice.chance(0.5):
            settings |= {"threshold": dice.pick([0.01, 0.2, 0]),
                         "threshold_mode": dice.pick(["rel", "abs"]),
                         "cooldown": dice.whole(0, 3), "min_lr": dice.pick([0, 1e-5])}
    epochs = e["updates"] / e["per_epoch"]
    if name != "one-cycle" and epochs >= 1 and dice.chance(0.35):
        settings["warmup"] = dice.whole(1, int(epochs) + 1)
        if e["per_epoch"] % 4 == 0 and epochs > 1.5 and dice.chance(0.3):
            settings["warmup"] = dice.pick([0.5, 1.5, 0.25])
    e["schedule"] = settings
