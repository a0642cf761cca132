"""Runs every workload on Labbook and on its peers in turn and writes Benchmarks/RESULTS.md.

Usage: compare.py LABBOOK [--repeats 5] [--only w1,w3]

w1 to w4: seconds of training and evaluation on one core (Labbook's duration_s; the peer's own clock
around its loop). w5: seconds of the whole command on two cores, start-up included.
"""
import argparse
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
TITLES = {
    "w1": "W1 spiral 2-100-3, full batch of 3000, Adam",
    "w2": "W2 spiral 2-100-3, batches of 32, SGD with momentum",
    "w3": "W3 Fashion-MNIST 784-256-128-10, batch 128, Adam, evaluation included",
    "w4": "W4 Fashion-MNIST 784-1024-1024-10, batch 256, SGD with momentum",
    "w5": "W5 sweep of 64 runs on two cores, whole command",
}


def labbook(tool, workload):
    with tempfile.TemporaryDirectory() as folder:
        jobs = "2" if workload == "w5" else "1"
        store = f"{folder}/labbook.sqlite"
        start = time.perf_counter()
        subprocess.run(
            [tool, "run", HERE / "workloads" / f"{workload}.yaml", "--db", store, "--jobs", jobs,
             "--plots", f"{folder}/plots"],
            cwd=folder, check=True, capture_output=True)
        whole = time.perf_counter() - start
        with sqlite3.connect(store) as db:
            runs = db.execute(
                "SELECT duration_s, (SELECT max(step) FROM metric_points p WHERE p.run = t.run)"
                " FROM run_table t").fetchall()
        seconds = whole if workload == "w5" else sum(r[0] for r in runs)
        return seconds / sum(r[1] for r in runs)


def kernels(tool):
    """The BLAS and the kernels that Labbook runs on this machine, as `labbook doctor` says them."""
    lines = subprocess.run([tool, "doctor"], capture_output=True, text=True).stdout.splitlines()
    found = {line.split()[0]: line.split(None, 2)[2] for line in lines if len(line.split()) > 2}
    return f"{found.get('blas', 'BLAS unknown')}, kernels {found.get('kernels', 'unknown')}"


def pytorch(workload):
    start = time.perf_counter()
    output = subprocess.run(
        [sys.executable, HERE / "peers" / "pytorch.py", workload],
        check=True, capture_output=True, text=True).stdout
    whole = time.perf_counter() - start
    result = json.loads(output)
    return (whole if workload == "w5" else result["seconds"]) / result["steps"]


def short(value):
    """Three significant digits, without an exponent."""
    return f"{float(f'{value:.3g}'):,.0f}" if value >= 100 else f"{value:.3g}"


def spread(values):
    return f"{short(statistics.median(values))} ({short(min(values))} to {short(max(values))})"


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                  if line.startswith("model name")), platform.processor())
    return f"{model}, {os.cpu_count()} cores, {platform.platform()}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labbook")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", default=",".join(TITLES))
    arguments = parser.parse_args()
    import torch

    tool = str(Path(arguments.labbook).resolve())
    lines = [
        "# Results", "",
        f"{time.strftime('%Y-%m-%d')}, {machine()}.",
        f"Labbook: {kernels(tool)}. PyTorch {torch.__version__}, eager.", "",
        f"Microseconds an update: median (least to greatest) of {arguments.repeats} runs in turn;",
        "the ratio is that of the medians, theirs over ours. Made by `scripts/bench`.", "",
        "| workload | Labbook | PyTorch | ratio |", "| --- | --- | --- | --- |",
    ]
    for workload in arguments.only.split(","):
        ours, theirs = [], []
        for _ in range(arguments.repeats):
            ours.append(labbook(tool, workload) * 1e6)
            theirs.append(pytorch(workload) * 1e6)
        ratio = statistics.median(theirs) / statistics.median(ours)
        lines.append(f"| {TITLES[workload]} | {spread(ours)} | {spread(theirs)} | {ratio:.1f} |")
        print(lines[-1], flush=True)
    (HERE / "RESULTS.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
