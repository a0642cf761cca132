"""What other tools take for the same: training, sweeps, logging, questions, figures.

Usage: others.py PART   prints one JSON object. Parts: w3-sklearn, w5-optuna, w5-mlflow, w6-mlflow,
w6-sqlite, w7-mlflow, w7-optuna, w8-matplotlib.
"""
import json
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
os.environ.setdefault("MLFLOW_ENABLE_ASYNC_LOGGING", "false")


def w3_sklearn():
    import warnings
    import torch
    from pytorch import fashion
    from sklearn.neural_network import MLPClassifier
    warnings.filterwarnings("ignore")
    x, y = (t.numpy() for t in fashion("train"))
    test, answers = (t.numpy() for t in fashion("t10k"))
    model = MLPClassifier((256, 128), batch_size=128, max_iter=3, alpha=0)
    start = time.perf_counter()
    model.fit(x, y)
    accuracy = model.score(test, answers)
    return {"seconds": time.perf_counter() - start, "steps": 3 * 469, "accuracy": accuracy}


def sweep_jobs():
    import numpy as np
    nets = [[16], [64], [64, 64], [128, 128, 128]]
    return [(float(lr), net, seed) for lr in np.geomspace(1e-4, 1e-1, 8) for net in nets
            for seed in (1, 2)]


def w5_optuna():
    import optuna
    from pytorch import one_run
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    jobs = sweep_jobs()
    with tempfile.TemporaryDirectory() as folder:
        study = optuna.create_study(
            direction="maximize", storage=f"sqlite:///{folder}/optuna.sqlite",
            sampler=optuna.samplers.GridSampler({"job": list(range(len(jobs)))}))

        def objective(trial):
            return one_run(*jobs[trial.suggest_int("job", 0, len(jobs) - 1)])["accuracy"]

        study.optimize(objective, n_trials=len(jobs), n_jobs=2)
        return {"accuracy": study.best_value, "steps": 64 * 20 * 47}


def mlflow_run(job, uri):
    import mlflow
    from pytorch import one_run
    mlflow.set_tracking_uri(uri)
    with mlflow.start_run():
        mlflow.log_params({"lr": job[0], "hidden": str(job[1]), "seed": job[2]})
        result = one_run(*job)
        mlflow.log_metrics(result)
        return result["accuracy"]


def w5_mlflow():
    import mlflow
    from joblib import Parallel, delayed
    with tempfile.TemporaryDirectory() as folder:
        uri = f"sqlite:///{folder}/mlflow.sqlite"
        mlflow.set_tracking_uri(uri)
        mlflow.set_experiment("Default")
        results = Parallel(n_jobs=2)(delayed(mlflow_run)(job, uri) for job in sweep_jobs())
    return {"accuracy": max(results), "steps": 64 * 20 * 47}


def w6_mlflow():
    import mlflow
    from mlflow.entities import Metric
    with tempfile.TemporaryDirectory() as folder:
        mlflow.set_tracking_uri(f"sqlite:///{folder}/mlflow.sqlite")
        client = mlflow.MlflowClient()
        run = client.create_run(client.create_experiment("e", f"{folder}/artifacts")).info.run_id
        count, single = 20_000, 300
        start = time.perf_counter()
        for first in range(0, count, 1000):
            client.log_batch(run, [Metric("loss", 1 / (1 + s), 1, s)
                                   for s in range(first, first + 1000)])
        batches = count / (time.perf_counter() - start)
        start = time.perf_counter()
        for step in range(single):
            client.log_metric(run, "single", 0.5, step=step)
        size = os.path.getsize(f"{folder}/mlflow.sqlite")
        return {"points_per_s": batches, "single": single / (time.perf_counter() - start),
                "bytes": size / (count + single)}


