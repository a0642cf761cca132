"""Makes the numbers of figures again with NumPy: python3 figure_numbers.py LABBOOK KIND...

Draws each KIND from labbook.sqlite in the current folder, as FigureWitnessTests.swift has trained its
runs, reads the numbers that gnuplot was given and compares them with what NumPy makes of the store's
points, the weights and the prepared rows. Prints how many numbers of each kind were compared, as JSON;
ends with an error at the first that differs.
"""
import json
import math
import re
import sqlite3
import subprocess
import sys

import numpy as np

TOOL = sys.argv[1]


def call(*words):
    done = subprocess.run([TOOL, *words], capture_output=True, text=True)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout


class Panel:
    """What stands in one panel: stretches of numbers by their manner, labels in their order."""

    def __init__(self):
        self.lines, self.points, self.bands, self.pictures, self.texts = [], [], [], [], []


def drawn(*words):
    """The panels of a figure, in the order in which they are drawn."""
    call("plot", *words, "--out", "f.svg", "--keep-script")
    script, data = open("f.gp").read(), open("f.data", "rb").read()
    panels = [Panel()]
    for line in script.split("\n"):
        # Behind the panels come the legend's lines.
        if line.startswith("unset logscale; set lmargin"):
            break
        if line.startswith("set lmargin"):
            panels.append(Panel())
        panel = panels[-1]
        for label in re.finditer(r'set label "((?:[^"\\]|\\.)*)"', line):
            panel.texts.append(label.group(1))
        for part in re.finditer(
            r'skip=(\d+) endian=little record=\((\d+)\) format="((?:%double)+)"[^,\\]*? with (\w+)([^,\\]*)', line
        ):
            skip, count = int(part.group(1)), int(part.group(2))
            width = part.group(3).count("%double")
            rows = np.frombuffer(data, "<f8", count * width, skip).reshape(count, width)
            {"lines": panel.lines, "points": panel.points, "filledcurves": panel.bands}.get(
                part.group(4), []
            ).append((rows, part.group(5)))
        for part in re.finditer(
            r"skip=(\d+) array=\((\d+),(\d+)\) origin=\(([^,]+),([^)]+)\) dx=(\S+) dy=(\S+)", line
        ):
            skip, w, h = (int(part.group(i)) for i in (1, 2, 3))
            colors = np.frombuffer(data, "u1", 3 * w * h, skip).reshape(h, w, 3).astype(float)
            x0, y0, dx, dy = (float(part.group(i)) for i in (4, 5, 6, 7))
            panel.pictures.append((x0 + dx * np.arange(w), y0 + dy * np.arange(h), colors))
    # Before the first panel stand the texts of the whole figure.
    return panels[1:]


def rows(sql, *values):
    return sqlite3.connect("labbook.sqlite").execute(sql, values).fetchall()


def seeds(sweep, **where):
    """The runs of one configuration, by seed."""
    found = rows("SELECT run FROM run_table WHERE sweep = ? ORDER BY seed", sweep)
    settings = {r: dict(rows("SELECT key, text FROM run_params WHERE run = ?", r)) for r, in found}
    return [r for r in settings if all(settings[r]["train." + k] == v for k, v in where.items())]


def curve(run, metric):
    return np.array(
        rows("SELECT epoch, value FROM metric_points WHERE run = ? AND metric = ? ORDER BY step", run, metric)
    ).T


def weights(run):
    """The arrays of a run's safetensors file by name."""
    call("weights", run, "--out", "w.safetensors")
    data = open("w.safetensors", "rb").read()
    size = int.from_bytes(data[:8], "little")
    head = json.loads(data[8 : 8 + size])
    return {
        name: np.frombuffer(data[8 + size :][slice(*item["data_offsets"])], "<f4").reshape(item["shape"]).astype(float)
        for name, item in head.items()
        if name != "__metadata__"
    }


def values(w, x, activation=np.tanh):
    """What a network of linear layers with an activation between them makes of rows, layer by layer."""
    stages = [x]
    names = sorted({name.split(".")[0] for name in w}, key=int)
    for name in names:
        stages.append(stages[-1] @ w[name + ".weight"].T + w[name + ".bias"])
        if name != names[-1]:
            stages.append(activation(stages[-1]))
    return stages


