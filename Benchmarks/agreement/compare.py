"""Runs random small experiments by Labbook and by PyTorch from the same weights and compares them.

Usage: compare.py LABBOOK [--count 1000] [--seed 1] [--folder DIR] [--only f00007]

Which rows `take`, `split` and `label_noise` choose is asked of Labbook first, by a run whose losses
tell them. Compared are every metric of every epoch, the step and epoch of its points, and the final weights.
The yardstick is PyTorch in double precision, and how far PyTorch in single precision is from it: a
value of ours may be 20 times as far, or 1e-5 of the greatest. Where PyTorch's own two precisions
differ by more than 1e-3 the problem is not well-conditioned, and a curve is compared up to there.
Where we differ, PyTorch also runs from first weights changed by rounding alone, and with numbers
below the normal range taken as zero, as ours are: a unit on the edge of a ReLU's bend, or a weight
that an unstable rate brings back from 1e-38, turns on less than single precision can tell.
Needs torch, numpy and safetensors.
"""
import argparse
import math
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file

import files
import peer
import problems

ILL, FLOOR, SLACK = 1e-3, 1e-5, 20


def distance(a, b):
    """The greatest difference, as a share of the greatest number."""
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.shape != b.shape or not np.array_equal(np.isfinite(a), np.isfinite(b)):
        return math.inf
    finite = np.isfinite(b)
    if not finite.any():
        return 0.0
    return float(np.max(np.abs(a - b)[finite]) / max(1e-3, np.max(np.abs(b[finite]))))


class Verdict:
    """What the comparison of one experiment found."""

    def __init__(self, e):
        self.experiment = e
        self.problems, self.ill, self.values = [], [], []
        self.diverged = False
        self.good = {}  # how many points of a loss are well-conditioned, by its name

    def numbers(self, what, ours, others, double):
        own, theirs = distance(ours, double), max(distance(other, double) for other in others)
        if theirs > ILL:
            self.ill.append(what)
            return
        self.values.append((own, theirs, distance(ours, others[0])))
        if own > max(SLACK * theirs, FLOOR):
            self.problems.append(f"{what} is {own:.1e} off, PyTorch {theirs:.1e}")

    def ends_early(self, result, others, double):
        """Whether a run ended where rounding decides whether an epoch is better than the best."""
        metric = self.experiment["objective"][1]
        ours, theirs = len(result.points.get(metric, [])), len(double.get(metric, []))
        if any(len(other.get(metric, [])) != theirs for other in others):
            return True
        if not self.experiment["patience"] or ours == theirs or not min(ours, theirs):
            return False
        least = max(0, min(ours, theirs) - self.experiment["patience"] - 1)
        values = np.array(double[metric][least:max(ours, theirs)])
        return float(np.ptp(values)) <= 1e-5 * max(1e-3, np.max(np.abs(values)))

    def curve(self, what, ours, others, double):
        if len(ours) != len(double):
            self.problems.append(f"{what} has {len(ours)} of {len(double)} points")
            return
        if what.endswith("accuracy"):
            self.shares(what, ours, others, double)
            return
        good = 0
        while good < len(double) and all(
                good < len(other)
                and abs(other[good] - double[good]) <= ILL * max(1e-3, abs(double[good]))
                for other in others):
            good += 1
        self.good[what] = good
        if good < len(double):
            self.ill.append(f"{what} from point {good + 1} of {len(double)} on")
        if good:
            self.numbers(what, ours[:good], [other[:good] for other in others], double[:good])

    def shares(self, what, ours, others, double):
        """Accuracies are equal but for ties: a row whose two best scores differ by rounding."""
        rows = rows_of(self.experiment, what)
        good = self.good[what.replace("accuracy", "loss")]
        for place, value in enumerate(double[:good]):
            if any(len(other) <= place or abs(other[place] - value) > 1e-9 for other in others):
                self.ill.append(f"{what} from point {place + 1} of {len(double)} on")
                return
            off = abs(ours[place] - value)
            if off > 1e-9:
                kind = self.ill if off * rows < 1.01 else self.problems
                kind.append(f"{what} is {off * rows:.0f} rows off at point {place + 1}")
                return


