"""Runs every workload on Labbook and on its peers in turn and writes Benchmarks/RESULTS.md.

Usage: compare.py LABBOOK MEASURE [--repeats 3]
    [--only w1,w3,w6,w7,w8,kernels,steps,csv,scaling,threads]

With --only the tables are printed and RESULTS.md stays as it is.
"""
import argparse
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import threads
from report import machine, ratio, short, spread, table

HERE = Path(__file__).parent
# Title, and multiplications and additions of the products an update: of training, and of evaluating
# 10,000 rows after every epoch, spread over its updates.
TRAINING = {
    "w1": ("W1 spiral 2-100-3, full batch of 3000, Adam", 7.8e6),
    "w2": ("W2 spiral 2-100-3, batches of 32, SGD with momentum", 83_200),
    "w3": ("W3 Fashion-MNIST 784-256-128-10, batch 128, Adam, evaluation included",
           128 * 1_007_000 + 10_000 * 469_504 / 469),
    "w4": ("W4 Fashion-MNIST 784-1024-1024-10, batch 256, SGD with momentum, evaluation included",
           256 * 9_564_000 + 10_000 * 3_723_264 / 235),
    "w5": ("W5 sweep of 64 runs on two cores, whole command", 3.64e6),
    "w9": ("W9 Fashion-MNIST conv16-pool-conv32-pool-linear, batch 128, SGD with momentum, "
           "evaluation included", 128 * 5_965_000 + 10_000 * 2_063_488 / 469),
}
OTHERS = {"w3": ["w3-sklearn"], "w5": ["w5-mlflow", "w5-optuna"]}

# A small process between, because a command's greatest memory begins with that of whoever starts it.
HELD = """import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print(usage.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))"""


