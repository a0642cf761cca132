"""A program that is hard to end, for census.py: it ignores SIGTERM, forks workers in sessions of their own,
daemonises one, closes its output now and then, and tells a step every 10 ms.

With CENSUS_LAST in its environment it tells one step more and ends.
"""
import json
import os
import random
import signal
import sys
import time

random.seed(int(os.environ["LABBOOK_SEED"]))
checkpoint = os.environ["LABBOOK_CHECKPOINT"]


def forever():
    while True:
        time.sleep(0.05)


def child(body, session=False, twice=False):
    if os.fork():
        return
    if session:
        os.setsid()
    if twice and os.fork():
        os._exit(0)
    body()


def closed():
    os.chdir("/")
    for number in range(64):
        try:
            os.close(number)
        except OSError:
            pass
    forever()


def breeding():
    while True:
        if os.fork() == 0:
            time.sleep(0.1)
            os._exit(0)
        time.sleep(0.02)
        try:
            os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            pass


done = 0
if os.environ.get("CENSUS_LAST"):
    if os.path.exists(checkpoint):
        done = int(open(checkpoint).read() or 0)
    print(json.dumps({"step": done + 1, "loss": 1 / (done + 1)}), flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
child(forever, session=True)
child(closed, session=True, twice=True)
child(breeding)
metrics = open(os.environ["LABBOOK_METRICS"], "a", buffering=1)
for step in range(1, 100_000):
    line = json.dumps({"step": step, "loss": 1 / step})
    print(line, file=metrics if step % 2 else sys.stdout, flush=True)
    with open(checkpoint + ".new", "w") as file:
        file.write(str(step))
    os.replace(checkpoint + ".new", checkpoint)
    if step == 40 and random.random() < 0.3:
        sys.stdout.close()
        sys.stdout = metrics
    time.sleep(0.01)
