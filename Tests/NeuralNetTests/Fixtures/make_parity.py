"""Makes parity.json: updates of networks of every module, loss and optimizer, and the rates of the
schedules, as PyTorch computes them on the CPU in double precision.

Run it with PyPI's torch: python make_parity.py > parity.json
Data and first weights are single precision numbers, so that both sides begin with the same ones.
"""

import json

import torch
from torch import nn

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)


class Prototypes(nn.Module):
    def __init__(self, count, inputs):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(count, inputs))

    def forward(self, x):
        return -((x.flatten(1)[:, None] - self.weight) ** 2).sum(2)


def module(kind, s, shape):
    """A module and the shape it puts out."""
    width = int(torch.tensor(shape).prod())
    pool = {"kernel_size": s.get("kernel"), "stride": s.get("stride"), "padding": s.get("padding", 0)}
    if kind == "linear":
        return nn.Sequential(nn.Flatten(), nn.Linear(width, s["outputs"], s.get("bias", True))), [s["outputs"]]
    if kind == "prototypes":
        return Prototypes(s["count"], width), [s["count"]]
    if kind == "conv2d":
        m = nn.Conv2d(shape[0], s["channels"], s["kernel"], s.get("stride", 1), s.get("padding", 0),
                      bias=s.get("bias", True))
    elif kind == "max-pool2d":
        m = nn.MaxPool2d(**pool)
    elif kind == "avg-pool2d":
        m = nn.AvgPool2d(**pool)
    elif kind == "batch-norm":
        kind = nn.BatchNorm1d if len(shape) == 1 else nn.BatchNorm2d
        m = kind(shape[0], s.get("eps", 1e-5), s.get("momentum", 0.1))
    elif kind == "layer-norm":
        m = nn.LayerNorm(shape, s.get("eps", 1e-5))
    else:
        m = {
            "relu": lambda: nn.ReLU(), "tanh": lambda: nn.Tanh(), "sigmoid": lambda: nn.Sigmoid(),
            "leaky-relu": lambda: nn.LeakyReLU(s["slope"]), "elu": lambda: nn.ELU(s.get("alpha", 1)),
            "gelu": lambda: nn.GELU(s.get("approximate", "none")), "silu": lambda: nn.SiLU(),
            "softplus": lambda: nn.Softplus(s.get("beta", 1), s.get("threshold", 20)),
            "flatten": lambda: nn.Flatten(), "log-softmax": lambda: nn.LogSoftmax(1),
        }[kind]()
    m.train(False)
    shape = list(m(torch.zeros([2] + shape)).shape[1:])
    m.train(True)
    return m, shape


def unwrap(m):
    return m[1] if isinstance(m, nn.Sequential) else m


class Network:
    """Layers as Labbook's files list them; a value is found by its name."""

    def __init__(self, layers, shape):
        self.modules, self.shapes = {}, {"input": shape}
        self.layers = layers
        self.shape = self.build(layers, "", shape)

    def build(self, layers, prefix, shape):
        for index, layer in enumerate(layers):
            name = layer.get("name") or prefix + str(index)
            kind, s = layer["kind"], layer["settings"]
            if "from" in layer:
                shape = self.shapes[layer["from"][0]]
            if kind == "residual":
                shape = self.build(layer["layers"], name + ".", shape)
            elif kind in ("add", "max", "concat"):
                shapes = [self.shapes[n] for n in s["inputs"]]
                shape = [sum(x[0] for x in shapes)] + shapes[0][1:] if kind == "concat" else shapes[0]
            elif "share" in layer:
                _, shape = module(kind, s, shape)
            else:
                self.modules[name], shape = module(kind, s, shape)
            self.shapes[name] = shape
        return shape

    def run(self, layers, prefix, x):
        for index, layer in enumerate(layers):
            name = layer.get("name") or prefix + str(index)
            kind = layer["kind"]
            if "from" in layer:
                x = self.values[layer["from"][0]]
            if kind == "residual":
                x = x + self.run(layer["layers"], name + ".", x)
            elif kind in ("add", "max", "concat"):
                parts = [self.values[n] for n in layer["settings"]["inputs"]]
                if kind == "concat":
                    x = torch.cat(parts, 1)
                else:
                    x = parts[0]
                    for part in parts[1:]:
                        x = x + part if kind == "add" else torch.maximum(x, part)
            else:
                x = self.modules[layer.get("share") or name](x)
            self.values[name] = x
        return x

    def __call__(self, x):
        self.values = {"input": x}
        return self.run(self.layers, "", x)

    def train(self, on):
        for m in self.modules.values():
            m.train(on)

    def tensors(self):
        return {n + "." + k: t for n, m in self.modules.items()
                for k, t in unwrap(m).state_dict().items() if k != "num_batches_tracked"}

    def parameters(self):
        return [p for m in self.modules.values() for p in m.parameters()]


