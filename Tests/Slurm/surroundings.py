"""What stands around sweeps on Slurm: limits, clocks, and folders that are slow or full."""

import json
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

from failures import kill_task
from sweeping import (
    LONE_PROGRAM, STEPS, begun, expect, kill, networks, pause, processes, tasks, until)

# One run of half a minute, alone.
LONE = """
experiment: lone
lint: {allow: [no-validation]}
data: {source: spiral, points_per_class: 400, split: {val: 0.2}}
model: {mlp: {hidden: [64, 64]}}
train: {batch_size: 8, epochs: EPOCHS}
slurm: SLURM
"""

SLOW = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
static void wait_some(void) { usleep(100000 + random() % 400000); }
int fsync(int file) { wait_some(); return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(file); }
int fdatasync(int file) { wait_some(); return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(file); }
int rename(const char *a, const char *b) {
  wait_some();
  return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(a, b);
}
"""

EATER = """
experiment: eater
train: {command: "sh eat.sh {amount}", params: {amount: 1}, files: [eat.sh]}
objective: {minimize: loss}
slurm: {task_minutes: 0.1, memory: 300M}
"""

BROKEN = "echo no such module >&2; exit 3"


def lone(epochs, slurm="{task_minutes: 0.001, time: 10m}"):
    return LONE.replace("EPOCHS", str(epochs)).replace("SLURM", slurm)


def fails(case, *words):
    """Its run fails, and `show` says why."""
    case.end(case.start(), 1)
    runs = json.loads(case.call("runs", "--format", "json").stdout)
    shown = case.call("show", runs[0]["run"]).stdout
    expect(case.statuses() == ["failed"], case.statuses())
    for word in words:
        expect(word in shown, f"'{word}' is not in what is shown:\n{shown}")


def out_of_memory(case):
    """A task beyond its memory: the run fails with what Slurm says of it."""
    fails(case, "Slurm says", "memory")


def cannot_end(case):
    """A program that takes longer than a job may, and cannot go on."""
    fails(case, "its time is over", "Slurm says")


def cannot_begin(case):
    """Tasks that end before Labbook begins: what Slurm says of them, once they were tried again."""
    case.end(case.start(), 1)
    said = case.log.read_text()
    expect("Slurm says FAILED, NonZeroExitCode, exit 3:0" in said, "it does not say what Slurm says")
    expect("no such module" in said, "it does not say how the log ends")
    expect(set(case.statuses()) == {"planned"}, case.statuses())
    # Once that is mended it goes on.
    file = case.folder / "file.yaml"
    file.write_text(file.read_text().replace(BROKEN, "true"))
    here = case.here()
    case.end(case.start())
    case.compare(here)


def clock_off(case):
    """The clock of two nodes is off by a day, each way."""
    here = case.here()
    case.end(case.start())
    case.compare(here)


def slow_folder(case):
    """Every write to the disk takes its time, of tasks and of the command."""
    here = case.here()
    (case.folder / "slow.c").write_text(SLOW)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", "slow.so", "slow.c", "-ldl"], cwd=case.folder,
                   check=True)
    file = case.folder / "file.yaml"
    file.write_text(file.read_text().replace("FOLDER", str(case.folder)))
    case.environment["LD_PRELOAD"] = str(case.folder / "slow.so")
    command = case.start()
    until("tasks are at work", lambda: tasks(case.folder) or command.poll() is not None)
    pause()
    kill_task(case, command)
    case.end(command)
    case.compare(here)


def fill(disk):
    with open(disk / "ballast", "wb", buffering=0) as ballast:
        try:
            while ballast.write(b"x" * 4096):
                pass
        except OSError:
            pass


def full_folder(case):
    """The runs' folder is a disk of its own that fills up while tasks write, and has room again."""
    here = case.here()
    disk = case.folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "labbook", disk], check=True)
    try:
        case.environment["LABBOOK_RUNS"] = str(disk)
        # No plan finds room: that is said, and nothing of it is left, neither here nor in the queue.
        fill(disk)
        case.end(case.start(), 1)
        expect("No space left" in case.log.read_text(), "it does not say that the disk is full")
        expect(not case.slurm.queue(), f"handed over: {case.slurm.queue()}")
        (disk / "ballast").unlink()
        expect(not list(disk.glob("plans/.2*")), "a plan that was not written is left")
        command = case.start()
        begun(case)
        time.sleep(random.uniform(0, 0.3))
        fill(disk)
        # One is to leave, and its states find no room; another is killed.
        for pid, how in zip(tasks(case.folder), [signal.SIGTERM, signal.SIGKILL]):
            kill(pid, how)
        time.sleep(random.uniform(3, 6))
        expect(command.poll() is None, "the command ended though its disk may have room again")
        (disk / "ballast").unlink()
        case.end(command)
        case.compare(here)
    finally:
        for pid in processes(case.folder):
            kill(pid)
        until("the disk is taken away", lambda: subprocess.run(
            ["umount", disk], capture_output=True).returncode == 0, 30)


def time_limit(case):
    """A run that is longer than a job may be ends in the third or fourth of them."""
    here = case.here()
    case.end(case.start())
    case.compare(here)
    status, points, _ = next(iter(case.there().values()))
    expect(status == "completed" and points, status)


FAKETIME = next((str(path) for path in Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)

# What is not there, and so is not checked.
MISSING = [name for name, is_there in [
    ("clock-off (faketime)", FAKETIME), ("slow-folder (cc)", shutil.which("cc"))] if not is_there]

CHECKS = [
    ("out-of-memory", EATER, out_of_memory),
    ("cannot-begin", networks(100, (
        "{task_minutes: 0.001, time: 10m, setup: ['" + BROKEN + "']}")), cannot_begin),
]
if FAKETIME:
    CHECKS.append(("clock-off", networks(100, (
        "{task_minutes: 0.001, time: 10m, setup: ['case $SLURMD_NODENAME in "
        f"n2) export DONT_FAKE_MONOTONIC=1 LD_PRELOAD={FAKETIME} FAKETIME=+1d;; "
        f"n3) export DONT_FAKE_MONOTONIC=1 LD_PRELOAD={FAKETIME} FAKETIME=-1d;; esac']}}")), clock_off))
if shutil.which("cc"):
    CHECKS.append(("slow-folder", networks(
        100, "{task_minutes: 0.001, time: 10m, setup: ['export LD_PRELOAD=FOLDER/slow.so']}"),
        slow_folder))
if subprocess.run(["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"],
                  capture_output=True).returncode == 0:
    CHECKS.append(("full-folder", networks(2400), full_folder))
else:
    MISSING.append("full-folder (mount)")

LONG = [
    ("time-limit", lone(12000, "{task_minutes: 0.001, time: 1m}"), time_limit),
    ("cannot-end", LONE_PROGRAM.replace(f": {STEPS}", ": 100000").replace(
        "task_minutes: 0.1", "task_minutes: 0.1, time: 1m"), cannot_end),
]
