"""What open pages cost the server while points come in from another process.

    python3 Benchmarks/serve/followers.py .build/release/labbook [--pages 100] [--rate 1000] [--seconds 20]

Makes a store with eight runs at work, starts `labbook serve` on it, opens the pages (each its own view of
a run's curves, or all one view with --one), and has a process of its own write `rate` points a second into
the file, in transactions of a tenth of a second, as a trainer does. Says how much CPU time the server took a
second, how many events each page got, and whether each got every point once.
"""

import argparse
import json
import os
import re
import selectors
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

FILE = """
experiment: followed
data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
models: {small: {mlp: {hidden: [4]}}}
train: {model: small, optimizer: sgd, epochs: 2, batch_size: 16}
seeds: 8
"""

WRITER = """
import sqlite3, sys, time
path, rate, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
db = sqlite3.connect(path, isolation_level=None)
db.execute("PRAGMA busy_timeout = 5000")
runs = [row[0] for row in db.execute("SELECT id FROM runs ORDER BY id")]
(metric,) = db.execute("SELECT id FROM metrics WHERE name = 'val/loss'").fetchone()
layout, slot = db.execute("SELECT layout, slot FROM slots WHERE metric = ?", (metric,)).fetchone()
step = max(row[0] or 0 for row in db.execute("SELECT MAX(step) FROM points"))
begun, turn = time.time(), 0
each = rate // 10 // len(runs)
print(step, flush=True)
while time.time() - begun < seconds:
    db.execute("BEGIN IMMEDIATE")
    now = int(time.time() * 1000)
    for run in runs:
        rows = [(run, layout, step + i + 1, 0, now + i, 1.0 / (step + i + 1)) for i in range(each)]
        db.executemany(f"INSERT INTO points (run, layout, step, epoch, time, v{slot}) VALUES (?,?,?,?,?,?)", rows)
        db.execute("UPDATE series SET last = ?, last_step = ? WHERE run = ? AND metric = ?", (rows[-1][5], rows[-1][2], run, metric))
        db.execute("UPDATE runs SET step = ? WHERE id = ?", (rows[-1][2], run))
    db.execute("COMMIT")
    step += each
    turn += 1
    time.sleep(max(0, begun + turn / 10 - time.time()))
print(step, flush=True)
"""


def cpu_seconds(pid):
  fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
  return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid):
  return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{pid}/status").read()).group(1)) / 1024


def main():
  options = argparse.ArgumentParser()
  options.add_argument("labbook")
  options.add_argument("--pages", type=int, default=100)
  options.add_argument("--rate", type=int, default=1000)
  options.add_argument("--seconds", type=float, default=20)
  options.add_argument("--port", type=int, default=5590)
  options.add_argument("--one", action="store_true", help="all pages follow the same view")
  asked = options.parse_args()
  labbook = os.path.abspath(asked.labbook)
  with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    open("followed.yaml", "w").write(FILE)
    subprocess.run([labbook, "run", "followed.yaml"], check=True, capture_output=True)
    path = os.path.join(folder, "labbook.sqlite")
    db = sqlite3.connect(path)
    runs = [row[0] for row in db.execute("SELECT run FROM runs ORDER BY id")]
    db.close()
    server = subprocess.Popen(
        [labbook, "serve", "--port", str(asked.port), "--token", "none"], stdout=subprocess.PIPE, text=True)
    try:
      server.stdout.readline()
      measure(asked, path, runs, server.pid)
    finally:
      server.terminate()
      server.wait()


def measure(asked, path, runs, pid):
  views = [
      f"view=curves&metric=val/loss&runs={','.join(runs) if asked.one else runs[i % len(runs)]}"
      + ("" if asked.one else f"&smooth=0.{i:04d}" if i else "") for i in range(asked.pages)]
  selector = selectors.DefaultSelector()
  pages = []
  for view in views:
    page = socket.create_connection(("127.0.0.1", asked.port))
    page.sendall(
        f"GET /events?{view} HTTP/1.1\r\nHost: 127.0.0.1:{asked.port}\r\nAccept: text/event-stream\r\n\r\n".encode())
    page.setblocking(False)
    pages.append({"socket": page, "bytes": bytearray()})
    selector.register(page, selectors.EVENT_READ, pages[-1])

  def read(seconds):
    end = time.time() + seconds
    while time.time() < end:
      for key, _ in selector.select(0.2):
        try:
          data = key.fileobj.recv(1 << 20)
        except BlockingIOError:
          continue
        if data:
          key.data["bytes"] += data
        else:
          selector.unregister(key.fileobj)

  read(3)
  for page in pages:
    assert b"event: curves" in page["bytes"], bytes(page["bytes"][:500])
  idle = cpu_seconds(pid)
  read(5)
  idle = (cpu_seconds(pid) - idle) / 5
  writer = subprocess.Popen(
      [sys.executable, "-c", WRITER, path, str(asked.rate), str(asked.seconds)], stdout=subprocess.PIPE, text=True)
  first = int(writer.stdout.readline())
  before, begun = cpu_seconds(pid), time.time()
  read(asked.seconds)
  after, ended = cpu_seconds(pid), time.time()
  last = int(writer.stdout.readline())
  writer.wait()
  read(3)
  whole = 0
  events = 0
  for page in pages:
    text = bytes(page["bytes"]).decode()
    found = {}
    for body in re.findall(r"event: points\ndata: (.*)", text):
      events += 1
      for piece in json.loads(body):
        found.setdefault(piece["id"], []).extend(piece["x"])
    expected = list(range(first + 1, last + 1))
    whole += bool(found) and all(steps == expected for steps in found.values())
  print(
      f"{asked.pages} pages, {'one view' if asked.one else 'a view each'}, {asked.rate} points a second: "
      f"{(after - before) / (ended - begun):.3f} CPU s a second (idle {idle:.3f}), "
      f"{events / asked.pages:.0f} events a page, {whole} of {asked.pages} pages have every point once, "
      f"{resident(pid):.0f} MB resident")


main()
