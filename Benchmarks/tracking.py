"""Measures `labbook serve` beside the stock `mlflow server` in one run, with the same generators.

Usage: tracking.py LABBOOK [--mlflow PYTHON] [--seconds 10] [--runs 100000] [--clients 32]
    [--minute 60] [--only log,batch,search,start,clients]

LABBOOK is a release build with labbook-serve beside it; PYTHON has mlflow (by default the one that runs
this). Needs wrk (Debian: apt-get install wrk). Prints a table, and ends with 1 where a bound is missed
or an answered value is not in the store exactly once.
"""
import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "tracking"))
import servers

HERE = Path(__file__).parent / "tracking"
CONNECTIONS = 16
BOUNDS = {"log-metric requests a second": 20, "log-batch points a second": 10}


def wrk(server, script, seconds):
    """Answers a second, and the median and 99th latency in milliseconds, over 16 connections."""
    runs = server.connection().new_runs(CONNECTIONS)
    listing = server.folder / f"runs-{server.port}"
    listing.write_text("\n".join(runs) + "\n")
    output = subprocess.run(
        ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "-s",
         str(HERE / script), f"http://127.0.0.1:{server.port}"],
        capture_output=True, text=True, check=True,
        env={**os.environ, "RUNS": str(listing), "TOKEN": server.token}).stdout
    line = next(line for line in output.splitlines() if line.startswith("RESULT "))
    requests, micros, status, broken, median, last = (float(word) for word in line.split()[1:])
    if status or broken:
        raise RuntimeError(f"{script}: {status:.0f} errors, {broken:.0f} broken connections")
    return {"rate": requests / micros * 1e6, "median": median / 1000, "p99": last / 1000}


def search(server, repeats=7):
    """Milliseconds of a filtered, sorted search of the first 50 runs; where a reply takes longer than
    `servers.PATIENCE` seconds, these, and that it was longer."""
    connection = server.connection()
    fields = {
        "experiment_ids": ["0"], "filter": "metrics.loss < 0.5 and params.lr = '0.1'",
        "order_by": ["metrics.loss ASC"], "max_results": 50,
    }
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        try:
            found = connection.ask("POST", "runs/search", fields)["runs"]
        except TimeoutError:
            return servers.PATIENCE * 1000, True
        times.append((time.perf_counter() - start) * 1000)
        if len(found) != 50:
            raise RuntimeError(f"the search found {len(found)} runs, not 50")
    return statistics.median(times), False


