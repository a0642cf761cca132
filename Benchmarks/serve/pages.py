"""What pages about 100,000 runs cost the server: seconds, CPU seconds, memory at most and afterwards.

    python3 Benchmarks/serve/pages.py .build/release/labbook [--store PATH] [--runs 100000] [--only WORD]
        [--wait 12]

Makes a store with 10 million points (Tests/Python/large_store.py) where --store names none, starts `labbook
serve` on it and asks for one page after the other, each from a server that has had the others before. The
greatest moment is the kernel's VmHWM, which is set back before each page; what is resident afterwards is
looked at after --wait seconds too, when nothing is kept of the page.
"""

import argparse
import http.client
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tracking"))
import servers  # noqa: E402

TOKEN = "measured-by-pages-py"
SWEEP = "sweep=wide/main"
PAGES = [
    ("the overview", "/"),
    ("the overview again", "/"),
    ("run table", "/runs"),
    ("run table again", "/runs"),
    ("a window of it", "/runs/rows?offset=50000&count=100"),
    ("sorted by a metric", "/runs?sort=-val/accuracy"),
    ("sorted by a parameter", "/runs?sort=lr"),
    ("a new filter", "/runs?where=lr%20%3C%200.01%20and%20val/accuracy%20%3E%200.5"),
    ("grouped by a parameter", "/runs?group=optimizer"),
    ("by configuration", "/runs?by=config"),
    ("by configuration, sorted", "/runs?by=config&sort=-val/accuracy"),
    ("run table of a sweep", "/runs?experiment=wide&sweep=main"),
    ("a run", "/runs/9e3779b1"),
    ("sweep page", "/sweeps/wide/main"),
    ("its runs", f"/sweep.json?{SWEEP}&metric=val/accuracy"),
    ("sweep page, 20,000 runs", "/sweeps/wide/tricks"),
    ("sweep page, 10,000 runs", "/sweeps/deep/main"),
    ("compare", f"/compare?{SWEEP}"),
    ("compare by a key", f"/compare?{SWEEP}&by=lr"),
    ("its curves", f"/curves.json?{SWEEP}&by=lr"),
    ("its configurations", f"/points.json?{SWEEP}"),
    ("compare by three keys", f"/compare?{SWEEP}&by=model,optimizer,batch_size&metric=val/loss"),
    ("compare.csv", f"/compare.csv?{SWEEP}&by=optimizer"),
    ("pooled", f"/compare.csv?{SWEEP}&by=optimizer&pool=1"),
    ("compare with a condition", f"/compare?{SWEEP}&by=lr&where=model%20%3D%20'residual'"),
    ("the whole store", "/compare?where=seed%20%3C%2010&by=experiment"),
    ("curves in one line", f"/curves.json?{SWEEP}&by=loss"),
]


def status(pid, name):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {name}")


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def server_process(session):
    """The process that serves, be it the one that was started or its child."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == session:
                found.append((status(entry.name, "VmRSS"), int(entry.name)))
        except (OSError, RuntimeError):
            continue
    return max(found)[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labbook")
    parser.add_argument("--store")
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--wait", type=float, default=12)
    options = parser.parse_args()
    program = str(Path(options.labbook).resolve())
    with tempfile.TemporaryDirectory() as folder:
        store = options.store and str(Path(options.store).resolve())
        if not store:
            store = str(Path(folder) / "labbook.sqlite")
            servers.labbook(program, folder).close()
            filler = HERE.parent.parent / "Tests" / "Python" / "large_store.py"
            subprocess.run([sys.executable, filler, store, str(options.runs)], check=True)
        server = servers.Server(
            [program, "serve", "--db", store, "--port", "{port}", "--token", TOKEN], folder)
        try:
            measure(server, options)
        finally:
            server.close()


def measure(server, options):
    pid = server_process(server.process.pid)
    print(f"{'page':28} {'s':>7} {'CPU s':>7} {'KB':>8} {'most MB':>8} {'MB':>6} {'later':>6}")
    print(f"{'start':28} {'':7} {'':7} {'':8} {status(pid, 'VmHWM'):8.0f} {status(pid, 'VmRSS'):6.0f}")
    for name, address in PAGES:
        if options.only not in name:
            continue
        Path(f"/proc/{pid}/clear_refs").write_text("5")
        begun, spent = time.perf_counter(), cpu_seconds(pid)
        http_ = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
        http_.request("GET", address, headers={"Authorization": f"Bearer {TOKEN}"})
        reply = http_.getresponse()
        body = reply.read()
        took, used = time.perf_counter() - begun, cpu_seconds(pid) - spent
        http_.close()
        most, now = status(pid, "VmHWM"), status(pid, "VmRSS")
        later = ""
        if now > 60:
            time.sleep(options.wait)
            later = f"{status(pid, 'VmRSS'):6.0f}"
        said = "" if reply.status == 200 else f" {reply.status} {body[:200]}"
        print(f"{name:28} {took:7.2f} {used:7.2f} {len(body) // 1024:8} {most:8.0f} {now:6.0f} {later:>6}"
              + said, flush=True)


if __name__ == "__main__":
    main()
