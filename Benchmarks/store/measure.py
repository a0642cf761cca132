"""Makes a store of 100,000 runs and 10 million points, and times the commands that look at it.

Usage: python3 Benchmarks/store/measure.py [--labbook PATH] [--store PATH] [--repeat N]

A store that is there is used again. Each command is called N times; the table has the least and the
median time of the whole command, start of the program included, and the most memory it took.
"""

import argparse
import os
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
FILE = """experiment: experiment 0
data: {source: spiral, split: {val: 0.2}}
model: {mlp: {hidden: [16]}}
train: {epochs: 20}
over: {lr: {log: [1e-4, 1e-1], count: 1000}}
seeds: 3
"""


def make(labbook, store):
    store.touch()
    subprocess.run([labbook, "experiments", "--db", store], check=True, stdout=subprocess.DEVNULL)
    connection = sqlite3.connect(store)
    connection.executescript((HERE / "large_store.sql").read_text())
    connection.close()


def commands(labbook, store, file):
    some = sqlite3.connect(store).execute(
        "SELECT run FROM run_table WHERE status = 'completed' LIMIT 2").fetchall()
    first, second = some[0][0], some[1][0]
    of_sweep = ["--experiment", "experiment 3", "--sweep", "sweep 4"]
    where = "lr < 0.01 and val/accuracy > 0.9"
    return [
        ["runs", "--sort", "val/loss", "--limit", "50"],
        ["runs", "--sort", "lr", "--limit", "50"],
        ["runs", "--sort", "duration_s", "--limit", "50"],
        ["runs", "--limit", "50", "--offset", "90000"],
        ["runs", "--where", where, "--limit", "50"],
        ["runs", "--where", where, "--sort", "val/loss", "--limit", "50"],
        ["runs", *of_sweep],
        ["runs", *of_sweep, "--by", "config", "--limit", "20"],
        ["runs", "--by", "config", "--limit", "50"],
        ["runs", "--by", "config", "--sort", "val/loss", "--limit", "50"],
        ["experiments"],
        ["show", first],
        ["compare", first, second],
        ["compare", *of_sweep, "--by", "hidden"],
        ["check", file],
        ["run", file, "--dry-run"],
        ["export", "runs"],
        ["export", "metrics"],
    ]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--labbook", default=".build/release/labbook")
    parser.add_argument("--store", type=pathlib.Path)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    labbook = os.path.abspath(options.labbook)
    folder = tempfile.TemporaryDirectory()
    store = options.store or pathlib.Path(folder.name) / "large.sqlite"
    if not store.exists():
        start = time.perf_counter()
        make(labbook, store)
        print(f"made in {time.perf_counter() - start:.0f} s, {store.stat().st_size / 1e6:.0f} MB")
    file = pathlib.Path(folder.name) / "e.yaml"
    file.write_text(FILE)
    for arguments in commands(labbook, store, file):
        if not " ".join(map(str, arguments)).startswith(options.only):
            continue
        times, memory = [], 0
        for _ in range(1 if arguments[0] == "export" else options.repeat):
            start = time.perf_counter()
            process = subprocess.Popen(
                [labbook, *arguments, "--db", store], stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE)
            errors = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            times.append(time.perf_counter() - start)
            memory = max(memory, usage.ru_maxrss / 1024)
            if status != 0:
                sys.exit(f"{arguments}: {errors.decode()}")
        shown = " ".join(map(str, arguments)).replace(str(file), "FILE")
        print(f"{min(times) * 1000:8.0f} {statistics.median(times) * 1000:8.0f} ms "
              f"{memory:6.0f} MB  {shown}", flush=True)


if __name__ == "__main__":
    main()