def criterion(name, s):
    if name == "cross-entropy":
        weights = s.get("class_weights")
        return nn.CrossEntropyLoss(
            torch.tensor(weights) if weights else None, label_smoothing=s.get("label_smoothing", 0))
    return {"nll": nn.NLLLoss, "mse": nn.MSELoss, "l1": nn.L1Loss, "bce": nn.BCELoss,
            "bce-with-logits": nn.BCEWithLogitsLoss,
            "huber": lambda: nn.HuberLoss(delta=s.get("delta", 1))}[name]()


def optimizer(name, s, parameters, lr, decay):
    s = dict(s)
    if name in ("adam", "adamw"):
        s["betas"] = (s.pop("beta1", 0.9), s.pop("beta2", 0.999))
    kind = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW,
            "rmsprop": torch.optim.RMSprop, "adagrad": torch.optim.Adagrad}[name]
    return kind(parameters, lr, weight_decay=decay, **s)


def rows(tensor):
    return [float("%.13g" % x) for x in tensor.detach().reshape(-1)]


def case(name, layers, shape, count, batch, loss="cross-entropy", loss_settings=None, opt="sgd",
         settings=None, lr=0.1, decay=0.0, targets="classes", schedule=None, updates=6, spread=1.0,
         classes=None):
    settings, loss_settings = settings or {}, loss_settings or {}
    torch.manual_seed(sum(map(ord, name)))
    net = Network(layers, shape)
    width = int(torch.tensor(net.shape).prod())
    for p in net.parameters():
        p.data = p.data.float().double()
    x = (torch.randn([count] + shape) * spread).float().double()
    labels = torch.randint(classes or width, (count,))
    values = {"values": torch.randn(count, width), "shares": torch.rand(count, width)}.get(targets)
    values = values.float().double() if values is not None else None
    target = labels
    if values is not None:
        target = values
    elif loss in ("mse", "l1", "huber", "bce", "bce-with-logits"):
        target = nn.functional.one_hot(labels, width).double() if width > 1 else labels[:, None].double()
    result = {
        "name": name, "layers": layers, "shape": shape, "rows": count, "batch": batch, "loss": loss,
        "lossSettings": loss_settings, "optimizer": opt, "settings": settings, "lr": lr,
        "weightDecay": decay, "x": rows(x), "classes": labels.tolist() if values is None else None,
        "values": rows(values) if values is not None else None, "schedule": schedule,
        "initial": {n: rows(t) for n, t in net.tensors().items()}, "losses": [],
    }
    step = optimizer(opt, settings, net.parameters(), lr, decay)
    cycle = torch.optim.lr_scheduler.OneCycleLR(step, lr, total_steps=updates, **schedule) if schedule else None
    measure = criterion(loss, loss_settings)
    first = 0
    for _ in range(updates):
        part = slice(first, min(first + batch, count))
        first = 0 if part.stop == count else part.stop
        step.zero_grad()
        value = measure(net(x[part]), target[part])
        value.backward()
        step.step()
        if cycle:
            cycle.step()
        result["losses"].append(float("%.13g" % value.item()))
    net.train(False)
    result["evaluation"] = float("%.13g" % measure(net(x), target).item())
    result["final"] = {n: rows(t) for n, t in net.tensors().items()}
    result["outputs"] = rows(net(x[:4]))
    return result


def layer(kind, name=None, source=None, share=None, layers=None, **settings):
    result = {"kind": kind, "settings": settings}
    if name:
        result["name"] = name
    if source:
        result["from"] = [source]
    if share:
        result["share"] = share
    if layers:
        result["layers"] = layers
    return result


def linear(n, **s):
    return layer("linear", outputs=n, **s)


def act(kind, **s):
    return [linear(9), layer(kind, **s), linear(4)]


def conv(channels, kernel, **s):
    return layer("conv2d", channels=channels, kernel=kernel, **s)


RELU, TANH = layer("relu"), layer("tanh")
SMALL = [linear(8), RELU, linear(3)]
IMAGE = [2, 6, 7]


def schedule(name, steps, rate, make, settings, metrics=None):
    p = nn.Parameter(torch.zeros(1))
    step = torch.optim.SGD([p], rate, momentum=0.5)
    s = make(step)
    rates, momenta = [], []
    for u in range(steps):
        rates.append(step.param_groups[0]["lr"])
        momenta.append(step.param_groups[0]["momentum"])
        step.step()
        s.step(metrics[u]) if metrics else s.step()
    return {"name": name, "rate": rate, "settings": settings, "rates": rates, "momenta": momenta,
            "metrics": metrics}


