"""What is killed, stopped or moved while sweeps are on Slurm, at moments that nobody chose: each case ends with what a run here has."""

import random
import time

from sweeping import (
    LONE_PROGRAM, STEPS, PROGRAM, begun, expect, kill, networks, pause, tasks, until)

# A node that does not answer is given up soon; tasks beyond their memory are ended soon, which needs memory
# to be handed out.
OPTIONS = (
    "SelectTypeParameters=CR_CPU_Memory", "DefMemPerCPU=200",
    "KillWait=3", "SlurmdTimeout=5", "JobAcctGatherFrequency=task=1",
    "JobAcctGatherParams=OverMemoryKill", "PreemptType=preempt/partition_prio",
    "PreemptMode=REQUEUE",
)


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
    until("points are written", lambda: any(
        path.stat().st_size > 100_000 for path in case.plans()[0].glob("segments/*")))
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
    for number in range(2):
        def newer():
            return [pid for pid in tasks(case.folder) if pid != first]
        found = until("another attempt is at work", lambda: newer() or first not in tasks(case.folder))
        expect(found is not True, "the first attempt ended too soon to tell anything")
        until("it writes", lambda: len(list(case.plans()[0].glob("segments/*"))) > number + 1)
        for pid in newer():
            kill(pid)
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


def requeued(case):
    """Some jobs are begun again by an operator, another is cancelled by hand: their runs go on."""
    here = case.here()
    command = case.start()
    begun(case)
    until("two tasks are at work", lambda: len(case.jobs("RUNNING")) > 1)
    jobs = case.jobs("RUNNING")
    case.slurm.ask("scancel", jobs.pop())
    case.slurm.ask("scontrol", "requeue", ",".join(jobs))
    case.end(command)
    case.compare(here)


CHECKS = [
    ("killed", networks(600), killed),
    ("hand-over", networks(100), kill_at_hand_over),
    ("two-commands", networks(100), two_commands),
    ("stopped", networks(300000, "{task_minutes: 0.001, time: 10m, array: 2}"), stopped),
    ("thought-dead", LONE_PROGRAM, thought_dead),
    ("preempted", networks(400), preempted),
    ("requeued", networks(6000), requeued),
    ("program-killed", PROGRAM.replace("seeds: 2", "seeds: 4"), killed),
]
