#!/usr/bin/env python3
"""Trains sweeps of networks and of a program on a real Slurm of four nodes, kills tasks, a node's
daemon and the waiting command, and compares the store with that of a run here: the same keys,
statuses, points and artifacts' hashes. Needs what scripts/slurm-here needs.

Usage: Tests/Slurm/check-sweeps.py PATH-OF-LABBOOK
"""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SLURM = Path(__file__).resolve().parents[2] / "scripts" / "slurm-here"
LABBOOK = Path(sys.argv[1]).resolve()

NETWORKS = """
experiment: networks
lint: {allow: [no-validation]}
data: {source: spiral, points_per_class: 400, split: {val: 0.2}}
model: {mlp: {hidden: [64]}}
train: {batch_size: 16, epochs: 400}
over: {lr: [0.01, 0.03, 1e30]}
seeds: 4
slurm: {task_minutes: 0.001, time: 10m}
"""

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

PROGRAM = """
experiment: program
train:
  command: "sh work.sh {rate} {seed}"
  params: {rate: 1}
  files: [work.sh]
  resources: {cpus: 1}
objective: {minimize: loss}
over: {rate: [1, 2, 3]}
seeds: 2
slurm: {task_minutes: 0.1}
"""

WORK = """\
for step in 1 2 3 4 5 6; do
  echo "{\\"step\\": $step, \\"loss\\": $(($1 * 100 + $2 - step))}"
  sleep 0.1
done
"""


def contents(path):
    """What a store holds, without what depends on time: run by run, by key."""
    store = sqlite3.connect(path)
    runs = {}
    for run, key, status in store.execute("SELECT run, key, status FROM run_table"):
        points = store.execute(
            "SELECT metric, step, epoch, value FROM metric_points WHERE run = ? ORDER BY 1, 2",
            (run,)).fetchall()
        # The last state is kept of runs that took a second; a program's output may hold times.
        files = store.execute(
            "SELECT name, sha256 FROM run_artifacts WHERE run = ? AND name <> 'state.checkpoint'"
            " ORDER BY 1", (run,)).fetchall()
        runs[key] = (status, points, files)
    return runs


def living(folder):
    """The tasks at work on plans below a folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
        except OSError:
            continue
        if len(words) > 2 and words[1] == b"work" and str(folder).encode() in words[2]:
            found.append(int(entry.name))
    return found


def start(folder, file, environment, log):
    return subprocess.Popen(
        [LABBOOK, "run", file, "--on", "slurm", "--db", "slurm.sqlite", "--plots", "far"],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def train(folder, file, environment, root, kills):
    """Runs a file on Slurm to its end, killing what is at work so often."""
    with open(folder / "log", "w") as log:
        command = start(folder, file, environment, log)
        for kind in kills:
            time.sleep(random.uniform(1, 3))
            tasks = living(folder)
            if kind == "task" and tasks:
                os.kill(random.choice(tasks), signal.SIGKILL)
            elif kind == "command" and command.poll() is None:
                command.kill()
                command.wait()
                command = start(folder, file, environment, log)
            elif kind == "controller":
                pid = int((root / "run" / "slurmctld.pid").read_text().split()[0])
                os.kill(pid, signal.SIGKILL)
                time.sleep(2)
                subprocess.run([SLURM, "4", "--root", root], check=True, capture_output=True)
        status = command.wait(timeout=300)
    return status, (folder / "log").read_text()


def check_parallel():
    """The tasks of a plan by GNU parallel, some of them killed and started again."""
    folder = Path(tempfile.mkdtemp(prefix="labbook-parallel-"))
    (folder / "file.yaml").write_text(NETWORKS)
    run = [LABBOOK, "run", "file.yaml", "--plots", "plots"]
    subprocess.run(
        [*run, "--on", "here", "--db", "here.sqlite"], cwd=folder, check=True, capture_output=True)
    subprocess.run(
        [*run, "--on", "plan", "--detach", "--db", "far.sqlite"], cwd=folder, check=True,
        capture_output=True)
    plan = next((folder / "far.sqlite.runs" / "plans").glob("2*"))
    tasks = [str(number) for number in range(len(list((plan / "orders").iterdir())))]
    work = ["parallel", "-j", "2", LABBOOK, "work", str(plan), "--task", "{}", ":::", *tasks]
    killed = subprocess.Popen(work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1.5)
    for task in living(folder):
        os.kill(task, signal.SIGKILL)
    killed.wait(timeout=120)
    again = subprocess.run(work, capture_output=True, text=True)
    last = subprocess.run(
        [*run, "--on", "plan", "--db", "far.sqlite"], cwd=folder, capture_output=True, text=True)
    right = (again.returncode == 0 and last.returncode == 0
             and contents(folder / "here.sqlite") == contents(folder / "far.sqlite"))
    print(f"{'passed' if right else 'FAILED'}: {len(tasks)} tasks by GNU parallel", flush=True)
    if not right:
        print(again.stdout + again.stderr + last.stdout + last.stderr)
    return right


def check(name, text, environment, root, kills=()):
    folder = Path(tempfile.mkdtemp(prefix=f"labbook-{name}-"))
    (folder / "file.yaml").write_text(text)
    (folder / "work.sh").write_text(WORK)
    subprocess.run(
        [LABBOOK, "run", "file.yaml", "--on", "here", "--db", "here.sqlite", "--plots", "near"],
        cwd=folder, check=True, capture_output=True)
    status, said = train(folder, "file.yaml", environment, root, kills)
    here, there = contents(folder / "here.sqlite"), contents(folder / "slurm.sqlite")
    wrong = [key for key in here.keys() | there.keys() if here.get(key) != there.get(key)]
    left = living(folder)
    right = status == 0 and not wrong and not left and bool(here)
    print(f"{'passed' if right else 'FAILED'}: {name}, {len(here)} runs"
          + (f", killed: {', '.join(kills)}" if kills else ""), flush=True)
    if not right:
        print(f"  status {status}, {len(wrong)} runs differ, {len(left)} tasks left\n{said}")
    return right


def main():
    random.seed(16)
    with tempfile.TemporaryDirectory(prefix="labbook-slurm-") as parent:
        root = Path(parent) / "cluster"
        made = subprocess.run(
            [SLURM, "4", "--root", root, "--env", "--cpus", "2", "--option", "KillWait=3"],
            check=True, capture_output=True, text=True)
        environment = dict(os.environ, SLURM_CONF=re.search("'(.*)'", made.stdout).group(1))
        try:
            right = [
                check_parallel(),
                check("networks", NETWORKS, environment, root),
                check("search", SEARCH, environment, root),
                check("program", PROGRAM, environment, root),
                check("killed", NETWORKS, environment, root,
                      ("task", "command", "task", "controller", "task")),
            ]
        finally:
            subprocess.run([SLURM, "--stop", "--root", root], capture_output=True)
    print(f"{sum(right)} passed, {len(right) - sum(right)} failed")
    sys.exit(0 if all(right) else 1)


main()