def w6_sqlite():
    """One table as a person writes it: a row a point."""
    import sqlite3
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(f"{folder}/x.sqlite", isolation_level=None)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("CREATE TABLE points (run INTEGER, metric INTEGER, step INTEGER, value REAL)")
        count = 500_000
        start = time.perf_counter()
        for first in range(0, count, 10_000):
            db.execute("BEGIN")
            db.executemany("INSERT INTO points VALUES (?, ?, ?, ?)",
                           ((1, 1, s, 1 / (1 + s)) for s in range(first, first + 10_000)))
            db.execute("COMMIT")
        rate = count / (time.perf_counter() - start)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        return {"points_per_s": rate, "bytes": os.path.getsize(f"{folder}/x.sqlite") / count}


def w7_mlflow(runs=10_000):
    """The runs are put into MLflow's own tables at once; only the question is timed."""
    import sqlite3
    import mlflow
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/mlflow.sqlite"
        mlflow.set_tracking_uri(f"sqlite:///{path}")
        client = mlflow.MlflowClient()
        experiment = client.create_experiment("e", f"{folder}/artifacts")
        client.create_run(experiment)
        with sqlite3.connect(path) as db:
            columns = [row[1] for row in db.execute("PRAGMA table_info(runs)")]
            row = list(db.execute("SELECT * FROM runs").fetchone())
            marks = ",".join("?" * len(columns))
            place = columns.index("run_uuid")
            status = columns.index("status")
            for number in range(runs):
                row[place], row[status] = f"{number:032x}", "FINISHED"
                db.execute(f"INSERT INTO runs VALUES ({marks})", row)
                db.execute("INSERT INTO params (key, value, run_uuid) VALUES ('optimizer', ?, ?)",
                           ("adam" if number % 2 else "sgd", row[place]))
                db.execute(
                    "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)"
                    " VALUES ('loss', ?, 1, 1, 0, ?)", ((number * 7919) % 10007, row[place]))
        start = time.perf_counter()
        found = client.search_runs([experiment], "params.optimizer = 'adam'", max_results=50,
                                   order_by=["metrics.loss ASC"])
        return {"ms": (time.perf_counter() - start) * 1e3, "found": len(found)}


def w7_optuna(runs=10_000):
    import optuna
    from optuna.distributions import CategoricalDistribution
    from optuna.storages import RDBStorage
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        storage = RDBStorage(f"sqlite:///{folder}/optuna.sqlite")
        study = optuna.create_study(storage=storage)
        import sqlite3
        storage.engine.dispose()
        with sqlite3.connect(f"{folder}/optuna.sqlite") as db:
            choices = json.dumps({"name": "CategoricalDistribution",
                                  "attributes": {"choices": ["sgd", "adam"]}})
            for number in range(runs):
                db.execute("INSERT INTO trials (trial_id, number, study_id, state) VALUES"
                           " (?, ?, 1, 'COMPLETE')", (number + 1, number))
                db.execute("INSERT INTO trial_params (trial_id, param_name, param_value,"
                           " distribution_json) VALUES (?, 'optimizer', ?, ?)",
                           (number + 1, number % 2, choices))
                db.execute("INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES"
                           " (?, 0, ?, 'FINITE')", (number + 1, (number * 7919) % 10007))
        study = optuna.load_study(study_name=study.study_name,
                                  storage=f"sqlite:///{folder}/optuna.sqlite")
        start = time.perf_counter()
        found = sorted((t for t in study.get_trials(deepcopy=False)
                        if t.params["optimizer"] == "adam"), key=lambda t: t.value)[:50]
        return {"ms": (time.perf_counter() - start) * 1e3, "found": len(found)}


def w8_matplotlib():
    import numpy as np
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot
    steps = np.arange(1, 1001)
    curves = [np.exp(-steps / (100 + 10 * i)) + 0.01 * np.sin(steps + i) for i in range(64)]
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        figure, axes = pyplot.subplots()
        for index, curve in enumerate(curves):
            axes.plot(steps, curve, label=str(index))
        axes.set_xlabel("epoch")
        figure.savefig(f"{folder}/x.svg")
        return {"seconds": time.perf_counter() - start}


if __name__ == "__main__":
    part = sys.argv.pop(1)
    import_free = time.perf_counter()
    result = globals()[part.replace("-", "_")]()
    result.setdefault("seconds", time.perf_counter() - import_free)
    print(json.dumps(result))
