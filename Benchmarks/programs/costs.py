"""What Labbook itself costs beside the programs that it starts.

Usage: costs.py LABBOOK [--runs 400] [--lines 1000000] [--programs 64]

1. CPU a run: sweeps of programs that do nothing, in user and system time of labbook and its keepers (in a
   control group of their own, as root; without one of labbook alone), less what the bare programs take.
2. Lines a second: a program that prints JSON lines as fast as `cat`, CPU seconds of labbook.
3. Memory: the proportional set size of labbook and all keepers with many programs at a time.
"""
import argparse
import os
import resource
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
# The second version of control groups has one tree, the first one a tree for accounting.
GROUP = (ROOT if (ROOT / "cgroup.controllers").exists() else ROOT / "cpuacct") / "labbook-costs"


def used():
    """CPU seconds of the control group so far."""
    old = GROUP / "cpuacct.usage"
    if old.exists():
        return int(old.read_text()) / 1e9
    return int((GROUP / "cpu.stat").read_text().split()[1]) / 1e6


def cpu(command, folder):
    """CPU seconds of a command and all that it starts, and those of itself alone."""
    try:
        GROUP.mkdir(exist_ok=True)
        before = used()
        grouped = True
    except OSError:
        grouped = False

    def enter():
        if grouped:
            (GROUP / "cgroup.procs").write_text(str(os.getpid()))

    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, preexec_fn=enter)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    if result.returncode:
        raise SystemExit(result.stderr)
    alone = end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime
    return used() - before if grouped else alone, alone


def sweep(folder, runs):
    (folder / "e.yaml").write_text(
        "train:\n  command: [/bin/echo, '{{\"loss\": {x}}}']\n  params: {x: 1}\n"
        "objective: {minimize: loss}\n"
        f"notebook: [{{sweep: main, over: {{x: {{linear: [1, {runs}], count: {runs}}}}}}}]\n")


def cost_of_runs(tool, runs):
    costs = []
    for count in (8, runs + 8):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            sweep(folder, count)
            costs.append(cpu([tool, "run", "e.yaml", "--jobs", "2"], folder))
    with tempfile.TemporaryDirectory() as name:
        bare, _ = cpu(["python3", "-c", f"import subprocess\nfor x in range({runs}):\n"
                       "  subprocess.run(['/bin/echo', 'x'], stdout=subprocess.DEVNULL)"], Path(name))
        none, _ = cpu(["python3", "-c", "import subprocess"], Path(name))
    whole = 1e3 * (costs[1][0] - costs[0][0]) / runs
    own = 1e3 * (costs[1][1] - costs[0][1]) / runs
    print(f"a run of /bin/echo: {whole:.2f} ms of CPU in all, labbook itself {own:.2f} ms; "
          f"the bare program by Python's subprocess {1e3 * (bare - none) / runs:.2f} ms")


def cost_of_lines(tool, lines):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open(folder / "lines.jsonl", "w") as file:
            for step in range(1, lines + 1):
                file.write(f'{{"step": {step}, "loss": {1 / step:.6g}, "val/accuracy": 0.5}}\n')
        (folder / "e.yaml").write_text(
            "train: {command: cat lines.jsonl, files: []}\nobjective: {minimize: loss}\n"
            "notebook: [{sweep: main}]\n")
        began = time.perf_counter()
        _, own = cpu([tool, "run", "e.yaml"], folder)
        seconds = time.perf_counter() - began
        size = (folder / "labbook.sqlite").stat().st_size
    print(f"{lines} JSON lines of two metrics: {lines / own:,.0f} lines a CPU second of labbook "
          f"({own:.1f} s, {seconds:.1f} s of clock), {size / lines / 2:.1f} bytes a point in the store")


def memory(tool, programs):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "e.yaml").write_text(
            "train: {command: \"sh -c 'echo {x}; sleep 1000' {x}\", params: {x: 1}, grace: 1s}\n"
            "objective: {minimize: loss}\n"
            f"over: {{x: {{linear: [1, {programs}], count: {programs}}}}}\n")
        tool = subprocess.Popen([tool, "run", "e.yaml", "--jobs", str(programs)], cwd=folder,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        found = {}
        deadline = time.time() + 120
        while len(found) < programs + 2 and time.time() < deadline:
            time.sleep(0.5)
            found = {}
            for pid in filter(str.isdigit, os.listdir("/proc")):
                try:
                    if os.readlink(f"/proc/{pid}/cwd") != str(folder):
                        continue
                    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
                    if int(pid) != tool.pid and b"__keep" not in words:
                        continue
                    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
                    found[pid] = int(text.split("Pss:")[1].split()[0])
                except (OSError, IndexError):
                    continue
        own = found.pop(str(tool.pid), 0)
        print(f"{programs} programs at a time: labbook {own / 1024:.1f} MiB, {len(found)} keepers and the "
              f"process above them {sum(found.values()) / 1024:.1f} MiB")
        tool.terminate()
        tool.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labbook")
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--programs", type=int, default=64)
    options = parser.parse_args()
    tool = str(Path(options.labbook).resolve())
    cost_of_runs(tool, options.runs)
    cost_of_lines(tool, options.lines)
    memory(tool, options.programs)


if __name__ == "__main__":
    main()