def softmax(z):
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def part(file, name):
    """The rows of a part as they are trained, and their last column."""
    call("data", file, "--out", "parts")
    with open(f"parts/{name}.csv") as text:
        table = [line.rstrip().split(",") for line in text]
    found = np.array([[float(cell) for cell in line] for line in table[1:]])
    return found[:, :-1], found[:, -1]


SMALL = ("--sweep", "main", "--where", "model = 'small'")


def small():
    """The runs of the rate at which the small network is best by the objective, the mean over the seeds."""
    each = [seeds("main", model="small", lr=rate) for rate in ("0.01", "0.1")]
    value = "SELECT best FROM run_values WHERE run = ? AND metric = 'val/loss'"
    return min(each, key=lambda runs: np.mean([rows(value, r)[0][0] for r in runs]))


COUNT = {}


def same(kind, drawn, right, room=1e-9):
    drawn, right = np.asarray(drawn, float), np.asarray(right, float)
    assert drawn.shape == right.shape, (kind, drawn.shape, right.shape)
    far = np.abs(drawn - right) > room * np.maximum(1, np.abs(right))
    assert not far.any(), (kind, drawn[far][:5], right[far][:5])
    COUNT[kind] = COUNT.get(kind, 0) + drawn.size


def drawn_once(kind, stretches, right, room=1e-9):
    """One of the stretches is these numbers."""
    right = np.asarray(right, float)
    near = [
        r for r, _ in stretches if r.shape == right.shape and np.all(np.abs(r - right) <= room * np.maximum(1, np.abs(right)))
    ]
    assert near, (kind, right[:4], [r[:4] for r, _ in stretches if r.shape == right.shape][:6])
    COUNT[kind] = COUNT.get(kind, 0) + right.size


T95 = 2.7764451051977987  # Student's t at 97.5 %, four degrees of freedom


def bands():
    """Curves with each band over five seeds."""
    runs = seeds("main", model="small", lr="0.1")
    ys = np.array([curve(r, "val/loss")[1] for r in runs])
    epochs, mean, std = curve(runs[0], "val/loss")[0], ys.mean(0), ys.std(0, ddof=1)
    edges = {
        "std": (mean - std, mean + std),
        "sem": (mean - std / math.sqrt(5), mean + std / math.sqrt(5)),
        "ci": (mean - T95 * std / math.sqrt(5), mean + T95 * std / math.sqrt(5)),
        "quartiles": (np.quantile(ys, 0.25, 0), np.quantile(ys, 0.75, 0)),
        "range": (ys.min(0), ys.max(0)),
    }
    for band, (low, high) in edges.items():
        # A loss is not below 0.
        low = np.maximum(low, 0)
        panel, = drawn(
            "curves", "--sweep", "main", "--metric", "val/loss", "--where", "lr = 0.1", "--by", "model", "--band", band
        )
        drawn_once("bands", panel.bands, np.stack([epochs, low, high], 1))
        drawn_once("bands", panel.lines, np.stack([epochs, mean], 1))


def smoothed():
    """s(t) = 0.9 s(t - 1) + 0.1 y(t), divided by 1 - 0.9^t, of each seed."""
    runs = seeds("main", model="small", lr="0.1")
    epochs = curve(runs[0], "val/loss")[0]
    means = []
    for y in (curve(r, "val/loss")[1] for r in runs):
        s, out = 0.0, []
        for t, value in enumerate(y, 1):
            s = 0.9 * s + 0.1 * value
            out.append(s / (1 - 0.9**t))
        means.append(out)
    panel, = drawn(
        "curves", "--sweep", "main", "--metric", "val/loss", "--where", "lr = 0.1", "--by", "model", "--smooth", "0.9"
    )
    drawn_once("smoothed", panel.lines, np.stack([epochs, np.mean(means, 0)], 1))


def gradients():
    runs = small()
    panels = drawn("gradients", *SMALL)
    for weight in ("0.weight", "2.weight"):
        ys = np.array([curve(r, f"layer/{weight}/grad_norm")[1] for r in runs])
        x, mean = curve(runs[0], f"layer/{weight}/grad_norm")[0], ys.mean(0)
        spread = np.exp(np.log(ys).std(0, ddof=1))
        drawn_once("gradients", panels[0].lines, np.stack([x, mean], 1))
        drawn_once("gradients", panels[0].bands, np.stack([x, mean / spread, mean * spread], 1))


