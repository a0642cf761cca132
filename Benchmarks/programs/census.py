"""Ends labbook, its keepers or all of them at random moments and counts what is left of their programs.

Usage: census.py LABBOOK [--count 100] [--seed 1] [--grace 0.5]

Each round trains two runs of stubborn.py, waits a random time, and sends SIGKILL, SIGTERM, SIGHUP or Ctrl-C
twice to labbook, its keepers, the process above these, or several of them. Within the grace and two seconds
every process of the runs must be gone; where labbook and keepers were killed together, after the next start.
Then the same command goes on, and every step that the program had told before must be in the store.
"""
import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
EXPERIMENT = """
train:
  command: python3 stubborn.py {x}
  params: {x: 1}
  resume: true
  grace: GRACEs
objective: {minimize: loss}
over: {x: [1, 2]}
"""


def read(path):
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def processes(folder):
    """The living processes of a folder's runs, and labbook's own: (programs, keepers, others)."""
    mark = str(folder).encode()
    found = ([], [], [])
    for name in os.listdir("/proc"):
        if not name.isdigit() or int(name) == os.getpid():
            continue
        status = read(f"/proc/{name}/stat")
        if not status or status.rsplit(b")", 1)[1].split()[0] in (b"Z", b"X"):
            continue
        command = read(f"/proc/{name}/cmdline")
        if b"__keep" in command:
            try:
                own = os.readlink(f"/proc/{name}/cwd").startswith(str(folder))
            except OSError:
                own = False
            if own:
                found[1].append((int(name), int(status.rsplit(b")", 1)[1].split()[1])))
        elif b"LABBOOK_RUN_DIR=" + mark in read(f"/proc/{name}/environ"):
            found[0].append(int(name))
    return found


def send(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def points(folder):
    store = sqlite3.connect(f"file:{folder}/labbook.sqlite?mode=ro", uri=True)
    rows = store.execute(
        "SELECT run, COUNT(*), MAX(step) FROM metric_points WHERE metric = 'loss' GROUP BY run")
    counts = {run: (count, last) for run, count, last in rows}
    whole = store.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    return counts, whole


def round_(tool, count, grace):
    with tempfile.TemporaryDirectory(prefix="census-") as name:
        folder = Path(name)
        (folder / "stubborn.py").write_text((HERE / "stubborn.py").read_text())
        (folder / "e.yaml").write_text(EXPERIMENT.replace("GRACE", str(grace)))
        command = [tool, "run", "e.yaml", "--jobs", "2"]
        labbook = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True)
        # From the first moment on; in half of the rounds not before the programs are at work.
        if random.random() < 0.5:
            for _ in range(2000):
                if len(processes(folder)[0]) >= 4:
                    break
                time.sleep(0.01)
        time.sleep(random.uniform(0, 1))
        _, keepers, _ = processes(folder)
        above = {parent for _, parent in keepers}
        nursery = [pid for pid, _ in keepers if pid in above]
        own = [pid for pid, _ in keepers if pid not in nursery]
        victims = {
            "labbook": [labbook.pid], "keepers": own, "nursery": nursery,
            "labbook+nursery": [labbook.pid] + nursery,
            "all": [labbook.pid] + nursery + own,
        }
        who = random.choice(["labbook"] * 3 + list(victims))
        # Keepers and the process above them heed no other signal.
        number = signal.SIGKILL if who != "labbook" else random.choice(
            [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
        started = time.monotonic()
        send(victims[who], number)
        if number == signal.SIGINT:
            time.sleep(random.uniform(0, 0.3))
            send(victims[who], number)
        if who in ("keepers", "nursery"):
            # Labbook lives: it says what happened, or goes on; it is asked to end.
            time.sleep(0.3)
            send([labbook.pid], signal.SIGTERM)
        gone, left, alone = None, 0, who == "all"
        limit = grace + 2
        while time.monotonic() - started < limit + (10 if not alone else 0):
            programs, keepers, _ = processes(folder)
            if labbook.poll() is not None and not programs and not keepers:
                gone = time.monotonic() - started
                break
            if time.monotonic() - started < limit:
                left = len(programs) + len(keepers)
            if alone and time.monotonic() - started > limit:
                break
            time.sleep(0.01)
        told = {path.parent.parent.name: int(path.read_text() or 0)
                for path in folder.glob("labbook.sqlite.runs/*/program/checkpoint")}
        again = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120,
                               env=os.environ | {"CENSUS_LAST": "1"})
        # The process above the keepers ends when labbook has ended.
        for _ in range(200):
            programs, keepers, _ = processes(folder)
            after = len(programs) + len(keepers)
            if not after:
                break
            time.sleep(0.01)
        send(programs + [pid for pid, _ in keepers], signal.SIGKILL)
        counts, whole = points(folder)
        lost = sum(max(0, steps - counts.get(run, (0, 0))[0]) for run, steps in told.items())
        labbook.wait()
        return {
            "who": who, "signal": signal.Signals(number).name, "gone": gone, "left": left,
            "after": after, "lost": lost, "whole": whole, "status": again.returncode,
            "told": sum(told.values()), "errors": again.stderr[-300:],
        }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labbook")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--grace", type=float, default=0.5)
    options = parser.parse_args()
    random.seed(options.seed)
    # Under nohup it is ignored, and so it is by all that we start.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    tool = str(Path(options.labbook).resolve())
    rounds = []
    for count in range(options.count):
        one = round_(tool, count, options.grace)
        rounds.append(one)
        late = one["gone"] is None or one["gone"] > options.grace + 2
        wrong = (late and one["who"] != "all") or one["after"] or one["lost"] or not one["whole"]
        if wrong or one["status"]:
            print(count, one, flush=True)
    for who, of in sorted(Counter(one["who"] for one in rounds).items()):
        times = sorted(one["gone"] for one in rounds if one["who"] == who and one["gone"])
        slow = f"gone after {times[len(times) // 2]:.1f} s, at most {times[-1]:.1f} s" if times else ""
        print(f"{who:16} {of:4} rounds, {slow}")
    print(f"left after the next start: {sum(one['after'] for one in rounds)} processes; "
          f"steps told before: {sum(one['told'] for one in rounds)}, lost {sum(one['lost'] for one in rounds)}; "
          f"stores not whole: {sum(not one['whole'] for one in rounds)}; "
          f"next starts that failed: {sum(one['status'] != 0 for one in rounds)}")
    sys.exit(any(one["after"] or one["lost"] or not one["whole"] for one in rounds))


if __name__ == "__main__":
    main()