class Result:
    """What Labbook has in its store of one experiment."""

    def __init__(self, e, db, tool, folder):
        row = db.execute(
            "SELECT run, status FROM run_table WHERE experiment = ? ORDER BY created_at DESC",
            (e["name"],)).fetchone()
        self.run, self.status = row or (None, "without a run")
        self.points, self.weights = {}, {}
        for metric, step, epoch, value in db.execute(
                "SELECT metric, step, epoch, value FROM metric_points WHERE run = ? ORDER BY step",
                (self.run,)):
            point = (step, epoch, math.nan if value is None else value)
            self.points.setdefault(metric, []).append(point)
        if self.status == "completed":
            path = folder / f"{e['name']}.out.safetensors"
            command = [tool, "weights", self.run, "--out", path.name]
            subprocess.run(command, cwd=folder, capture_output=True, check=True)
            self.weights = load_file(str(path))


def judge(e, result):
    """Compares with PyTorch; where they differ, asks how far rounding alone takes PyTorch."""
    double, single = peer.train(e, torch.float64), peer.train(e, torch.float32)
    verdict = compared(e, result, double, [single])
    if verdict.problems and result.status == "completed":
        torch.set_flush_denormal(True)
        nudged = [peer.train(e, torch.float32, nudge) for nudge in range(1, 9)]
        torch.set_flush_denormal(False)
        verdict = compared(e, result, double, [single, *nudged])
    return verdict


def compared(e, result, double, others):
    verdict = Verdict(e)
    single, losses = losses_of(others[0][0]), losses_of(double[0])
    is_finite = [bool(np.isfinite(v).all()) for v in (single, losses)]
    if result.status == "diverged" or not all(is_finite):
        verdict.diverged = True
        # Sums of squares are taken in double precision, which overflows later than PyTorch's.
        is_beyond = np.max(np.abs(losses)) > 1e38
        if (result.status == "diverged") == is_finite[0] and not is_beyond:
            verdict.problems.append(f"{result.status}; PyTorch's losses are {single[-3:]}")
        return verdict
    if result.status != "completed":
        verdict.problems.append(result.status)
        return verdict
    if verdict.ends_early(result, [other[0] for other in others], double[0]):
        verdict.ill.append("the epoch that ends the run")
        return verdict
    verdict.problems += [f"an unexpected metric {m}" for m in result.points if m not in double[0]]
    for name, values in double[0].items():
        points = result.points.get(name, [])
        verdict.curve(name, [p[2] for p in points], [other[0][name] for other in others], values)
        if [p[:2] for p in points] != places(e, name)[:len(points)]:
            verdict.problems.append(f"{name} stands at other steps or epochs")
    if set(result.weights) != set(double[1]):
        verdict.problems.append(f"the weights are {sorted(result.weights)}")
        return verdict
    for name, values in double[1].items():
        verdict.numbers(name, result.weights[name], [other[1][name] for other in others], values)
    return verdict


