"""Random networks: lists of layers as the file writes them, with the shapes they lead to.

A layer is a dictionary: its kind, its main value where it has one, the settings beside it, and
name, from, share. Shapes are those of one row: (n,), or (channels, height, width).
"""
import math

import numpy as np

ACTIVATIONS = ["relu", "leaky-relu", "sigmoid", "tanh", "elu", "gelu", "silu", "softplus"]
NAMES = ["a", "b", "c", "left", "right", "läyer", "in put", "off", "1e", "x y z", "m", "n", "o", "p"]
NAMES += [f"l{k}" for k in range(40)]


def layer(kind, main=None, **settings):
    return {"kind": kind, "main": main, "settings": settings}


def count(shape):
    return math.prod(shape)


def window(size, kernel, stride, padding):
    return (size + 2 * padding - kernel) // stride + 1


class Network:
    """Draws the layers of one experiment."""

    def __init__(self, dice, e, is_plain):
        self.dice, self.e, self.is_plain = dice, e, is_plain
        self.may_normalize = e["least_batch"] > 1
        self.names = list(dice.rng.permutation(NAMES))
        self.widest = 140 if e["wide"] else 24

    def draw(self):
        """The whole list: hidden layers, and last ones that fit the loss."""
        shape, layers = self.e["shape"], []
        for _ in range(self.dice.whole(0, 4)):
            more, shape = self.block(shape)
            layers += more
        if not self.is_plain and self.dice.chance(0.35):
            more, shape = self.graph(shape, layers, is_top=True)
            layers += more
        return layers + self.last(shape)

    def activation(self):
        kinds = ACTIVATIONS[:4] if self.is_plain else ACTIVATIONS
        kind = self.dice.pick(kinds)
        if kind == "leaky-relu" and self.dice.chance(0.6):
            return layer(kind, self.dice.pick([0.2, 0, 0.5]))
        if kind == "elu" and self.dice.chance(0.5):
            return layer(kind, self.dice.pick([0.3, 2]))
        if kind == "gelu" and self.dice.chance(0.5):
            return layer(kind, "tanh")
        if kind == "softplus" and self.dice.chance(0.5):
            return layer(kind, self.dice.pick([0.5, 3]), threshold=self.dice.pick([20, 2, 0]))
        return layer(kind)

    def width(self):
        return self.dice.whole(1, self.widest)

    def linear(self, width, bias=0.75):
        return layer("linear", width, **({} if self.dice.chance(bias) else {"bias": False}))

    def norm(self):
        """A normalisation, or none."""
        if self.is_plain or self.dice.chance(0.7):
            return []
        eps = {"eps": self.dice.pick([1e-3, 0.1])} if self.dice.chance(0.3) else {}
        if self.may_normalize and self.dice.chance(0.6):
            momentum = {"momentum": self.dice.pick([0, 0.5, 1])} if self.dice.chance(0.3) else {}
            return [layer("batch-norm", **eps, **momentum)]
        return [layer("layer-norm", **eps)]

    def block(self, shape):
        """Some layers that read the value before them, and the shape they lead to."""
        draw = self.dice.rng.random()
        if len(shape) == 3 and not self.is_plain and draw < 0.85:
            return self.image_block(shape)
        if self.is_plain or draw < 0.5:
            return self.dense_block()
        if draw < 0.62:
            return self.residual(shape)
        if draw < 0.72:
            return self.shared(shape)
        if draw < 0.9:
            return self.graph(shape, [])
        width = self.dice.whole(1, 12)
        return [layer("prototypes", width)] + self.norm(), (width,)

    def dense_block(self):
        width = self.width()
        layers = [self.linear(width)] + self.norm()
        draw = self.dice.rng.random()
        if draw < 0.8:
            layers.append(self.activation())
        elif draw < 0.86:
            layers.append(layer(self.dice.pick(["softmax", "log-softmax"])))
        elif draw < 0.9:
            layers.append(layer("dropout", 0))
        if self.dice.chance(0.08):
            within = [self.linear(self.dice.whole(1, 20), 1), self.activation()]
            layers.append(layer("residual", within + [self.linear(width, 0.7)]))
        return layers, (width,)

    def image_block(self, shape):
        draw = self.dice.rng.random()
        if draw < 0.5:
            conv, shape = self.conv(shape)
            return [conv] + self.norm() + [self.activation()], shape
        if draw < 0.65 and min(shape[1:]) > 1:
            return self.pool(shape)
        if draw < 0.75:
            return self.residual(shape)
        if draw < 0.82:
            return self.shared(shape)
        if draw < 0.94:
            return self.graph(shape, [])
        return [layer("flatten")], (count(shape),)

    def conv(self, shape):
        channels, high, wide = shape
        padding = self.dice.pick([0, 0, 1, 2])
        kernel = self.dice.whole(1, min(5, min(high, wide) + 2 * padding) + 1)
        stride = self.dice.pick([1, 1, 2, 3])
        settings = {"kernel": kernel}
        settings |= {"stride": stride} if stride > 1 else {}
        settings |= {"padding": padding} if padding else {}
        settings |= {} if self.dice.chance(0.7) else {"bias": False}
        out = self.dice.whole(1, 7)
        sizes = [window(size, kernel, stride, padding) for size in (high, wide)]
        return layer("conv2d", out, **settings), (out, *sizes)

    def pool(self, shape):
        channels, high, wide = shape
        kernel = self.dice.whole(1, min(4, high, wide) + 1)
        stride = self.dice.pick([None, None, 1, 2])
        padding = self.dice.whole(0, kernel // 2 + 1) if self.dice.chance(0.3) else 0
        settings = {"stride": stride} if stride else {}
        settings |= {"padding": padding} if padding else {}
        sizes = [window(size, kernel, stride or kernel, padding) for size in (high, wide)]
        kind = self.dice.pick(["max-pool2d", "avg-pool2d"])
        return [layer(kind, kernel, **settings)], (channels, *sizes)

    def same(self, shape, out=None):
        """A layer with parameters that keeps the shape, but for `out` channels or numbers."""
        if len(shape) == 1:
            return self.linear(out or shape[0], 0.8)
        kernel = self.dice.pick([1, 3])
        settings = {"kernel": kernel} | ({"padding": 1} if kernel == 3 else {})
        return layer("conv2d", out or shape[0], **settings)

    def residual(self, shape):
        within = [self.same(shape, self.dice.whole(1, 8))] + self.norm() + [self.activation()]
        middle = within[0]["main"]
        if len(shape) == 1 and self.dice.chance(0.25):
            more, inner = self.graph((middle,), [])
            within += more
        within.append(self.same(shape))
        result = layer("residual", within)
        if self.dice.chance(0.2):
            result["name"] = self.names.pop()
        return [result], shape

    def shared(self, shape):
        """The same parameters twice, one after the other."""
        draw = self.dice.rng.random()
        if draw < 0.2 and self.may_normalize:
            owner = layer("batch-norm")
        elif draw < 0.35:
            owner = layer("layer-norm")
        elif draw < 0.45 and len(shape) == 1 and shape[0] < 30:
            owner = layer("prototypes", shape[0])
        else:
            owner = self.same(shape)
        owner["name"] = self.names.pop()
        again = {**owner, "share": owner["name"]}
        del again["name"]
        return [owner, self.activation(), again], shape

    def graph(self, shape, before, is_top=False):
        """Branches from one value, joined again; a branch may stand before the rest of the list."""
        join = self.dice.pick(["add", "max", "concat"])
        out = self.dice.whole(1, 8)
        source = self.names.pop()
        layers = [{**self.activation(), "name": source}]
        branches, shapes = [], []
        for place in range(self.dice.whole(1, 4)):
            own = out if join != "concat" else self.dice.whole(1, 8)
            branch = [self.same(shape, own)] + self.norm()
            branch += [self.activation()] if self.dice.chance(0.6) else []
            branch[0] = {**branch[0], "from": source}
            branch[-1] = {**branch[-1], "name": self.names.pop()}
            branches.append(branch)
            shapes.append((own, *shape[1:]))
        inputs = [branch[-1]["name"] for branch in branches]
        if join == "concat" or shape == shapes[0]:
            inputs.append(source)
            shapes.append(shape)
        if len(inputs) == 1 or (join != "concat" and self.dice.chance(0.1)):
            inputs.append(inputs[0])  # the same value twice
            shapes.append(shapes[0])
        if is_top and before and self.dice.chance(0.5):
            # A branch that stands at the list's beginning reads a layer further below.
            first = branches.pop()
            if "from" not in before[0] and before[0]["kind"] not in ("add", "max", "concat"):
                before[0] = {**before[0], "from": "input"}
                before[:0] = first
            else:
                branches.append(first)
        layers += [one for branch in branches for one in branch]
        layers.append(layer(join, inputs))
        total = sum(s[0] for s in shapes) if join == "concat" else shapes[0][0]
        return layers, (total, *shape[1:])

    def last(self, shape):
        """What ends the list with as many outputs as the loss needs."""
        e, outputs = self.e, self.e["outputs"]
        layers = [self.linear(outputs, 0.85)]
        if not self.is_plain and e["loss"]["name"] != "bce" and self.dice.chance(0.08):
            layers = [layer("prototypes", outputs)]
        if e["loss"]["name"] == "nll":
            return layers + [layer("log-softmax")]
        if e["loss"]["name"] == "bce":
            few = outputs > 1 and self.dice.chance(0.3)
            return layers + [layer("softmax" if few else "sigmoid")]
        if e["loss"]["name"] in ("mse", "l1", "huber") and self.dice.chance(0.2):
            kinds = ["sigmoid", "tanh"] if e["kind"] == "values" else ["softmax"]
            return layers + [layer(self.dice.pick(kinds))]
        if e["loss"]["name"] == "cross-entropy" and self.dice.chance(0.08):
            return layers + [layer(self.dice.pick(["softmax", "log-softmax"]))]
        return layers


def initial(dice, tensors, gain):
    """First values for tensors by name and shape."""
    result = {}
    for name, shape in tensors.items():
        kind = name.rsplit(".", 1)[1]
        fan_in = max(1, count(shape[1:])) if kind == "weight" else max(1, shape[0])
        values = dice.rng.uniform(-1, 1, size=shape) * gain / math.sqrt(fan_in)
        if kind == "running_var":
            values = dice.rng.uniform(0.5, 2, size=shape)
        if is_scale(name, tensors):
            values = dice.rng.uniform(0.5, 1.5, size=shape)
        result[name] = values.astype(np.float32)
    return result


def is_scale(name, tensors):
    """Whether a tensor is the factor of a normalisation: a weight of its bias's shape."""
    layer, kind = name.rsplit(".", 1)
    return kind == "weight" and tensors.get(f"{layer}.bias") == tensors[name]