def layers():
    panels = drawn("layers", "--sweep", "main", "--by", "model")
    for model in ("small", "other"):
        runs = seeds("main", model=model, lr="0.1")
        for panel, kind in zip(panels, ("mean", "std")):
            last = np.array([[curve(r, f"layer/{i}/activation_{kind}")[1][-1] for i in range(3)] for r in runs])
            drawn_once("layers", panel.lines, np.stack([np.arange(3), last.mean(0)], 1))


def boundary():
    """The colour of a place is the class of the greatest score, paler where the network is less sure."""
    w = weights(small()[0])
    x, _ = part("f.yaml", "train")
    raw, _ = raw_rows()
    mean, std = raw.mean(0), raw.std(0)
    panel = drawn("boundary", *SMALL)[0]
    xs, ys, colors = panel.pictures[0]
    places = np.stack(np.meshgrid(xs, ys), -1)
    scores = softmax(values(w, (places - mean) / std)[-1])
    sure, said = scores.max(-1), scores.argmax(-1)
    depth = 255 - colors
    for own in (0, 1):
        here = (said == own) & (sure > 0.6)
        other = (said != own) & (sure > 0.6)
        hue = depth[here & (sure > 0.95)].mean(0)
        hue /= np.linalg.norm(hue)
        # Every sure place has its class's hue and not the other's.
        along = lambda d: d @ hue / np.linalg.norm(d, axis=-1)
        assert along(depth[here]).min() > 0.99, along(depth[here]).min()
        assert along(depth[other]).max() < 0.97, along(depth[other]).max()
        # Deeper where it is surer, within the rounding of a colour.
        order = np.argsort(sure[here])
        strong = np.linalg.norm(depth[here], axis=-1)[order]
        assert (np.diff(np.maximum.accumulate(strong)) >= 0).all() and (np.maximum.accumulate(strong) - strong).max() < 3
        COUNT["boundary"] = COUNT.get("boundary", 0) + int(here.sum())


def raw_rows():
    """The training rows in their own units, from the points that `plot data` draws."""
    panel = drawn("data", "--sweep", "main")[0]
    points = [r for r, _ in panel.points]
    x, y = part("f.yaml", "train")
    found = np.concatenate(points)
    # Each class is drawn in its own stretch, as normalised it is the class's rows.
    for own, stretch in enumerate(points):
        z = (stretch - found.mean(0)) / found.std(0)
        same("data", np.sort(z, 0), np.sort(x[y == own], 0), 1e-5)
    return found, y


def data():
    raw_rows()


def confusion():
    w = weights(small()[0])
    x, y = part("f.yaml", "val")
    said = values(w, x)[-1].argmax(-1)
    counts = [[int(((y == a) & (said == b)).sum()) for b in (0, 1)] for a in (0, 1)]
    panel = drawn("confusion", *SMALL)[0]
    # From the row at the foot upwards; on the diagonal the share of its class stands too.
    cells = [t for t in panel.texts if re.fullmatch(r"\d+( \(\d\.\d+\))?", t)]
    found = {int(c.split(" ")[0]) for c in cells}
    assert found == {c for row in counts for c in row}, (cells, counts)
    for own in (0, 1):
        text = f"{counts[own][own]} ({counts[own][own] / sum(counts[own]):.3f})"
        assert text in cells, (text, cells)
    COUNT["confusion"] = 6


def histograms():
    """A step for each bin: NumPy's counts between the same edges."""
    w = weights(small()[0])
    panels = drawn("weights", *SMALL)
    for name, panel in zip(("0.weight", "2.weight"), panels[-2:]):
        after = panel.lines[-1][0]
        edges = after[::2, 0]
        counts = np.histogram(w[name].ravel(), edges)[0]
        tops = after[1:-1:2, 1]
        same("weights", tops, counts)
        same("weights", counts.sum(), w[name].size)