def places(e, metric):
    """Step and epoch of every point of a metric."""
    if metric.startswith("batch/"):
        steps = range(e["every"], e["updates"] + 1, e["every"])
        return [(step, (step - 1) // e["per_epoch"] + 1) for step in steps]
    epochs = math.ceil(e["updates"] / e["per_epoch"])
    first = 0 if metric.startswith(("val/", "test/")) else 1
    return [(min(k * e["per_epoch"], e["updates"]), k) for k in range(first, epochs + 1)]


def losses_of(metrics):
    """Every loss of an epoch, one after the other."""
    return [value for name, values in metrics.items() if name.endswith("/loss") for value in values]


def rows_of(e, metric):
    """How many rows an accuracy is a share of."""
    part = metric.split("/")[0]
    sizes = {"train": e["rows"], "batch": e["size"]}
    sizes |= {name: len(y) for name, _, y in peer.evaluated(e)}
    return sizes[part]


def run(tool, folder, store, names):
    """Runs the files of those names, fifty at a time."""
    for first in range(0, len(names), 50):
        files = [f"{name}.yaml" for name in names[first:first + 50]]
        result = subprocess.run(
            [tool, "run", *files, "--db", store, "--fresh"], cwd=folder,
            capture_output=True, text=True)
        if result.returncode:
            print(f"labbook run ended with {result.returncode}: {result.stderr[-2000:]}")


def find_parts(made, tool, folder, store):
    """Asks Labbook which rows train; where the answer is not certain all rows do."""
    asked = [e for e in made if e["parts"]]
    if not asked:
        return
    run(tool, folder, store, [f"{e['name']}-parts" for e in asked])
    with sqlite3.connect(f"file:{folder / store}?mode=ro", uri=True) as db:
        for e in asked:
            losses = [row[0] for row in db.execute(
                "SELECT value FROM metric_points WHERE metric = 'batch/loss' AND run ="
                " (SELECT run FROM run_table WHERE experiment = ? ORDER BY created_at DESC LIMIT 1)"
                " ORDER BY step", (f"{e['name']}-parts",))]
            if not losses or not files.read_probe(e, losses):
                e["take"] = e["split"] = e["noise"] = None
                e["train_rows"], e["train_y"] = np.arange(len(e["y"])), e["y"]
            e["other_rows"] = sorted(set(range(len(e["y"]))) - set(e["train_rows"].tolist()))


def report(verdicts):
    for verdict in verdicts:
        if verdict.problems:
            print(f"{verdict.experiment['name']}: " + "; ".join(verdict.problems[:6]))
    agree = sum(not v.problems for v in verdicts)
    ill = sum(bool(v.ill) and not v.problems for v in verdicts)
    diverged = sum(v.diverged and not v.problems for v in verdicts)
    print(f"{agree} of {len(verdicts)} agree, {diverged} of them by diverging as PyTorch does;"
          f" {ill} were not well-conditioned to the end and are compared up to there")
    values = np.array([value for v in verdicts for value in v.values])
    if not len(values):
        return
    for place, name in enumerate(["Labbook", "PyTorch in single precision"]):
        middle, high = np.quantile(values[:, place], [0.5, 0.99])
        print(f"{name}: {len(values)} curves and tensors are {middle:.1e} (median) and {high:.1e}"
              " (99 %) off PyTorch in double precision")
    for limit in (1e-6, 1e-5, 1e-4, 1e-3):
        near = sum(
            not v.problems and all(value[2] <= limit for value in v.values) for v in verdicts)
        print(f"within {limit:.0e} of PyTorch in single precision in every value: {near}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labbook")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder")
    parser.add_argument("--only")
    arguments = parser.parse_args()
    folder = Path(arguments.folder or tempfile.mkdtemp(prefix="labbook-agreement-"))
    folder.mkdir(parents=True, exist_ok=True)
    tool = str(Path(arguments.labbook).resolve())
    made = [problems.make(arguments.seed, i, folder) for i in range(arguments.count)]
    chosen = [e for e in made if arguments.only in (None, e["name"])]
    store = "labbook.sqlite"
    find_parts(chosen, tool, folder, store)
    for e in chosen:
        problems.complete(e, folder)
    run(tool, folder, store, [e["name"] for e in chosen])
    with sqlite3.connect(f"file:{folder / store}?mode=ro", uri=True) as db:
        verdicts = [judge(e, Result(e, db, tool, folder)) for e in chosen]
    report(verdicts)
    sys.exit(any(verdict.problems for verdict in verdicts))


if __name__ == "__main__":
    main()