def fill(server, count, threads=16):
    """Logs runs with two parameters and a metric through the API."""
    def work(numbers):
        connection = server.connection()
        draw = random.Random(numbers[0])
        for number in numbers:
            run = connection.ask(
                "POST", "runs/create",
                {"experiment_id": "0", "start_time": 1700000000000 + number})["run"]["info"]["run_id"]
            connection.ask("POST", "runs/log-batch", {
                "run_id": run,
                "params": [{"key": "lr", "value": str(10.0 ** -(number % 4))},
                           {"key": "seed", "value": str(number % 5)}],
                "metrics": [{"key": "loss", "value": draw.random(), "timestamp": 1700000000000,
                             "step": 10}]})
            connection.ask("POST", "runs/update", {
                "run_id": run, "status": "FINISHED", "end_time": 1700000001000 + number})

    share = [list(range(start, count, threads)) for start in range(threads)]
    workers = [threading.Thread(target=work, args=(numbers,)) for numbers in share if numbers]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def clients(server, count, seconds):
    """Clients that log for a while: how many values were answered, and whether each is there once."""
    runs = server.connection().new_runs(count)
    answered = [0] * count
    failures = []
    end = time.perf_counter() + seconds

    def work(place):
        connection = server.connection()
        try:
            while time.perf_counter() < end:
                connection.ask("POST", "runs/log-metric", {
                    "run_id": runs[place], "key": "loss", "value": answered[place] / 8,
                    "timestamp": 1700000000000, "step": answered[place]})
                answered[place] += 1
        except Exception as error:  # noqa: BLE001: said below, with how far it came
            failures.append(f"client {place} after {answered[place]} values: {error}")

    workers = [threading.Thread(target=work, args=(place,)) for place in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    connection = server.connection()
    for run, number in zip(runs, answered):
        found, token = [], ""
        while True:
            page = connection.ask(
                "GET", f"metrics/get-history?run_id={run}&metric_key=loss&max_results=20000"
                + (f"&page_token={token}" if token else ""))
            found += page.get("metrics", [])
            token = page.get("next_page_token", "")
            if not token:
                break
        values = sorted((int(point["step"]), point["value"]) for point in found)
        if values != [(step, step / 8) for step in range(number)]:
            failures.append(f"run {run}: {number} values were answered, {len(values)} are there")
    return sum(answered), failures


class Rows(list):
    """Rows that are printed as they come: what was measured is not lost with what fails after it."""

    def append(self, row):
        super().append(row)
        name, ours, theirs, ratio = row
        print(f"{name:44} {ours:>14} {theirs:>14} {ratio:>9}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labbook")
    parser.add_argument("--mlflow", default=sys.executable)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--minute", type=int, default=60)
    parser.add_argument("--only", default="log,batch,search,start,clients")
    options = parser.parse_args()
    options.labbook = str(Path(options.labbook).resolve())
    wanted = set(options.only.split(","))
    rows, missed = Rows(), []
    with tempfile.TemporaryDirectory() as folder:
        measure(options, wanted, folder, rows, missed)
    for word in missed:
        print("missed: " + word)
    sys.exit(1 if missed else 0)


def measure(options, wanted, folder, rows, missed):
    rows.append(("", "labbook", "mlflow", "ratio"))

    def add(name, ours, theirs, more_is_better):
        ratio = ours / theirs if more_is_better else theirs / ours
        rows.append((name, f"{ours:,.1f}", f"{theirs:,.1f}", f"{ratio:.1f}"))
        if name in BOUNDS and ratio < BOUNDS[name]:
            missed.append(f"{name}: {ratio:.1f} times, not {BOUNDS[name]}")

    pair = [servers.labbook(options.labbook, folder), servers.mlflow(options.mlflow, folder)]
    try:
        if "start" in wanted:
            add("start, ms", pair[0].start_seconds * 1000, pair[1].start_seconds * 1000, False)
        for word, script, name, many in [
            ("log", "log_metric.lua", "log-metric requests a second", 1),
            ("batch", "log_batch.lua", "log-batch points a second", 1000),
        ]:
            if word not in wanted:
                continue
            ours, theirs = (wrk(server, script, options.seconds) for server in pair)
            add(name, ours["rate"] * many, theirs["rate"] * many, True)
            for latency in ("median", "p99"):
                add(f"  {latency} latency, ms", ours[latency], theirs[latency], False)
        if "clients" in wanted:
            counts = []
            for server, name in zip(pair, ("labbook", "mlflow")):
                count, failures = clients(server, options.clients, options.minute)
                counts.append(count / options.minute)
                missed.extend(f"{name}: {failure}" for failure in failures)
            add(f"{options.clients} clients, values a second, each once", *counts, True)
        if "search" in wanted:
            fill(pair[0], options.runs)
            pair[1].close()
            subprocess.run([options.mlflow, HERE / "fill_mlflow.py", f"{folder}/mlflow.db",
                            str(options.runs)], check=True)
            pair[1] = servers.mlflow(options.mlflow, folder)
            (ours, late), (theirs, theirs_late) = (search(server) for server in pair)
            word = " (theirs longer)" if theirs_late else ""
            add(f"search over {options.runs:,} runs, ms{word}", ours, theirs, False)
            if (late or ours > 100) and options.runs >= 100_000:
                missed.append(f"a search takes {ours:.0f} ms, not under 100")
        add("memory, MB", pair[0].resident(), pair[1].resident(), False)
    finally:
        for server in pair:
            server.close()
    if "start" in wanted and "search" in wanted:
        again = servers.labbook(options.labbook, folder)
        rows.append((f"start with {options.runs:,} runs, ms", f"{again.start_seconds * 1000:,.1f}",
                     "", ""))
        rows.append(("memory then, MB", f"{again.resident():,.1f}", "", ""))
        again.close()


if __name__ == "__main__":
    main()