class Bench:
    def __init__(self, labbook, measure, repeats):
        self.tool, self.measure_tool = labbook, measure
        self.repeats = repeats
        self.limit = self.measure("limit")[0]["gflops"] * 1e9

    def measure(self, *arguments):
        lines = subprocess.run([self.measure_tool, *arguments], check=True, capture_output=True,
                               text=True).stdout.splitlines()
        return [json.loads(line) for line in lines]

    def labbook(self, workload, jobs="1"):
        """Seconds an update: training and evaluation, for w5 of the whole command."""
        with tempfile.TemporaryDirectory() as folder:
            store = f"{folder}/labbook.sqlite"
            start = time.perf_counter()
            subprocess.run(
                [self.tool, "run", HERE / "workloads" / f"{workload}.yaml", "--db", store, "--jobs",
                 jobs, "--plots", f"{folder}/plots"], cwd=folder, check=True, capture_output=True)
            whole = time.perf_counter() - start
            with sqlite3.connect(store) as db:
                runs = db.execute(
                    "SELECT duration_s, last_step FROM run_table").fetchall()
        return (whole if workload == "w5" else sum(r[0] for r in runs)) / sum(r[1] for r in runs)

    def peer(self, script, *arguments, whole=False):
        """Seconds an update; None, with a word on standard error, where the peer does not run."""
        start = time.perf_counter()
        try:
            output = subprocess.run(
                [sys.executable, HERE / "peers" / script, *arguments], check=True,
                capture_output=True, text=True, timeout=400).stdout
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            print(f"{script} {' '.join(arguments)}: {error}", file=sys.stderr)
            return None
        seconds = time.perf_counter() - start
        result = json.loads(output.splitlines()[-1])
        result["whole"] = seconds
        if "steps" in result:
            result["per_step"] = (seconds if whole else result["seconds"]) / result["steps"]
        return result

    def training(self, workload):
        whole = workload == "w5"
        sides = {"Labbook": [], "PyTorch": [], "PyTorch fused": [], "JAX": []}
        for _ in range(self.repeats):
            sides["Labbook"].append(self.labbook(workload, "2" if whole else "1") * 1e6)
            calls = [("PyTorch", "pytorch.py", [workload])]
            if not whole:
                calls.append(("PyTorch fused", "pytorch.py", [workload, "fused"]))
            if workload != "w9":
                calls.append(("JAX", "jax_scan.py", [workload]))
            for name, script, arguments in calls:
                result = self.peer(script, *arguments, whole=whole)
                if result:
                    sides[name].append(result["per_step"] * 1e6)
        title, operations = TRAINING[workload]
        share = operations / (statistics.median(sides["Labbook"]) * 1e-6)
        share /= self.limit * (2 if whole else 1)
        row = [title, spread(sides["Labbook"])]
        for name in ("PyTorch", "PyTorch fused", "JAX"):
            row += [spread(sides[name]), ratio(sides[name], sides["Labbook"])]
        others = []
        for part in OTHERS.get(workload, []):
            result = self.peer("others.py", part, whole=whole)
            if result:
                others.append(f"{part.split('-')[1]} {short(result['per_step'] * 1e6)}")
        return row + [", ".join(others) or "-", f"{share:.2f}"]

    def w6(self):
        ours = self.measure("writer")[0]
        rows = [["Labbook's writer", short(ours["own"]), short(ours["bytes"])],
                ["SQLite by hand in C, the same tables", short(ours["sqlite"]), "-"]]
        plain = self.peer("others.py", "w6-sqlite")
        if plain:
            rows.append(["SQLite by hand in Python, one table", short(plain["points_per_s"]),
                         short(plain["bytes"])])
        mlflow = self.peer("others.py", "w6-mlflow")
        if mlflow:
            rows += [["MLflow, batches of 1000", short(mlflow["points_per_s"]),
                      short(mlflow["bytes"])],
                     ["MLflow, one at a time", short(mlflow["single"]), "-"]]
        return table(["W6 logging", "points a second", "bytes a point"], rows)

    def w7(self):
        with tempfile.TemporaryDirectory() as folder:
            store = f"{folder}/labbook.sqlite"
            ours = self.measure("queries", store)[0]
            times = []
            for _ in range(self.repeats):
                start = time.perf_counter()
                subprocess.run([self.tool, "runs", "--db", store, "--sweep", "second", "--sort",
                                "val/loss", "--limit", "50"], check=True, capture_output=True)
                times.append((time.perf_counter() - start) * 1e3)
        rows = [["Labbook, the query", short(ours["ms"])],
                ["Labbook, the whole command", spread(times)]]
        for name in ("mlflow", "optuna"):
            result = self.peer("others.py", f"w7-{name}")
            if result:
                rows.append([name, short(result["ms"])])
        return table(["W7 best 50 of 10,000 runs, filtered", "milliseconds"], rows)

    def w8(self):
        ours, theirs = [], []
        with tempfile.TemporaryDirectory() as folder:
            store = f"{folder}/labbook.sqlite"
            self.measure("curves", store)
            for _ in range(self.repeats):
                start = time.perf_counter()
                subprocess.run(
                    [self.tool, "plot", "curves", "--db", store, "--experiment", "curves",
                     "--sweep", "main", "--metric", "val/loss", "--out", f"{folder}/x.svg"],
                    cwd=folder, check=True, capture_output=True)
                ours.append(time.perf_counter() - start)
                result = self.peer("others.py", "w8-matplotlib")
                if result:
                    theirs.append(result["whole"])
        return table(["W8 64 curves of 1,000 points to svg, whole command", "seconds"],
                     [["Labbook", spread(ours)], ["matplotlib", spread(theirs)],
                      ["ratio", ratio(theirs, ours)]])

    def kernels(self):
        rows = [[r["shape"], r["kind"], short(r["own"]), short(r["own"] * 1e9 / self.limit),
                 short(r.get("openblas", 0)) if "openblas" in r else "-"]
                for r in self.measure("kernels")]
        return table(["product M x N x K", "of", "own kernel, GFLOP/s", "share of the limit",
                      "OpenBLAS, GFLOP/s"], rows)

    def steps(self):
        ours, theirs, about = {}, {}, {}
        for _ in range(self.repeats):
            for r in self.measure("steps"):
                ours.setdefault(r["name"], []).append(r["us"])
                about[r["name"]] = r["operations"]
            lines = subprocess.run([sys.executable, HERE / "peers" / "steps.py"], check=True,
                                   capture_output=True, text=True).stdout.splitlines()
            for r in map(json.loads, lines):
                theirs.setdefault(r["name"], []).append(r["us"])
        rows = [[name, spread(ours[name]), spread(theirs.get(name, [])),
                 ratio(theirs.get(name, []), ours[name]),
                 short(about[name] / (statistics.median(ours[name]) * 1e-6) / self.limit)]
                for name in ours]
        return table(["one update of", "Labbook, us", "PyTorch, us", "ratio",
                      "share of the limit"], rows)

    def csv(self):
        """Reading alone; pandas keeps words as they are, Labbook has learned its categories as well."""
        rows = []
        for name, target, write in (("10 million numbers of 4 places", "", write_numbers),
                                    ("10 million numbers of 15 to 18 digits", "", write_digits),
                                    ("1,000,000 x 20 numbers and words", "y", write_mixed)):
            ours, theirs = [], []
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder, "table.csv")
                cells = write(file)
                for _ in range(self.repeats):
                    ours.append(self.measure("table", str(file), target)[0])
                    peer = self.peer("tables.py", str(file))
                    if peer:
                        theirs.append(peer)
                size = file.stat().st_size

            def all_of(results, key):
                return [result[key] for result in results]

            def most(results):
                return short(max(all_of(results, "bytes"), default=0) / 1e6)

            rows.append([name, short(size / 1e6), spread(all_of(ours, "seconds")),
                         spread(all_of(theirs, "seconds")),
                         ratio(all_of(theirs, "seconds"), all_of(ours, "seconds")),
                         spread(all_of(ours, "cpu")), spread(all_of(theirs, "cpu")),
                         most(ours), most(theirs), short(cells / 1e6)])
        return table(["table", "MB of text", "Labbook, seconds", "pandas, seconds", "ratio",
                      "Labbook, CPU seconds", "pandas, CPU seconds", "Labbook, MB at most",
                      "pandas, MB at most", "MB of its cells"], rows)

    def threads(self):
        parts = threads.sections(self.tool, self.repeats)
        return [line for part in parts for line in [*part, ""]][:-1]

    def scaling(self):
        """Whole commands: their time, and the most memory they held."""
        rows = []
        for kind, counts in (("runs", [1, 10, 100, 1000, 10_000]),
                             ("rows", [1000, 10_000, 100_000, 1_000_000, 10_000_000])):
            for count in counts:
                points, seeds = (100, count) if kind == "runs" else (count // 2, 1)
                text = (f"data: {{source: blobs, classes: 2, points_per_class: {points}}}\n"
                        "model: {mlp: {hidden: [16]}}\n"
                        "train: {optimizer: adam, batch_size: 64, epochs: 2}\n"
                        + (f"seeds: {seeds}\n" if seeds > 1 else ""))
                with tempfile.TemporaryDirectory() as folder:
                    Path(folder, "x.yaml").write_text(text)
                    start = time.perf_counter()
                    output = subprocess.run(
                        [sys.executable, "-S", "-c", HELD, self.tool, "run", "x.yaml"], cwd=folder,
                        check=True, capture_output=True, text=True).stdout
                    seconds = time.perf_counter() - start
                rows.append([f"{count:,} {kind if count > 1 else kind[:-1]}", short(seconds),
                             short(seconds / count * (1e3 if kind == "runs" else 1e6)),
                             short(int(output.splitlines()[-1]) / 1024)])
        return table(["whole command", "seconds", "ms a run, us a row", "MB at most"], rows)


def write_numbers(file):
    import numpy as np
    numbers = np.random.default_rng(0).normal(size=(1_000_000, 10))
    np.savetxt(file, numbers, fmt="%.4f", delimiter=",", comments="",
               header=",".join(f"x{i}" for i in range(10)))
    return numbers.size * 8


def write_digits(file):
    import numpy as np
    import pandas
    numbers = np.random.default_rng(0).normal(size=(1_000_000, 10))
    pandas.DataFrame(numbers, columns=[f"x{i}" for i in range(10)]).to_csv(file, index=False)
    return numbers.size * 8


def write_mixed(file):
    """Eight measures, five counts, five columns of few words, one of cities, a target: numbers take 8
    bytes, words 4."""
    import numpy as np
    import pandas
    rng, rows = np.random.default_rng(0), 1_000_000
    columns = {f"f{i}": rng.normal(10, 3, rows).round(3) for i in range(8)}
    columns |= {f"i{i}": rng.integers(0, 10_000, rows) for i in range(5)}
    colours = ["red", "green", "blue", "yellow", "black", "white"]
    columns |= {f"w{i}": rng.choice(colours, rows) for i in range(4)}
    columns["city"] = rng.choice([f"City {k}" for k in range(40)], rows)
    columns["flag"] = rng.choice(["true", "false"], rows)
    columns["y"] = rng.choice(["yes", "no"], rows)
    pandas.DataFrame(columns).to_csv(file, index=False)
    return rows * (13 * 8 + 7 * 4)


def environment(bench):
    lines = subprocess.run([bench.tool, "doctor"], capture_output=True, text=True).stdout
    found = {line.split()[0]: line.split(None, 2)[2] for line in lines.splitlines()
             if len(line.split()) > 2}
    import jax
    import torch
    return (f"Kernels {found.get('kernels', 'unknown')}. PyTorch {torch.__version__}, JAX "
            f"{jax.__version__}, one thread each. The arithmetic limit of one core, measured by a "
            f"loop of multiply-and-add, is {bench.limit * 1e-9:.0f} GFLOP/s.")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labbook")
    parser.add_argument("measure")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only")
    arguments = parser.parse_args()
    bench = Bench(str(Path(arguments.labbook).resolve()), str(Path(arguments.measure).resolve()),
                  arguments.repeats)
    chosen = (arguments.only.split(",") if arguments.only else
              [*TRAINING, "w6", "w7", "w8", "steps", "kernels", "csv", "scaling", "threads"])
    sections = []
    start = time.perf_counter()
    trained = [workload for workload in TRAINING if workload in chosen]
    if trained:
        rows = []
        for workload in trained:
            rows.append(bench.training(workload))
            print("| " + " | ".join(rows[-1]) + " |", flush=True)
        sections.append(["## Training, microseconds an update", ""] + table(
            ["workload", "Labbook", "PyTorch eager", "ratio", "PyTorch fused optimizer", "ratio",
             "JAX scan", "ratio", "others, once", "share of the limit"], rows))
    for name, title in (("w6", "Store"), ("w7", "Questions"), ("w8", "Figures"),
                        ("steps", "One update, without recording"), ("kernels", "Matrix products"),
                        ("csv", "Tables"), ("scaling", "Growth"), ("threads", "Threads")):
        if name in chosen:
            sections.append([f"## {title}", ""] + getattr(bench, name)())
            print("\n".join(sections[-1]), flush=True)
    print(f"{time.perf_counter() - start:.0f} s", file=sys.stderr)
    if not arguments.only:
        sections.insert(0, [
            "# Results", "", f"{time.strftime('%Y-%m-%d')}, {machine()}.", environment(bench),
            "Made by `scripts/bench`: all sides in turn, medians of "
            f"{arguments.repeats} runs with the least and the greatest; ratios are of medians, "
            "theirs over ours, so that below 1 is where Labbook loses."])
        text = "\n\n".join("\n".join(section) for section in sections) + "\n"
        (HERE / "RESULTS.md").write_text(text)


if __name__ == "__main__":
    main()
