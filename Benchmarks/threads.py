"""One run on one and two threads, Labbook beside PyTorch (and JAX where it is installed), a sweep of three
long runs, and how many networks come to other bits at another number of threads.

Usage: threads.py LABBOOK [--repeats 3] [--base OTHER_LABBOOK] [--only w1,w3,w4,w9,wide,tail,bits]

Every side of a workload runs in turn; the ratios are of medians. --base is another labbook, such as a
release without threads, for the sweep.
"""
import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from report import short, spread, table

HERE = Path(__file__).parent
TITLES = {
    "w1": "W1 spiral 2-100-3, full batch of 3000, Adam",
    "w3": "W3 784-256-128-10, batch 128, Adam",
    "w4": "W4 784-1024-1024-10, batch 256, SGD with momentum",
    "w9": "W9 conv16-pool-conv32-pool-linear, batch 128",
    "wide": "784-4096-10, batch 128, SGD with momentum",
}
# Inputs, widths, rows of a batch: 20 networks.
SHAPES = [
    (2, [100], 32), (2, [100], 3000), (13, [50, 50], 100), (784, [256], 128), (784, [256, 128], 128),
    (784, [1024, 1024], 256), (784, [4096], 128), (32, [32] * 8, 64), (64, [512], 64),
    (100, [300, 70], 50), (100, [300, 70], 500), (10, [1000], 20), (500, [20], 1000), (500, [500], 17),
    (256, [256, 256], 256), (20, [64, 64], 5), (1000, [100], 33), (128, [2048], 96), (3, [8], 4096),
    (400, [400, 400, 400], 200),
]
CLASSES = 3


def run(command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options)


def train(tool, file, threads, jobs="1"):
    """Seconds an update of the runs, seconds of the whole command, and what the last weights are."""
    with tempfile.TemporaryDirectory() as folder:
        store = f"{folder}/labbook.sqlite"
        command = [tool, "run", file, "--db", store, "--jobs", jobs, "--plots", f"{folder}/plots"]
        start = time.perf_counter()
        run(command + (["--threads", threads] if threads else []), cwd=folder)
        whole = time.perf_counter() - start
        with sqlite3.connect(store) as db:
            runs = db.execute("SELECT duration_s, last_step FROM run_table").fetchall()
            weights = db.execute("SELECT sha256 FROM run_artifacts "
                                 "WHERE name = 'weights.safetensors' ORDER BY sha256").fetchall()
    return sum(r[0] for r in runs) / sum(r[1] for r in runs), whole, weights


def peer(script, workload, threads):
    """Seconds an update; None where the peer does not run."""
    try:
        output = run([sys.executable, HERE / "peers" / script, workload],
                     env={**os.environ, "PEER_THREADS": str(threads)}, timeout=600).stdout
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        print(f"{script} {workload}: {str(error)[:200]}", file=sys.stderr)
        return None
    result = json.loads(output.splitlines()[-1])
    return result["seconds"] / result["steps"]


def by(times, others):
    """How many times faster the first are."""
    if not times or not others:
        return "-"
    return f"{statistics.median(others) / statistics.median(times):.2f}"


def workloads(tool, repeats, only):
    rows = []
    for name in [name for name in TITLES if name in only]:
        ours, torch = {1: [], 2: []}, {1: [], 2: []}
        for _ in range(repeats):
            for threads in (1, 2):
                file = HERE / "workloads" / f"{name}.yaml"
                ours[threads].append(train(tool, file, str(threads), "2")[0] * 1e6)
                seconds = peer("pytorch.py", name, threads)
                if seconds:
                    torch[threads].append(seconds * 1e6)
        rows.append([TITLES[name], spread(ours[1]), spread(ours[2]), spread(torch[1]),
                     spread(torch[2]), by(ours[1], torch[1]), by(ours[2], torch[2]),
                     by(ours[2], ours[1]), by(torch[2], torch[1])])
        print(rows[-1], file=sys.stderr, flush=True)
    return table(["one run", "Labbook 1, us an update", "Labbook 2", "PyTorch 1", "PyTorch 2",
                  "over PyTorch, one thread", "over PyTorch, two", "Labbook 2 over 1",
                  "PyTorch 2 over 1"], rows)


def tail(tool, base, repeats):
    """The sweep of three long runs on two cores, whole commands."""
    times = {"three runs": [], "one run by itself": [], "one run, one thread": [], "before": []}
    for _ in range(repeats):
        times["three runs"].append(train(tool, HERE / "workloads" / "tail.yaml", None, "2")[1])
        one = HERE / "workloads" / "w4.yaml"
        times["one run by itself"].append(train(tool, one, None, "2")[0])
        times["one run, one thread"].append(train(tool, one, "1", "2")[0])
        if base:
            times["before"].append(train(base, HERE / "workloads" / "tail.yaml", None, "2")[1])
    middle = {name: statistics.median(values) for name, values in times.items() if values}
    scaling = middle["one run, one thread"] / middle["one run by itself"]
    rows = [[name, spread(times[name])] for name in times if times[name]]
    rows.append(["a run's scaling s", f"{scaling:.2f}"])
    if base:
        ideal = 2 / (1 + 1 / scaling)
        reached = middle["before"] / middle["three runs"]
        rows.append(["over the command before", f"{reached:.2f}"])
        rows.append(["of 2/(1 + 1/s)", f"{reached / ideal:.2f}"])
    return table(["a sweep of three long runs on two cores", "seconds"], rows)


