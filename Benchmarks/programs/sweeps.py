"""The same sweep of an outside program by Labbook, by Optuna with subprocesses, and by a shell script that
keeps a folder a run as Guild does: time, and what a kill -9 in the middle loses, repeats and leaves running.

Usage: sweeps.py LABBOOK [--python PYTHON_WITH_OPTUNA] [--repeats 3]

24 runs (4 rates, 2 widths, 3 seeds) of worker_train.py, two at a time, each about three seconds.
"""
import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNS, EPOCHS = 24, 10

LABBOOK = """
train: {command: python3 worker_train.py {lr} {width} {seed}, params: {lr: 0.1, width: 32}, grace: 0.5s}
objective: {minimize: loss}
over: {lr: [0.01, 0.1, 1, 10], width: [32, 64]}
seeds: 3
""".replace("command: python3", 'command: "python3').replace("{seed}, params", '{seed}", params')

OPTUNA = """
import json, subprocess, sys
import optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
grid = {"lr": [0.01, 0.1, 1, 10], "width": [32, 64], "seed": [1, 2, 3]}
def objective(trial):
    values = [str(trial.suggest_categorical(name, of)) for name, of in grid.items()]
    with subprocess.Popen(["python3", "worker_train.py", *values], stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout:
            told = json.loads(line)
            trial.report(told["loss"], told["epoch"])
    if child.returncode:
        raise RuntimeError(child.returncode)
    return told["loss"]
study = optuna.create_study(storage="sqlite:///optuna.db", study_name="s", load_if_exists=True,
                            sampler=optuna.samplers.GridSampler(grid))
study.optimize(objective, n_jobs=2)
"""

SHELL = """
one() {
  folder=runs/$1-$2-$3
  [ -e "$folder/done" ] && return
  mkdir -p "$folder"
  python3 worker_train.py "$1" "$2" "$3" > "$folder/output" && touch "$folder/done"
}
for lr in 0.01 0.1 1 10; do for width in 32 64; do for seed in 1 2 3; do
  one $lr $width $seed &
  while [ "$(jobs -r | wc -l)" -ge 2 ]; do sleep 0.02; done
done; done; done
wait
"""


def read(path):
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def left(folder):
    """Processes of the program that are alive."""
    mark = f"STARTS={folder}/".encode()
    return [int(name) for name in os.listdir("/proc") if name.isdigit()
            and b"worker_train.py" in read(f"/proc/{name}/cmdline")
            and mark in read(f"/proc/{name}/environ")]


def lines(path):
    return len(path.read_text().splitlines()) if path.exists() else 0


def prepare(folder):
    (folder / "worker_train.py").write_text((HERE / "worker_train.py").read_text())
    (folder / "sweep.yaml").write_text(LABBOOK)
    (folder / "sweep.py").write_text(OPTUNA)
    (folder / "sweep.sh").write_text(SHELL)


def start(command, folder):
    environment = os.environ | {"STARTS": f"{folder}/starts", "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL, start_new_session=True)


def whole(command):
    with tempfile.TemporaryDirectory(prefix="sweeps-") as name:
        folder = Path(name)
        prepare(folder)
        began = time.perf_counter()
        status = start(command, folder).wait()
        return time.perf_counter() - began, status, lines(folder / "starts")


def killed(command, epochs=EPOCHS * RUNS // 2):
    """What a kill -9 after half of the epochs leaves, and what the same command then does again."""
    with tempfile.TemporaryDirectory(prefix="sweeps-") as name:
        folder = Path(name)
        prepare(folder)
        tool = start(command, folder)
        while lines(folder / "starts.epochs") < epochs and tool.poll() is None:
            time.sleep(0.01)
        tool.send_signal(signal.SIGKILL)
        tool.wait()
        # Labbook's grace and a second more.
        time.sleep(1.5)
        remaining = left(folder)
        for pid in remaining:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        status = start(command, folder).wait()
        return len(remaining), lines(folder / "starts.epochs") - RUNS * EPOCHS, status, \
            lines(folder / "starts")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labbook")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    tools = {
        "Labbook": [str(Path(options.labbook).resolve()), "run", "sweep.yaml", "--jobs", "2"],
        "Optuna, subprocesses": [options.python, "sweep.py"],
        "shell, a folder a run": ["bash", "sweep.sh"],
    }
    times = {name: [] for name in tools}
    for _ in range(options.repeats):
        for name, command in tools.items():
            seconds, status, starts = whole(command)
            if status or starts != RUNS:
                print(f"{name}: status {status}, {starts} starts", file=sys.stderr)
            times[name].append(seconds)
    print("| tool | seconds | left running after kill -9 | epochs trained beyond those needed | starts |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, command in tools.items():
        remaining, repeated, status, starts = killed(command)
        print(f"| {name} | {statistics.median(times[name]):.1f} | {remaining} | {repeated} | {starts} |")


if __name__ == "__main__":
    main()
