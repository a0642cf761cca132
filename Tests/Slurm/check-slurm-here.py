#!/usr/bin/env python3
"""Starts a Slurm of four nodes with scripts/slurm-here, runs arrays on it, kills daemons, stops it,
and counts what is left. Needs root (or an installed Slurm) and nothing beyond Python's own library.

Usage: Tests/Slurm/check-slurm-here.py [TIMES]

Processes are counted by this file's own look at /proc, not by that of the script under test: each
job carries a mark in its environment or its command line, and each daemon the folder's name.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "slurm-here"
MARK = f"mark-of-{os.getpid()}"


class Failure(Exception):
    pass


def expect(condition, words):
    if not condition:
        raise Failure(words)


def call(*arguments, environment=None, text=None, status=0):
    done = subprocess.run(
        [str(argument) for argument in arguments], input=text, capture_output=True, text=True,
        env=environment, timeout=180)
    if status is not None and done.returncode != status:
        raise Failure(f"{shlex.join(map(str, arguments))}: status {done.returncode}\n"
                      f"{done.stdout}{done.stderr}")
    return done


def until(words, condition, seconds=90):
    end = time.monotonic() + seconds
    while not condition():
        expect(time.monotonic() < end, f"after {seconds} s still not: {words}")
        time.sleep(0.3)


def census(root, mark=None):
    """The living processes that name the folder or the mark, but for this one and its callers."""
    spared, pid = set(), os.getpid()
    while pid > 1:
        spared.add(pid)
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[1])
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) in spared:
            continue
        try:
            if (entry / "stat").read_text().rpartition(") ")[2][0] in "ZX":
                continue
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ")
            text = command + (entry / "environ").read_bytes()
            places = [os.readlink(entry / "cwd")]
            places += [os.readlink(file) for file in (entry / "fd").iterdir()]
        except OSError:
            continue
        named = any(place.startswith(str(root) + "/") for place in places)
        named = named or str(root).encode() in text or bool(mark and mark.encode() in text)
        if named:
            found[int(entry.name)] = command.decode(errors="replace").strip()
    return found


def exports(output):
    """What the lines set in a real shell; nothing but export lines may be there."""
    for line in output.splitlines():
        expect(line.startswith("export "), f"not an export line: {line!r}")
    shell = call("sh", "-c", output + "\nenv -0", environment=dict(os.environ))
    return dict(item.split("=", 1) for item in shell.stdout.split("\0") if "=" in item)


def start(root, *options):
    done = call(SCRIPT, 4, "--root", root, "--env", "--cpus", 1, "--for", "20m", *options)
    return exports(done.stdout), done


def pid_of(root, name):
    return int((root / "run" / f"{name}.pid").read_text().split()[0])


def states(environment, job):
    lines = call("squeue", "--noheader", "--array", "--states=all", f"--jobs={job}",
                 "--format=%K %T %N", environment=environment).stdout.splitlines()
    return {int(line.split()[0]): line.split()[1:] for line in lines}


def submit(environment, folder, body, *options):
    script = f"#!/bin/sh\n# {MARK}\n{body}\n"
    done = call("sbatch", "--parsable", "--open-mode=append", f"--output={folder}/%A_%a.out", *options,
                text=script, environment=environment)
    return int(done.stdout.split(";")[0])


def one_array(environment, folder):
    job = submit(environment, folder, 'echo "$SLURM_ARRAY_TASK_ID $SLURMD_NODENAME"; sleep 1',
                 "--array=0-7")
    until("eight tasks have ended",
          lambda: [task[0] for task in states(environment, job).values()] == ["COMPLETED"] * 8)
    lines = [(folder / f"{job}_{task}.out").read_text().split() for task in range(8)]
    expect([int(line[0]) for line in lines] == list(range(8)), f"tasks wrote {lines}")
    expect({line[1] for line in lines} == {"n1", "n2", "n3", "n4"}, f"not all nodes worked: {lines}")


def killed_node(environment, root, folder):
    """A slurmd is killed: its node is down, its task is requeued and begins again elsewhere."""
    job = submit(environment, folder,
                 'echo "$SLURM_ARRAY_TASK_ID $SLURMD_NODENAME ${SLURM_RESTART_COUNT:-0}"\n'
                 # One that leaves its parent, its session and its environment behind.
                 f'(setsid env -i sh -c "sleep 900; : {MARK}" &)\nsleep 900',
                 "--array=0-3", "--requeue")
    until("four tasks run",
          lambda: [task[0] for task in states(environment, job).values()] == ["RUNNING"] * 4)
    victim = states(environment, job)[2][1]
    call("kill", "-KILL", pid_of(root, victim))
    until(f"{victim} is down", lambda: "down" in call(
        "sinfo", "--noheader", "--Node", f"--nodes={victim}", "--format=%T",
        environment=environment).stdout)
    until("its task waits again", lambda: states(environment, job)[2][0] == "PENDING")
    return job, victim


def killed_controller(environment, root, job, victim):
    """A second start brings back what was killed, and the controller still knows its jobs."""
    call("kill", "-KILL", pid_of(root, "slurmctld"))
    again, done = start(root)
    expect(again["SLURM_CONF"] == environment["SLURM_CONF"], "a second start prints other lines")
    expect("already runs" in done.stderr, f"a second start says: {done.stderr}")
    expect(f"slurmctld {victim}" in done.stderr, f"not started again: {done.stderr}")
    expect(len(states(environment, job)) == 4, "the controller has forgotten its tasks")


def stopped_with_killed(environment, root, names):
    for name in names:
        call("kill", "-KILL", pid_of(root, name))
    call(SCRIPT, "--stop", "--root", root)
    expect(not census(root, MARK), f"left after --stop: {census(root, MARK)}")
    expect(os.listdir(root) == ["log"], f"files left after --stop: {os.listdir(root)}")
    call(SCRIPT, "--stop", "--root", root)


def vanished(root, folder):
    environment, _ = start(root)
    submit(environment, folder, "sleep 900")
    while root.exists():  # The daemons still write into it.
        shutil.rmtree(root, ignore_errors=True)
    until("nothing runs for a folder that vanished", lambda: not census(root, MARK), 15)


def two_at_once(folder):
    roots = [folder / f"side {number}" for number in (1, 2)]
    starts = [subprocess.Popen([SCRIPT, "2", "--root", root, "--env"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True) for root in roots]
    for begun in starts:
        output, words = begun.communicate(timeout=180)
        expect(begun.returncode == 0, words)
        nodes = call("sinfo", "--noheader", "--format=%D %T", environment=exports(output)).stdout
        expect(nodes.split() == ["2", "idle"], f"sinfo says {nodes!r}")
    call(SCRIPT, "--stop", "--root", roots[0])
    expect(not census(roots[0]), f"left: {census(roots[0])}")
    expect(census(roots[1]), "stopping one stopped the other")
    call(SCRIPT, "--stop", "--root", roots[1])


def refusals(folder):
    """What cannot start says why, with a status, and leaves neither process nor file."""
    full = folder / "full"
    full.mkdir()
    (full / "mine").write_text("kept")
    for words, arguments in [
        ("holds other things", [2, "--root", full, "--env"]),
        ("did not start", [2, "--root", folder / "bad", "--env", "--option", "SelectType=nonsense"]),
        ("number of nodes", [0, "--root", folder / "none", "--env"]),
        ("--root", [2, "--env"]),
    ]:
        done = call(SCRIPT, *arguments, status=None)
        expect(done.returncode != 0 and not done.stdout, f"{arguments}: {done}")
        expect(words in done.stderr, f"{arguments}: {done.stderr}")
    expect(os.listdir(folder) == ["full"], f"left: {os.listdir(folder)}")
    expect(os.listdir(full) == ["mine"], f"left: {os.listdir(full)}")
    expect(not census(folder), f"left: {census(folder)}")


def links():
    return {name for name in os.listdir("/tmp") if re.match(r"slurm-here\.", name)}


def once(folder):
    before = links()
    refusals(folder)
    root = folder / ("a folder with spaces, 'quotes' and a long name " + "x" * 80)
    environment, _ = start(root, "--option", "SlurmdTimeout=5", "--option", "MinJobAge=300")
    output = folder / "output"
    output.mkdir()
    one_array(environment, output)
    job, victim = killed_node(environment, root, output)
    killed_controller(environment, root, job, victim)
    stopped_with_killed(environment, root, ["n1", "slurmctld", "munged"])
    two_at_once(folder)
    vanished(root, output)
    expect(links() == before, f"links left: {links() - before}")


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    passed = failed = 0
    for _ in range(times):
        with tempfile.TemporaryDirectory(prefix="slurm-check-") as name:
            folder = Path(name)
            began = time.monotonic()
            try:
                once(folder)
                passed += 1
                print(f"passed in {time.monotonic() - began:.1f} s", flush=True)
            except (Failure, subprocess.TimeoutExpired) as failure:
                failed += 1
                print(f"failed after {time.monotonic() - began:.1f} s: {failure}", flush=True)
                for root in {log.parent.parent for log in folder.glob("**/log/slurmctld.log")}:
                    call(SCRIPT, "--stop", "--root", root, status=None)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