def labbook_changes(tool):
    changed = 0
    for inputs, widths, batch in SHAPES:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "x.yaml")
            file.write_text(
                f"data: {{source: blobs, classes: {CLASSES}, features: {inputs}, "
                f"points_per_class: {(batch + CLASSES - 1) // CLASSES}}}\n"
                f"model: {{mlp: {{hidden: {widths}}}}}\n"
                f"train: {{optimizer: adam, batch_size: {batch}, steps: 20}}\n")
            changed += train(tool, file, "1")[2] != train(tool, file, "2", "2")[2]
    return changed


TORCH = """
import hashlib, json, sys
import torch
from torch import nn
threads, shapes = int(sys.argv[1]), json.loads(sys.argv[2])
torch.set_num_threads(threads)
for inputs, widths, batch in shapes:
    torch.manual_seed(1)
    x, y = torch.randn(batch, inputs), torch.randint(0, 3, (batch,))
    layers = []
    for i, o in zip([inputs, *widths], [*widths, 3]):
        layers += [nn.Linear(i, o), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for _ in range(20):
        loss = nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad(); loss.backward(); optimizer.step()
    digest = hashlib.sha256()
    for p in model.parameters(): digest.update(p.detach().numpy().tobytes())
    print(digest.hexdigest())
"""

JAX = """
import hashlib, json, sys
import jax, jax.numpy as jnp
shapes = json.loads(sys.argv[2])
for inputs, widths, batch in shapes:
    key = jax.random.PRNGKey(1)
    x = jax.random.normal(key, (batch, inputs)); y = jnp.arange(batch) % 3
    sizes = [inputs, *widths, 3]
    w = [jax.random.normal(jax.random.fold_in(key, k), (i, o)) / i ** 0.5
         for k, (i, o) in enumerate(zip(sizes, sizes[1:]))]
    def loss(w):
        h = x
        for k, m in enumerate(w): h = h @ m if k + 1 == len(w) else jax.nn.relu(h @ m)
        return -jax.nn.log_softmax(h)[jnp.arange(batch), y].mean()
    @jax.jit
    def step(w, m, s, t):
        g = jax.grad(loss)(w)
        m = [0.9 * a + 0.1 * b for a, b in zip(m, g)]
        s = [0.999 * a + 0.001 * b * b for a, b in zip(s, g)]
        w = [a - 1e-3 * (b / (1 - 0.9 ** t)) / (jnp.sqrt(c / (1 - 0.999 ** t)) + 1e-8)
             for a, b, c in zip(w, m, s)]
        return w, m, s
    m = [jnp.zeros_like(a) for a in w]; s = m
    for t in range(1, 21): w, m, s = step(w, m, s, float(t))
    print(hashlib.sha256(b"".join(bytes(memoryview(jax.device_get(a))) for a in w)).hexdigest())
"""


def peer_changes(script, limit):
    """How many shapes change; the threads are limited by an argument or by the cores the process may use."""
    digests = []
    for threads in (1, 2):
        prefix = ["taskset", "-c", "0" if threads == 1 else "0,1"] if limit else []
        try:
            digests.append(run([*prefix, sys.executable, "-c", script, str(threads),
                                json.dumps(SHAPES)]).stdout.split())
        except subprocess.CalledProcessError as error:
            print(error.stderr.splitlines()[-1][:200], file=sys.stderr)
            return None
    return sum(a != b for a, b in zip(*digests))


def bits(tool):
    rows = []
    for name, changed in (("Labbook", labbook_changes(tool)), ("PyTorch", peer_changes(TORCH, False)),
                          ("JAX", peer_changes(JAX, True))):
        rows.append([name, "-" if changed is None else f"{changed} of {len(SHAPES)}"])
        print(rows[-1], file=sys.stderr, flush=True)
    return table(["20 Adam updates, one thread and two", "networks with other bits"], rows)


def sections(tool, repeats, base=None, only=None):
    only = only or [*TITLES, "tail", "bits"]
    parts = []
    if any(name in only for name in TITLES):
        parts.append(workloads(tool, repeats, only))
    if "tail" in only:
        parts.append(tail(tool, base, repeats))
    if "bits" in only:
        parts.append(bits(tool))
    return parts


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labbook")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--base")
    parser.add_argument("--only")
    arguments = parser.parse_args()
    chosen = arguments.only.split(",") if arguments.only else None
    tools = [str(Path(path).resolve()) for path in (arguments.labbook, arguments.base) if path]
    print("\n\n".join("\n".join(part) for part in sections(tools[0], arguments.repeats, (tools + [None])[1], chosen)))
