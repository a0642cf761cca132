"""What goes wrong with sweeps on Slurm, at moments that nobody chose: each case ends with what a run here has."""

import json
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

from sweeping import PROGRAM, begun, expect, kill, networks, pause, processes, tasks, until

# A node that does not answer is given up soon; tasks beyond their memory are ended soon.
OPTIONS = (
    "KillWait=3", "SlurmdTimeout=5", "JobAcctGatherFrequency=task=1",
    "JobAcctGatherParams=OverMemoryKill", "PreemptType=preempt/partition_prio",
    "PreemptMode=REQUEUE",
)

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


def lone(epochs, slurm="{task_minutes: 0.001, time: 10m}"):
    return LONE.replace("EPOCHS", str(epochs)).replace("SLURM", slurm)


def kill_task(case, command):
    for pid in random.sample(tasks(case.folder), min(1, len(tasks(case.folder)))):
        kill(pid)
    return command


def kill_command(case, command):
    """The one that hands over or takes in."""
    command.kill()
    command.wait()
    return case.start()


def kill_controller(case, command):
    kill(case.slurm.pid("slurmctld"))
    time.sleep(random.uniform(0, 2))
    case.slurm.call()
    return command


def kill_node(case, command):
    kill(case.slurm.pid(f"n{random.randint(1, 4)}"))
    time.sleep(random.uniform(0, 2))
    case.slurm.call()
    return command


def killed(case):
    """Each part of it, at moments that nobody chose."""
    here = case.here()
    command = case.start()
    kinds = [kill_command, kill_task, kill_node, kill_command, kill_task, kill_controller, kill_task]
    for kind in kinds:
        pause()
        if command.poll() is None:
            command = kind(case, command)
    case.end(command)
    case.compare(here)


def kill_at_hand_over(case):
    """The submitting command, again and again, from its first moment on."""
    here = case.here()
    for _ in range(6):
        command = case.start()
        time.sleep(random.uniform(0, 1.2))
        command.kill()
        command.wait()
    case.end(case.start())
    case.compare(here)


def two_commands(case):
    """Two that hand the same file over at once: one does, and the other waits for it."""
    here = case.here()
    first, second = case.start(), case.start()
    case.end(first)
    case.end(second)
    case.compare(here)
    expect("this one waits for it" in case.log.read_text(), "none has waited")


def stopped(case):
    """`labbook stop FILE`: what waits leaves the queue, what is at work ends with what it measured."""
    command = case.start()
    begun(case)
    until("tasks wait", lambda: any("PENDING" in line for line in case.slurm.queue()))
    said = case.call("stop", "file.yaml")
    expect(said.returncode == 0 and "took back" in said.stdout, said.stdout + said.stderr)
    waiting = [line for line in case.slurm.queue() if "PENDING" in line]
    expect(not waiting, f"still waiting: {waiting}")
    case.end(command)
    expect(set(case.statuses()) <= {"stopped", "completed", "diverged"}, case.statuses())
    expect("stopped" in case.statuses(), case.statuses())
    expect(any(run[0] == "stopped" and run[1] for run in case.there().values()),
           "what was at work has kept no point")
    expect(not case.slurm.queue(), f"left: {case.slurm.queue()}")


def thought_dead(case):
    """An attempt whose node fell silent goes on writing, while two that replaced it are killed."""
    command = case.start()
    first = begun(case)[0]
    node = until("its node is known", lambda: [
        line.split()[2] for line in case.slurm.queue() if "RUNNING" in line])[0]
    kill(case.slurm.pid(node))
    # The controller gives the node up, and lets the task begin elsewhere; the first is still at work.
    for _ in range(2):
        def newer():
            return [pid for pid in tasks(case.folder) if pid != first]
        found = until("another attempt is at work", lambda: newer() or first not in tasks(case.folder))
        expect(found is not True, "the first attempt ended too soon to tell anything")
        segments = len(list((case.plans()[0] / "segments").iterdir()))
        for pid in newer():
            kill(pid)
        expect(segments > 1, "the other attempt wrote nothing")
    expect(first in tasks(case.folder), "the first attempt ended too soon to tell anything")
    case.end(command)
    case.slurm.call()
    # The points of a whole run, as its program tells them.
    (status, points, files), = case.there().values()
    expect(status == "completed", status)
    expect([point[3] for point in points if point[0] == "loss"] == list(range(STEPS)), points)


def preempted(case):
    """A job of a better partition takes the nodes: tasks leave, and go on later."""
    here = case.here()
    case.slurm.ask("scontrol", "create", "PartitionName=urgent", "Nodes=ALL", "PriorityTier=10",
                   "State=UP")
    case.slurm.ask("scontrol", "update", "PartitionName=here", "GraceTime=5")
    command = case.start()
    first = begun(case)
    case.slurm.ask("sbatch", "--partition=urgent", "--nodes=4", "--exclusive", "--output=/dev/null",
                   "--wrap=sleep 2")
    until("the tasks have left", lambda: not set(first) & set(tasks(case.folder)))
    case.end(command)
    case.compare(here)


def out_of_memory(case):
    """A task beyond its memory: the run fails with what Slurm says of it."""
    command = case.start()
    status = command.wait(timeout=600)
    expect(status == 1, f"the command ended with {status}\n")
    runs = json.loads(case.call("runs", "--format", "json").stdout)
    shown = case.call("show", runs[0]["run"]).stdout
    expect(case.statuses() == ["failed"], case.statuses())
    expect("Slurm says" in shown, shown)


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


def full_folder(case):
    """The runs' folder is a disk of its own that fills up while tasks write, and has room again."""
    here = case.here()
    disk = case.folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "labbook", disk], check=True)
    try:
        case.environment["LABBOOK_RUNS"] = str(disk)
        command = case.start()
        begun(case)
        time.sleep(random.uniform(0, 1))
        with open(disk / "ballast", "wb") as ballast:
            try:
                while True:
                    ballast.write(b"x" * 4096)
                    ballast.flush()
            except OSError:
                pass
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


EATER = """
experiment: eater
train: {command: "sh eat.sh {amount}", params: {amount: 1}, files: [eat.sh]}
objective: {minimize: loss}
slurm: {task_minutes: 0.1, memory: 300M}
"""

# A minute and a half that takes no processor.
STEPS = 180
LONE_PROGRAM = """
experiment: lone
train: {command: "sh count.sh {steps}", params: {steps: STEPS}, files: [count.sh]}
objective: {minimize: loss}
slurm: {task_minutes: 0.1}
""".replace("STEPS", str(STEPS))

FAKETIME = next((str(path) for path in Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)

CHECKS = [
    ("killed", networks(600), killed),
    ("hand-over", networks(100), kill_at_hand_over),
    ("two-commands", networks(100), two_commands),
    ("stopped", networks(3000, "{task_minutes: 0.001, time: 10m, array: 2}"), stopped),
    ("thought-dead", LONE_PROGRAM, thought_dead),
    ("preempted", networks(400), preempted),
    ("out-of-memory", EATER, out_of_memory),
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
    CHECKS.append(("full-folder", networks(600), full_folder))

LONG = [
    ("time-limit", lone(12000, "{task_minutes: 0.001, time: 1m}"), time_limit),
    ("program-killed", PROGRAM.replace("seeds: 2", "seeds: 4"), killed),
]