def cycle(steps, rate, **s):
    return schedule("one-cycle", steps, rate, lambda o: torch.optim.lr_scheduler.OneCycleLR(
        o, rate, total_steps=steps, **s), s)


def plateau(rate, metrics, mode="min", **s):
    return schedule("plateau", len(metrics), rate, lambda o: torch.optim.lr_scheduler.ReduceLROnPlateau(
        o, mode, **s), {**s, "mode": mode}, metrics)


cases = [
    case("elu", act("elu", alpha=0.7), [5], 12, 5),
    case("gelu", act("gelu"), [5], 12, 5),
    case("gelu of wide inputs", act("gelu"), [3], 30, 30, spread=8.0, lr=1e-3),
    case("gelu tanh", act("gelu", approximate="tanh"), [5], 12, 5),
    case("silu", act("silu"), [17], 12, 5),
    case("softplus", act("softplus"), [5], 12, 5),
    case("softplus settings", act("softplus", beta=2.5, threshold=1.5), [5], 12, 5),
    case("leaky", act("leaky-relu", slope=0.3), [5], 12, 5),
    case("batch-norm", [linear(9), layer("batch-norm"), RELU, linear(4)], [5], 12, 6),
    case("batch-norm settings", [layer("batch-norm", eps=0.1, momentum=0.4), linear(4)], [5], 13, 5),
    case("batch-norm of channels", [conv(3, 3), layer("batch-norm"), RELU, linear(4)], IMAGE, 8, 4),
    case("layer-norm", [linear(9), layer("layer-norm"), TANH, linear(4)], [5], 12, 5),
    case("layer-norm settings", [layer("layer-norm", eps=0.2), linear(4)], [33], 12, 5),
    case("layer-norm of images", [conv(2, 3), layer("layer-norm"), linear(4)], IMAGE, 6, 3),
    case("prototypes", [linear(3), layer("prototypes", count=4)], [5], 12, 5),
    case("prototypes of many", [layer("prototypes", count=4)], [40], 12, 12, lr=0.01),
    case("conv", [conv(4, 3), RELU, layer("max-pool2d", kernel=2), linear(4)], IMAGE, 6, 3),
    case("conv settings", [conv(3, 3, stride=2, padding=2, bias=False), TANH, conv(2, 2), linear(4)],
         [3, 7, 5], 6, 3),
    case("conv wide", [conv(5, 5, padding=2), layer("gelu"), conv(3, 1, stride=2), linear(4)],
         [1, 9, 8], 6, 6),
    case("max-pool settings", [conv(2, 2), layer("max-pool2d", kernel=3, stride=2, padding=1), linear(4)],
         IMAGE, 6, 3),
    case("avg-pool", [conv(2, 2), layer("avg-pool2d", kernel=2), layer("flatten"), linear(4)], IMAGE, 6, 3),
    case("avg-pool settings", [layer("avg-pool2d", kernel=3, stride=1, padding=1), conv(2, 2), linear(4)],
         IMAGE, 6, 3),
    case("residual", [linear(6), layer("residual", layers=[linear(5), RELU, linear(6)]), linear(3)], [4], 12, 5),
    case("residual in residual", [layer("residual", layers=[
        TANH, layer("residual", layers=[linear(4), RELU]), linear(4)]), linear(3)], [4], 12, 5),
    case("two branches", [linear(6, name="a"), linear(6, name="b", source="input"),
                          layer("max", inputs=["a", "b"]), linear(3)], [4], 12, 5),
    case("ties of max", [linear(6, name="a"), layer("relu", name="r"), linear(6, name="b", source="input"),
                         layer("relu", name="s"), layer("max", inputs=["r", "s"]), linear(3)], [4], 12, 5),
    case("concat", [linear(3, name="a"), layer("concat", inputs=["a", "input", "a"]), linear(3)], [4], 12, 5),
    case("concat of channels", [conv(2, 3, name="a", padding=1), layer("concat", inputs=["a", "input"]),
                                conv(2, 2), linear(3)], IMAGE, 6, 3),
    case("shared", [linear(4, name="a"), TANH, linear(4, share="a"), RELU, linear(4, share="a"), linear(3)],
         [4], 12, 5),
    case("shared, momentum, decay", [linear(4, name="a"), TANH, linear(4, share="a"), linear(3)], [4], 12, 5,
         settings={"momentum": 0.9, "nesterov": True}, decay=0.05),
    case("shared conv", [conv(2, 3, name="a", padding=1), TANH, conv(2, 3, share="a", padding=1), linear(3)],
         IMAGE, 6, 3),
    case("l1", SMALL, [4], 12, 5, "l1", targets="values"),
    case("l1 on classes", SMALL, [4], 12, 5, "l1"),
    case("huber", SMALL, [4], 12, 5, "huber", {"delta": 0.6}, targets="values"),
    case("huber on classes", SMALL, [4], 12, 5, "huber"),
    case("bce", SMALL + [layer("sigmoid")], [4], 12, 5, "bce"),
    case("bce on shares", SMALL + [layer("sigmoid")], [4], 12, 5, "bce", targets="shares"),
    case("bce of one output", [linear(8), RELU, linear(1), layer("sigmoid")], [4], 12, 5, "bce", classes=2),
    case("bce with logits", SMALL, [4], 12, 5, "bce-with-logits"),
    case("bce with logits of one output", [linear(8), RELU, linear(1)], [4], 12, 5, "bce-with-logits",
         classes=2),
    case("bce with great logits", SMALL, [4], 12, 5, "bce-with-logits", spread=1e4, lr=1e-9),
    case("smoothing", SMALL, [4], 12, 5, loss_settings={"label_smoothing": 0.2}),
    case("class weights", SMALL, [4], 12, 5, loss_settings={"class_weights": [0.5, 2.0, 1.25]}),
    case("smoothing and weights", SMALL, [4], 12, 12, loss_settings={
        "label_smoothing": 0.1, "class_weights": [3.0, 0.25, 1.0]}),
    case("smoothing of many rows", SMALL, [2], 700, 700, loss_settings={
        "label_smoothing": 0.1, "class_weights": [3.0, 0.25, 1.0]}),
    case("great logits", SMALL, [4], 12, 5, spread=1e4, lr=1e-9),
    case("great logits, smoothed", SMALL, [4], 12, 5, spread=1e4, lr=1e-9,
         loss_settings={"label_smoothing": 0.2}),
    case("rmsprop", SMALL, [4], 12, 5, opt="rmsprop", lr=0.01),
    case("rmsprop settings", SMALL, [4], 12, 5, opt="rmsprop", lr=0.01, decay=0.1,
         settings={"alpha": 0.8, "eps": 1e-3, "momentum": 0.7}),
    case("rmsprop centered", SMALL, [4], 12, 5, opt="rmsprop", lr=0.01,
         settings={"centered": True, "eps": 1e-2}),
    case("rmsprop centered, momentum", SMALL, [4], 12, 5, opt="rmsprop", lr=0.01,
         settings={"centered": True, "momentum": 0.5, "alpha": 0.7, "eps": 1e-2}),
    case("adagrad", SMALL, [4], 12, 5, opt="adagrad", lr=0.05),
    case("adagrad settings", SMALL, [4], 12, 5, opt="adagrad", lr=0.05, decay=0.1,
         settings={"lr_decay": 0.2, "initial_accumulator_value": 0.3, "eps": 1e-3}),
    case("one-cycle, sgd", SMALL, [4], 12, 5, lr=0.2, schedule={"pct_start": 0.4}, updates=12),
    case("one-cycle, momentum", SMALL, [4], 12, 5, lr=0.2, schedule={"base_momentum": 0.6, "max_momentum": 0.9},
         settings={"momentum": 0.8}, updates=12),
    case("one-cycle, adam", SMALL, [4], 12, 5, lr=0.05, opt="adam", schedule={"three_phase": True}, updates=12),
    case("one-cycle, rmsprop", SMALL, [4], 12, 5, lr=0.01, opt="rmsprop", schedule={"pct_start": 0.2},
         updates=12),
    case("one-cycle, momentum left alone", SMALL, [4], 12, 5, lr=0.05, opt="adagrad",
         schedule={"cycle_momentum": False, "anneal_strategy": "linear"}, updates=12),
]

metrics = [1.0, 0.9, 0.91, 0.9, 0.89999, 0.95, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.7, 0.9, 0.9, 0.9, 0.9]
schedules = [
    cycle(20, 0.1), cycle(7, 0.3, pct_start=0.5, anneal_strategy="linear"),
    cycle(30, 1.0, three_phase=True, div_factor=10, final_div_factor=100), cycle(1, 0.1), cycle(2, 0.1),
    plateau(0.1, metrics, patience=2), plateau(0.1, metrics, patience=1, factor=0.5, cooldown=2),
    plateau(0.1, metrics, patience=0, min_lr=0.01, threshold=0.05),
    plateau(0.1, metrics, patience=1, threshold=0.15, threshold_mode="abs"),
    plateau(0.1, [-m for m in metrics], patience=1, mode="max"),
    plateau(0.1, metrics, patience=1, mode="max", threshold=0.05),
    plateau(1e-7, metrics, patience=0, eps=1e-8),
]

print(json.dumps({"cases": cases, "schedules": schedules}, separators=(",", ":")))
