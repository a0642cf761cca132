#!/usr/bin/env python3
"""Trains sweeps of networks and of a program on a real Slurm of four nodes, kills what there is at moments
that nobody chose, and compares the store with that of a run here: the same keys, statuses, points and
artifacts' hashes, and no process left. Needs what scripts/slurm-here needs.

Usage: Tests/Slurm/check-failures.py PATH-OF-LABBOOK [--long] [--seed N] [NAME...]

With --long also what takes minutes: runs that need several time limits. Names choose checks. The seed chooses
the moments, as far as the machine keeps its pace.
"""

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import failures
import surroundings
from sweeping import Case, Failure, PROGRAM, Slurm, expect, kill, networks, tasks

LABBOOK = Path(sys.argv[1]).resolve()

SEARCH = """
experiment: search
lint: {allow: [no-validation]}
data: {source: spiral, points_per_class: 50, split: {val: 0.2}}
model: {mlp: {hidden: [8]}}
train: {batch_size: 16, epochs: 27}
over: {lr: {log_uniform: [1e-3, 1]}}
strategy: {name: random, runs: 9}
stop: {name: asha, min_epochs: 3}
slurm: {task_minutes: 0.001}
"""


def parallel(case):
    """The tasks of a plan by GNU parallel, some of them killed and started again."""
    here = case.here()
    case.call("run", "file.yaml", "--plots", "far", "--on", "plan", "--detach")
    plan = case.plans()[0]
    numbers = [str(number) for number in range(len(list((plan / "orders").iterdir())))]
    work = ["parallel", "-j", "2", LABBOOK, "work", str(plan), "--task", "{}", ":::", *numbers]
    killed = subprocess.Popen(work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1.5)
    for task in tasks(case.folder):
        kill(task)
    killed.wait(timeout=300)
    again = subprocess.run(work, capture_output=True, text=True)
    last = case.call("run", "file.yaml", "--plots", "far", "--on", "plan")
    expect(again.returncode == 0, again.stdout + again.stderr)
    expect(last.returncode == 0, last.stdout + last.stderr)
    case.compare(here)


def plain(case):
    """A sweep as it is."""
    here = case.here()
    case.end(case.start())
    case.compare(here)


CHECKS = [
    ("parallel", networks(), parallel),
    ("networks", networks(), plain),
    ("search", SEARCH, plain),
    ("program", PROGRAM, plain),
    *failures.CHECKS,
    *surroundings.CHECKS,
]


def check(name, text, body, slurm):
    case = Case(name, text, slurm, LABBOOK)
    began = time.monotonic()
    try:
        body(case)
        case.census()
    except (Failure, OSError, subprocess.SubprocessError) as failure:
        print(f"FAILED: {name}: {failure}\n{case.log.read_text()}", flush=True)
        return False
    finally:
        case.remove()
    print(f"passed: {name} in {time.monotonic() - began:.1f} s", flush=True)
    return True


def main():
    words = sys.argv[2:]
    seed = time.time_ns() % 1_000_000
    if "--seed" in words:
        place = words.index("--seed")
        seed = int(words[place + 1])
        del words[place:place + 2]
    random.seed(seed)
    print(f"seed {seed}", flush=True)
    for name in surroundings.MISSING:
        print(f"left out: {name} is not here", flush=True)
    names = [word for word in words if not word.startswith("-")]
    checks = CHECKS + (surroundings.LONG if "--long" in words or names else [])
    checks = [item for item in checks if not names or item[0] in names]
    with tempfile.TemporaryDirectory(prefix="labbook-slurm-") as parent:
        slurm = Slurm(parent, *failures.OPTIONS)
        try:
            right = [check(*item, slurm) for item in checks]
        finally:
            slurm.end()
    print(f"{sum(right)} passed, {len(right) - sum(right)} failed")
    sys.exit(0 if right and all(right) else 1)


main()