def stretch():
    """A grid of points before the first layer and behind each, of a network of two units as they are."""
    panels = drawn("stretch", *SMALL)
    w = weights(small()[0])
    for panel, stage in zip(panels, values(w, panels[0].points[0][0][:, :2])):
        same("stretch", panel.points[0][0][:, :2], stage, 2e-5)
    assert len(panels) == 4


def fit():
    runs = seeds("ensemble")
    panel = drawn("fit", "--sweep", "ensemble", "--x", "-4,4")[0]
    xs = max((r for r, _ in panel.lines if len(r) > 10), key=len)[:, 0]
    ys = np.array([values(weights(r), xs[:, None])[-1][:, 0] for r in runs])
    for y in ys:
        drawn_once("fit", panel.lines, np.stack([xs, y], 1), 2e-5)
    mean, std = ys.mean(0), ys.std(0, ddof=1)
    drawn_once("fit", panel.lines, np.stack([xs, mean], 1), 2e-5)
    drawn_once("fit", panel.bands, np.stack([xs, mean - std, mean + std], 1), 2e-5)


def function():
    erf = np.vectorize(math.erf)
    phi = lambda x: 0.5 * (1 + erf(x / math.sqrt(2)))
    bell = lambda x: np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
    sigmoid = lambda x: 1 / (1 + np.exp(-x))
    closed = [
        (lambda x: np.maximum(x, 0), lambda x: (x > 0).astype(float)),
        (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
        (sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x))),
        (lambda x: x * phi(x), lambda x: phi(x) + x * bell(x)),
    ]
    panels = drawn("function", "--of", "relu,tanh,sigmoid,gelu")
    for panel, which in zip(panels, (0, 1)):
        lines = [r for r, _ in panel.lines if len(r) > 10]
        for line, pair in zip(lines, closed):
            here = np.isfinite(line[:, 1]) & (line[:, 0] != 0)
            same("function", line[here, 1], pair[which](line[here, 0]), 1e-6)


def parallel():
    """Rates by their logarithms, the metric between the least and the greatest mean."""
    panel, = drawn("parallel", "--sweep", "main", "--metric", "val/loss")
    means = {}
    for model in ("small", "other"):
        for rate in ("0.01", "0.1"):
            runs = seeds("main", model=model, lr=rate)
            means[model, rate] = np.mean([curve(r, "val/loss")[1][-1] for r in runs])
    least, greatest = min(means.values()), max(means.values())
    for (model, rate), mean in means.items():
        places = [0.0 if rate == "0.01" else 1.0, 1.0 if model == "small" else 0.0]
        right = np.stack([np.arange(3), places + [(mean - least) / (greatest - least)]], 1)
        drawn_once("parallel", panel.lines, right)


def landscape():
    """The way of full-batch gradient descent on a line, and colours in the order of the loss."""
    run, = seeds("descent")
    w = weights(run)
    end = np.array([w["0.weight"][0, 0], w["0.bias"][0]])
    panel = drawn("landscape", "--sweep", "descent")[0]
    x, y = part("h.yaml", "train")
    way = max((r for r, _ in panel.lines), key=len)
    place, places = way[0], [way[0]]
    for _ in range(40):
        off = place[0] * x[:, 0] + place[1] - y
        place = place - 0.1 * 2 * np.array([(off * x[:, 0]).mean(), off.mean()])
        places.append(place)
    same("landscape", places[-1], end, 1e-4)
    same("landscape", way[-1], end, 1e-6)
    assert all(np.min(np.linalg.norm(np.array(places) - p, axis=1)) < 1e-4 for p in way)
    xs, ys, colors = panel.pictures[0]
    a, b = np.meshgrid(xs, ys)
    loss = ((a[..., None] * x[:, 0] + b[..., None] - y) ** 2).mean(-1)
    # Lighter is better: by steps of equal loss, each lighter than the next.
    light = colors @ [0.2126, 0.7152, 0.0722]
    order = np.argsort(loss.ravel())
    seen = light.ravel()[order]
    assert np.mean(np.diff(seen) > 1) < 0.02 and seen[0] > seen[-1] + 50
    COUNT["landscape"] += loss.size


for kind in sys.argv[2:]:
    globals()[kind]()
print(json.dumps(COUNT))
