"""Does with the real MLflow client what programs do, against `labbook serve` of a new store.

LABBOOK names the `labbook` to serve with. Prints a line a part and ends with 1 where one fails.
"""

import concurrent.futures
import json
import math
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile

import mlflow
import numpy
import requests
from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

LABBOOK = os.environ.get("LABBOOK", "labbook")


class Server:
    def __init__(self, store):
        self.store = store
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [LABBOOK, "serve", "--db", self.store], stdout=subprocess.PIPE, text=True)
        lines = {}
        while "MLFLOW_TRACKING_TOKEN" not in lines:
            line = self.process.stdout.readline()
            assert line, "the server ended"
            if line.startswith("export "):
                name, value = line[len("export "):].strip().split("=", 1)
                lines[name] = value
        os.environ.update(lines)
        self.address = lines["MLFLOW_TRACKING_URI"]
        mlflow.set_tracking_uri(self.address)

    def kill(self, number=signal.SIGKILL):
        self.process.send_signal(number)
        self.process.wait()


def fails(code, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except MlflowException as error:
        assert error.error_code == code, (error.error_code, error)
        return str(error)
    raise AssertionError(f"{call.__name__} was not refused with {code}")


def experiments(client, _):
    assert client.get_experiment("0").name == "Default"
    assert client.get_experiment_by_name("Default").experiment_id == "0"
    assert client.get_experiment_by_name("none") is None
    made = client.create_experiment("ex/1", tags={"a": "b", "ä": "\u2603 \"'"})
    found = client.get_experiment(made)
    assert found.name == "ex/1" and found.tags == {"a": "b", "ä": "\u2603 \"'"}
    fails("RESOURCE_ALREADY_EXISTS", client.create_experiment, "ex/1")
    client.rename_experiment(made, "ex 2")
    client.set_experiment_tag(made, "a", "c")
    client.delete_experiment_tag(made, "ä")
    found = client.get_experiment(made)
    assert found.name == "ex 2" and found.tags == {"a": "c"}
    client.delete_experiment(made)
    assert client.get_experiment(made).lifecycle_stage == "deleted"
    assert {e.name for e in client.search_experiments()} == {"Default"}
    assert {e.name for e in client.search_experiments(view_type=ViewType.ALL)} == {
        "Default", "ex 2"}
    client.restore_experiment(made)
    assert [e.name for e in client.search_experiments(filter_string="tags.a = 'c'")] == ["ex 2"]
    fails("RESOURCE_DOES_NOT_EXIST", client.get_experiment, "99")


def runs(client, _):
    experiment = client.create_experiment("runs")
    run = client.create_run(experiment, start_time=5, run_name="n", tags={"t": "1"})
    run_id = run.info.run_id
    assert len(run_id) == 32 and run.info.status == "RUNNING" and run.data.tags["t"] == "1"
    client.log_param(run_id, "lr", 0.1)
    client.log_metric(run_id, "loss", 0.5, timestamp=10, step=1)
    client.log_metric(run_id, "loss", 0.25, timestamp=10, step=3)
    client.log_metric(run_id, "loss", 9.0, timestamp=20, step=2)
    client.log_metric(run_id, "bad", float("nan"))
    client.log_metric(run_id, "big", float("-inf"))
    client.log_batch(
        run_id, [Metric("acc", 0.5, 1, -4), Metric("acc", 0.75, 1, 0)],
        [Param("opt", "adam"), Param("lr", "0.1")], [RunTag("x", "y")])
    found = client.get_run(run_id).data
    assert found.metrics["loss"] == 0.25 and found.metrics["acc"] == 0.75
    assert math.isnan(found.metrics["bad"]) and found.metrics["big"] == -math.inf
    assert found.params == {"lr": "0.1", "opt": "adam"}
    assert [m.step for m in client.get_metric_history(run_id, "loss")] == [1, 3, 2]
    message = fails("INVALID_PARAMETER_VALUE", client.log_param, run_id, "lr", "0.2")
    assert "already logged" in message
    client.delete_tag(run_id, "x")
    fails("RESOURCE_DOES_NOT_EXIST", client.delete_tag, run_id, "x")
    client.update_run(run_id, name="other")
    client.set_terminated(run_id, "FINISHED", end_time=2005)
    info = client.get_run(run_id).info
    assert (info.run_name, info.status, info.end_time) == ("other", "FINISHED", 2005)
    client.delete_run(run_id)
    fails("INVALID_PARAMETER_VALUE", client.set_tag, run_id, "a", "b")
    assert client.search_runs([experiment]) == []
    client.restore_run(run_id)
    assert [r.info.run_id for r in client.search_runs([experiment])] == [run_id]
    fails("RESOURCE_DOES_NOT_EXIST", client.get_run, "0" * 32)


def fluent(_, store):
    mlflow.set_experiment("fluent")
    for seed in range(3):
        with mlflow.start_run(run_name=f"r{seed}", description="why"):
            mlflow.log_params({"lr": 0.01, "seed": seed, "depth": None})
            for step in range(5):
                mlflow.log_metrics({"val_accuracy": step / 10 + seed, "loss": 1 / (step + 1)}, step)
            mlflow.set_tag("team", "vision")
    frame = mlflow.search_runs(experiment_names=["fluent"], order_by=["metrics.val_accuracy DESC"])
    assert list(frame["metrics.val_accuracy"]) == [2.4, 1.4, 0.4]
    assert list(frame["params.lr"]) == ["0.01"] * 3
    frame = mlflow.search_runs(
        experiment_names=["fluent"],
        filter_string="params.seed = '1' AND tags.team LIKE 'vis%' AND metrics.loss < 0.5")
    assert len(frame) == 1 and frame["tags.mlflow.runName"][0] == "r1"
    # Labbook's own commands: three seeds of one configuration, and figures of them.
    text = subprocess.run(
        [LABBOOK, "runs", "--db", store, "--experiment", "fluent", "--by", "config", "--format",
         "json"], check=True, capture_output=True, text=True).stdout
    rows = json.loads(text)
    assert len(rows) == 1, rows
    figure = store + ".svg"
    subprocess.run(
        [LABBOOK, "plot", "curves", "--db", store, "--experiment", "fluent", "--sweep", "logged",
         "--metric", "val_accuracy", "--out", figure], check=True, capture_output=True)
    assert os.path.getsize(figure) > 1000
    refused = subprocess.run(
        [LABBOOK, "verify", "--db", store, frame["run_id"][0]], capture_output=True, text=True)
    assert refused.returncode == 2 and "MLflow" in refused.stderr, refused


def nested(client, store):
    experiment = mlflow.set_experiment("nested").experiment_id
    with mlflow.start_run(run_name="outer") as outer:
        for depth in range(3):
            with mlflow.start_run(run_name=f"inner {depth}", nested=True):
                mlflow.log_param("depth", depth)
                data = mlflow.data.from_numpy(numpy.full((2, 2), depth), name=f"data {depth % 2}")
                mlflow.log_input(data, context="training")
                mlflow.log_metric("val_loss", depth, dataset=data)
    for condition, count in [
            (f"tags.mlflow.parentRunId = '{outer.info.run_id}'", 3),
            ("attributes.run_name ILIKE 'INNER%' AND metrics.val_loss < 1.5", 2),
            ("dataset.name = 'data 0'", 2), ("datasets.name LIKE '% 1'", 1),
            ("dataset.context = 'training'", 3), ("dataset.context = 'none'", 0)]:
        found = mlflow.search_runs([experiment], filter_string=condition)
        assert len(found) == count, (condition, len(found))
    named = subprocess.run(
        [LABBOOK, "runs", "--db", store, "--where", "mlflow.runName = 'inner 2'", "--columns",
         "mlflow.runName,depth", "--format", "csv"], check=True, capture_output=True, text=True)
    assert named.stdout.splitlines()[1:] == ["inner 2,2"], named.stdout
    # What SQLite would not take in one statement is refused at once, not repeated for minutes.
    fails("INVALID_PARAMETER_VALUE", client.search_runs, [experiment],
          " AND ".join(["metrics.val_loss < 1"] * 3000))
    fails("INVALID_PARAMETER_VALUE", client.search_runs, [experiment],
          order_by=[f"params.p{place}" for place in range(100)])


def pages(client, _):
    experiment = client.create_experiment("pages")
    for place in range(25):
        run = client.create_run(experiment, start_time=place)
        client.log_metric(run.info.run_id, "m", place % 7)
    found, token = [], None
    while True:
        page = client.search_runs(
            [experiment], order_by=["metrics.m DESC"], max_results=4, page_token=token)
        found += [(r.data.metrics["m"], r.info.start_time) for r in page]
        token = page.token
        if not token:
            break
    assert found == sorted(found, key=lambda x: (-x[0], -x[1])) and len(set(found)) == 25


def many_clients(client, store, server):
    experiment = client.create_experiment("many")
    shared = client.create_run(experiment).info.run_id

    def work(number):
        own = client.create_run(experiment).info.run_id
        for step in range(30):
            client.log_metric(own, "m", number, step=step, timestamp=1)
            client.log_batch(
                shared, [Metric(f"m{number}", step + k / 10, 1, step * 10 + k) for k in range(10)])
        return own

    with concurrent.futures.ThreadPoolExecutor(32) as pool:
        own = list(pool.map(work, range(32)))
    server.kill()
    server.start()
    client = MlflowClient()
    for number, run in enumerate(own):
        history = client.get_metric_history(run, "m")
        assert [m.step for m in history] == list(range(30))
        assert all(m.value == number for m in history)
    for number in range(32):
        history = client.get_metric_history(shared, f"m{number}")
        assert [m.step for m in history] == list(range(300)), number
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as file:
        assert file.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert file.execute("PRAGMA foreign_key_check").fetchone() is None


def tokens(_, __, server):
    address = server.address + "/api/2.0/mlflow/experiments/search"
    assert requests.post(address, json={}).status_code == 401
    wrong = requests.post(address, json={}, headers={"Authorization": "Bearer x"})
    assert wrong.status_code == 401 and wrong.json()["error_code"] == "UNAUTHENTICATED"
    token = {"Authorization": "Bearer " + os.environ["MLFLOW_TRACKING_TOKEN"]}
    other = requests.get(server.address + "/api/2.0/mlflow/traces", headers=token)
    assert other.status_code == 404 and other.json()["error_code"] == "ENDPOINT_NOT_FOUND"


def main():
    store = tempfile.mkdtemp(prefix="labbook-acceptance-") + "/store.sqlite"
    server = Server(store)
    failed = 0
    parts = [
        (experiments, False), (runs, False), (fluent, False), (nested, False), (pages, False),
        (many_clients, True), (tokens, True),
    ]
    try:
        for part, asks_server in parts:
            try:
                part(MlflowClient(), store, *([server] if asks_server else []))
                print(f"{part.__name__}: held")
            except Exception as error:  # Whatever it is, the other parts are tried too.
                failed = 1
                print(f"{part.__name__}: failed: {type(error).__name__}: {error}")
                if "--trace" in sys.argv:
                    raise
    finally:
        server.kill(signal.SIGTERM)
    return failed


if __name__ == "__main__":
    sys.exit(main())
