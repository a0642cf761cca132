"""Runs printed programs in one Python, so that torch is loaded once, and measures what they did.

Usage: run_programs.py FOLDER

FOLDER holds for each program NAME.py and, as Labbook made them, NAME/data.safetensors (its rows),
NAME/weights.safetensors (its first weights) and NAME/last.safetensors (its weights after the last
update). Writes FOLDER/results.json: for each name
  printed         what the program printed given Labbook's rows and first weights
  weights         the largest difference of a last weight, relative where it is above 1
  own             what it printed with rows and first weights of its own
  shapes          whether its own parts have the names and shapes of Labbook's
  classes         the largest difference of the number of rows of a class in a part
  rows            the largest difference of its own rows and targets
  deviations      the largest relative difference of a column's deviation within a class
  first_weights   the largest difference from first weights by torch.nn.init, null where it sets none
"""

import contextlib
import io
import json
import pathlib
import sys

import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn

# What stands behind each linear layer or convolution of the init-* programs.
CHAIN = [("relu", 0), ("tanh", 0), ("leaky_relu", 0.2), ("linear", 0)]
BEHIND = {"init-images": [("relu", 0), ("relu", 0), ("linear", 0)]}
FILLS = {
    "kaiming-uniform": lambda w, kind, a: nn.init.kaiming_uniform_(w, a, nonlinearity=kind),
    "kaiming-normal": lambda w, kind, a: nn.init.kaiming_normal_(w, a, nonlinearity=kind),
    "xavier-uniform": lambda w, kind, a: nn.init.xavier_uniform_(w),
    "xavier-normal": lambda w, kind, a: nn.init.xavier_normal_(w),
    "normal": lambda w, kind, a: nn.init.normal_(w, std=0.3),
    "uniform": lambda w, kind, a: nn.init.uniform_(w, -0.2, 0.2),
    "zeros": lambda w, kind, a: nn.init.constant_(w, 0),
    "identity": lambda w, kind, a: nn.init.eye_(w),
    "of-named": lambda w, kind, a: nn.init.xavier_normal_(w),
    "images": lambda w, kind, a: nn.init.kaiming_normal_(w, nonlinearity=kind),
    "identity-of-images": lambda w, kind, a: (nn.init.eye_ if w.ndim == 2 else nn.init.dirac_)(w),
}


def run(program, *arguments):
    """What a program prints, and the network it trained."""
    networks = []
    make = program["make_network"]
    program["make_network"] = lambda: networks.append(make()) or networks[0]
    sys.argv = ["program", *map(str, arguments)]
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        program["main"]()
    program["make_network"] = make
    return printed.getvalue(), networks[0]


def weights_apart(program, network, path):
    theirs, ours = network.state_dict(), program.get("renamed", dict)(load_file(path))
    # A count that PyTorch adds by itself where a file has none.
    theirs = {name: theirs[name] for name in theirs if not name.endswith("num_batches_tracked")}
    assert sorted(theirs) == sorted(ours), (sorted(theirs), sorted(ours))
    worst = 0.0
    for name, tensor in theirs.items():
        assert tensor.numel() == ours[name].numel(), name
        a, b = tensor.double().flatten(), ours[name].double().flatten()
        assert a.isfinite().all() and b.isfinite().all(), name
        worst = max(worst, ((a - b).abs() / b.abs().clamp(min=1)).max().item())
    return worst


def groups(x, y):
    """Rows class by class; where the target is a value, what is left of it beside the curve."""
    x = np.asarray(x, float)
    if y is None:
        return [x]
    y = np.asarray(y, float)
    if np.array_equal(y, np.round(y)):
        return [x[y == k] for k in np.unique(y)]
    curve = x[:, 0] ** 3
    return [y - (curve if y.ndim == 1 else curve[:, None])]


def measure_rows(program, path):
    own, ours = program["make_parts"](np.random.default_rng(1)), program["read_parts"](path)
    result = {"shapes": False, "classes": 0, "rows": 0.0, "deviations": 0.0}
    if {k: np.shape(x) for k, (x, _) in own.items()} != {k: np.shape(x) for k, (x, _) in ours.items()}:
        return result
    result["shapes"] = True
    for name in own:
        for theirs, labbooks in zip(own[name], ours[name]):
            if theirs is not None:
                apart = np.abs(np.asarray(theirs, float) - np.asarray(labbooks))
                result["rows"] = max(result["rows"], float(apart.max()))
        a, b = groups(*own[name]), groups(*ours[name])
        if len(a) > 1:
            sizes = [abs(len(theirs) - len(labbooks)) for theirs, labbooks in zip(a, b)]
            result["classes"] = max([result["classes"], *sizes])
        for theirs, labbooks in zip(a, b):
            ratio = theirs.std(0) / np.maximum(labbooks.std(0), 1e-9)
            result["deviations"] = max(result["deviations"], float(np.abs(ratio - 1).max()))
    return result


def first_weights_apart(program, name):
    if "initialize" not in program:
        return None
    networks = [program["make_network"](), program["make_network"]()]
    torch.manual_seed(3)
    program["initialize"](networks[0])
    torch.manual_seed(3)
    layers = [m for m in networks[1].modules() if isinstance(m, (nn.Linear, nn.Conv2d))]
    for layer, (kind, a) in zip(layers, BEHIND.get(name, CHAIN)):
        FILLS[name.removeprefix("init-")](layer.weight, kind, a)
        nn.init.zeros_(layer.bias)
    states = [network.state_dict() for network in networks]
    return max((states[0][k].double() - states[1][k].double()).abs().max().item() for k in states[0])


def measure(folder, name):
    source = (folder / f"{name}.py").read_text()
    program = {"__name__": name}
    exec(compile(source, f"{name}.py", "exec"), program)
    start = folder / name
    printed, network = run(
        program, "--data", start / "data.safetensors", "--init", start / "weights.safetensors")
    result = {"printed": printed, "weights": weights_apart(program, network, start / "last.safetensors")}
    result["own"], _ = run(program)
    result |= measure_rows(program, start / "data.safetensors")
    result["first_weights"] = first_weights_apart(program, name)
    return result


def main():
    torch.set_num_threads(1)
    folder = pathlib.Path(sys.argv[1])
    names = sorted(path.stem for path in folder.glob("*.py"))
    results = {}
    for name in names:
        try:
            results[name] = measure(folder, name)
        except Exception as error:
            sys.exit(f"{name}: {type(error).__name__}: {error}")
    (folder / "results.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main()
