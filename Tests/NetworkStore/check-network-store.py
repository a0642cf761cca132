#!/usr/bin/env python3
"""Keeps a store on a real FUSE file system (bindfs) that two machines see, which are two namespaces of mounts
and names with starts of their own: what each is told, what a killed one leaves, and the same points as on a
disk; and trains into a folder that takes its time. Needs root, bindfs and unshare.

Usage: Tests/NetworkStore/check-network-store.py PATH-OF-LABBOOK
       Tests/NetworkStore/check-network-store.py --can     (whether a file system can be mounted here)
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LABBOOK = Path(sys.argv[1]).resolve()
CAN = sys.argv[1] == "--can"

FILE = """
experiment: shared
lint: {allow: [no-validation]}
data: {source: spiral, points_per_class: 200, split: {val: 0.2}}
model: {mlp: {hidden: [32]}}
train: {batch_size: 16, epochs: EPOCHS}
over: {lr: [0.01, 0.03]}
seeds: 2
"""

MACHINE = """
set -e
hostname "$1"; echo "start of $1" >"$2/boot-$1"; echo "machine $1" >"$2/machine-$1"
mount --bind "$2/boot-$1" /proc/sys/kernel/random/boot_id
[ ! -e /etc/machine-id ] || mount --bind "$2/machine-$1" /etc/machine-id
cd "$2"; shift 2; exec "$@"
"""


def expect(condition, words):
    if not condition:
        raise SystemExit(f"FAILED: {words}")


def on(machine, folder, *words):
    """A labbook on one of the machines."""
    return subprocess.Popen(
        ["unshare", "--mount", "--uts", "sh", "-c", MACHINE, "sh", machine, folder, LABBOOK, *words,
         "--db", folder / "shared" / "labbook.sqlite"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def ends(command, status, *words):
    said = command.communicate(timeout=300)[0]
    expect(command.returncode == status, f"status {command.returncode}, not {status}:\n{said}")
    for word in words:
        expect(word in said, f"'{word}' is not in:\n{said}")


def points(path):
    store = sqlite3.connect(path)
    rows = store.execute(
        "SELECT key, metric, step, value FROM metric_points JOIN run_table USING (run)"
        " WHERE metric NOT LIKE 'time/%' ORDER BY 1, 2, 3").fetchall()
    store.close()
    return rows


def check(folder):
    shared = folder / "shared"
    (folder / "file.yaml").write_text(FILE.replace("EPOCHS", "20"))
    (folder / "long.yaml").write_text(FILE.replace("EPOCHS", "300000").replace("shared", "long"))
    subprocess.run([LABBOOK, "run", "file.yaml", "--db", "local.sqlite", "--plots", "plots"],
                   cwd=folder, check=True, capture_output=True)
    run = ["run", "file.yaml", "--plots", "plots"]
    ends(on("cedar", folder, *run), 0, "lies on FUSE", "now 'cedar'")
    expect(points(shared / "labbook.sqlite") == points(folder / "local.sqlite"), "points differ")
    expect(sorted(path.name for path in shared.iterdir()) == ["labbook.sqlite"],
           f"left: {sorted(shared.iterdir())}")
    # Another machine while one is at work, a second process of the same one, and after its end.
    work = on("cedar", folder, "run", "long.yaml", "--plots", "plots")
    end = time.monotonic() + 120
    while b"cedar" not in (lease.read_bytes() if (lease := shared / "labbook.sqlite.host").exists()
                           else b""):
        expect(time.monotonic() < end, "cedar has not taken the store")
        time.sleep(0.05)
    ends(on("birch", folder, "runs"), 1, "in use by labbook on 'cedar'", "this is 'birch'")
    ends(on("cedar", folder, "runs"), 0, "shared")
    # It dies: its own machine goes on at once, another one is asked whether it is off.
    subprocess.run(["sh", "-c", f"kill -9 {work.pid}"], check=True)
    work.wait()
    lease_left = shutil.copy(lease, folder / "left")
    ends(on("cedar", folder, "runs"), 0, "interrupted")
    expect(not lease.exists(), "the last process has left the file")
    shutil.copy(lease_left, lease)
    ends(on("birch", folder, "runs"), 1, "last used by labbook on 'cedar'", f"remove '{lease}'")
    lease.unlink()
    ends(on("birch", folder, *run, "--fresh"), 0, "now 'birch'")
    expect(points(shared / "labbook.sqlite") != [], "nothing is left")
    store = sqlite3.connect(shared / "labbook.sqlite")
    whole = store.execute("PRAGMA integrity_check").fetchone()
    store.close()
    expect(whole == ("ok",), "the store is damaged")


def slow(folder):
    """Runs whose folder is a file server that takes 300 KB a second: tasks wait for it, and nothing is lost."""
    runs = folder / "slow"
    environment = dict(os.environ, LABBOOK_RUNS=str(runs))
    run = [LABBOOK, "run", "file.yaml", "--plots", "plots", "--on", "plan", "--db", "slow.sqlite"]
    subprocess.run([*run, "--detach"], cwd=folder, env=environment, check=True, capture_output=True)
    plan, = (runs / "plans").glob("2*")
    for task in range(len(list((plan / "orders").iterdir()))):
        subprocess.run([LABBOOK, "work", plan, "--task", str(task)], check=True, capture_output=True)
    subprocess.run(run, cwd=folder, env=environment, check=True, capture_output=True)
    expect(points(folder / "slow.sqlite") == points(folder / "local.sqlite"), "points differ")


def mounted(folder, name, *options):
    """A file system of bindfs."""
    for part in [folder / f"{name}.disk", folder / name]:
        part.mkdir()
    subprocess.run(["bindfs", *options, folder / f"{name}.disk", folder / name], check=True)


def unmount(path):
    """Takes a file system away; one that is still in use goes when it is not any more."""
    if subprocess.run(["umount", path], capture_output=True).returncode != 0:
        subprocess.run(["umount", "--lazy", path], check=False)


def main():
    for program in ["bindfs", "unshare"]:
        expect(shutil.which(program), f"there is no {program}")
    with tempfile.TemporaryDirectory(prefix="labbook-network-") as name:
        folder = Path(name)
        try:
            mounted(folder, "shared")
            if CAN:
                return
            mounted(folder, "slow", "--write-rate=300k", "--read-rate=3M")
            check(folder)
            print("passed: a store of two machines on FUSE", flush=True)
            slow(folder)
            print("passed: runs on a slow file server", flush=True)
        finally:
            for name in ["shared", "slow"]:
                if (folder / name).is_mount():
                    unmount(folder / name)


main()
