"""What the checks of sweeps on a real Slurm share: files, stores, processes, and one Slurm of four nodes."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

SLURM = Path(__file__).resolve().parents[2] / "scripts" / "slurm-here"

NETWORKS = """
experiment: networks
lint: {allow: [no-validation]}
data: {source: spiral, points_per_class: 400, split: {val: 0.2}}
model: {mlp: {hidden: [64]}}
train: {batch_size: 16, epochs: EPOCHS}
over: {lr: [0.01, 0.03, 1e30]}
seeds: 4
slurm: {task_minutes: 0.001, time: 10m}
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


COUNT = """\
step=0
while [ $step -lt $1 ]; do
  echo "{\\"step\\": $step, \\"loss\\": $step}"
  step=$((step + 1))
  sleep 0.5
done
"""

# A minute that takes no processor.
STEPS = 120
LONE_PROGRAM = """
experiment: lone
train: {command: "sh count.sh {steps}", params: {steps: STEPS}, files: [count.sh]}
objective: {minimize: loss}
slurm: {task_minutes: 0.1}
""".replace("STEPS", str(STEPS))

# Takes memory until somebody ends it.
EAT = """\
exec python3 -c 'import time; taken = b"x" * 900_000_000; time.sleep(600)'
"""


class Failure(Exception):
    pass


def expect(condition, words):
    if not condition:
        raise Failure(words)


def until(words, condition, seconds=240):
    """Waits for a state; the bound is for what hangs, not for what is slow."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        expect(time.monotonic() < end, f"after {seconds} s still not: {words}")
        time.sleep(0.1)


def networks(epochs=400, slurm=None):
    text = NETWORKS.replace("EPOCHS", str(epochs))
    return text if slurm is None else text[:text.index("slurm:")] + f"slurm: {slurm}\n"


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
    store.close()
    return runs


def processes(text, words=None):
    """The living processes that name a text in their command line or environment, but for this one and its
    callers."""
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
            command = (entry / "cmdline").read_bytes()
            known = command + (entry / "environ").read_bytes()
        except OSError:
            continue
        if str(text).encode() in known and (words is None or words(command.split(b"\0"))):
            found[int(entry.name)] = command.replace(b"\0", b" ").decode(errors="replace")
    return found


def tasks(folder):
    """The tasks at work on plans below a folder."""
    return sorted(processes(folder, lambda words: len(words) > 2 and words[1] == b"work"
                            and str(folder).encode() in words[2]))


def kill(pid, how=signal.SIGKILL):
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        pass


class Slurm:
    """Four nodes on loopback."""

    def __init__(self, parent, *options):
        self.root = Path(parent) / "cluster"
        self.options = [word for option in options for word in ("--option", option)]
        made = self.call()
        self.environment = dict(
            os.environ, SLURM_CONF=re.search("'(.*)'", made.stdout).group(1))

    def call(self):
        """Starts it, or what of it was killed."""
        return subprocess.run(
            [SLURM, "4", "--root", self.root, "--env", "--cpus", "2", *self.options], check=True,
            capture_output=True, text=True)

    def pid(self, name):
        return int((self.root / "run" / f"{name}.pid").read_text().split()[0])

    def ask(self, *words):
        return subprocess.run(
            words, env=self.environment, capture_output=True, text=True, timeout=120).stdout

    def queue(self):
        return self.ask("squeue", "--noheader", "--array", "--format=%K %T %N").splitlines()

    def end(self):
        subprocess.run([SLURM, "--stop", "--root", self.root], capture_output=True)


class Case:
    """A folder with a file, a store that was made here, and one that Slurm makes."""

    def __init__(self, name, text, slurm, labbook):
        self.name, self.slurm, self.labbook = name, slurm, labbook
        self.folder = Path(tempfile.mkdtemp(prefix=f"labbook-{name}-"))
        self.environment = dict(slurm.environment if slurm else os.environ)
        (self.folder / "file.yaml").write_text(text)
        (self.folder / "work.sh").write_text(WORK)
        (self.folder / "eat.sh").write_text(EAT)
        (self.folder / "count.sh").write_text(COUNT)
        self.log = self.folder / "log"
        self.log.write_text("")

    def here(self):
        """Trains it here; what the store has then."""
        subprocess.run(
            [self.labbook, "run", "file.yaml", "--on", "here", "--db", "here.sqlite", "--plots",
             "near"], cwd=self.folder, check=True, capture_output=True)
        return contents(self.folder / "here.sqlite")

    def command(self, *words):
        return [str(self.labbook), *words, "--db", "slurm.sqlite"]

    def start(self, *words):
        with open(self.log, "a") as log:
            return subprocess.Popen(
                self.command("run", "file.yaml", "--on", "slurm", "--plots", "far", *words),
                cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log)

    def call(self, *words):
        return subprocess.run(
            self.command(*words), cwd=self.folder, env=self.environment, capture_output=True,
            text=True, timeout=300)

    def end(self, command, status=0):
        found = command.wait(timeout=600)
        expect(found == status, f"the command ended with {found}")

    def plans(self):
        runs = Path(self.environment.get("LABBOOK_RUNS", self.folder / "slurm.sqlite.runs"))
        return sorted((runs / "plans").glob("2*"))

    def jobs(self, state):
        """The numbers of its jobs in a state."""
        lines = self.slurm.ask("squeue", "--noheader", "--array", "--format=%A %T").splitlines()
        return [line.split()[0] for line in lines if line.split()[1] == state]

    def there(self):
        return contents(self.folder / "slurm.sqlite")

    def statuses(self):
        return sorted(run[0] for run in self.there().values())

    def compare(self, here):
        there = self.there()
        wrong = [key for key in here.keys() | there.keys() if here.get(key) != there.get(key)]
        expect(here and not wrong, f"{len(wrong)} of {len(here)} runs differ")

    def census(self):
        """Nothing of it is left, once what was asked to leave has left."""
        until("no process is left", lambda: not processes(self.folder), 60)

    def remove(self):
        for pid in processes(self.folder):
            kill(pid)
        shutil.rmtree(self.folder, ignore_errors=True)


def begun(case):
    """The tasks of a case, once there are any."""
    return until("a task is at work", lambda: tasks(case.folder))


def pause():
    time.sleep(random.uniform(0.2, 2))
