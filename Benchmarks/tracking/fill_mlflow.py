"""Puts runs into the SQLite file of a stock MLflow server, past its API, which takes minutes for as many.

Usage: fill_mlflow.py FILE COUNT; run by the Python that has mlflow.
"""
import random
import sqlite3
import sys
import uuid

path, count = sys.argv[1], int(sys.argv[2])
draw = random.Random(1)
with sqlite3.connect(path) as db:
    db.execute("PRAGMA synchronous = OFF")
    columns = [row[1] for row in db.execute("PRAGMA table_info(runs)")]
    latest = [row[1] for row in db.execute("PRAGMA table_info(latest_metrics)")]
    for number in range(count):
        run = uuid.UUID(int=draw.getrandbits(128)).hex
        values = {
            "run_uuid": run, "name": f"run-{number}", "source_type": "LOCAL", "source_name": "",
            "entry_point_name": "", "user_id": "bench", "status": "FINISHED",
            "start_time": 1700000000000 + number, "end_time": 1700000001000 + number,
            "source_version": "", "lifecycle_stage": "active", "experiment_id": 0,
            "artifact_uri": f"mlflow-artifacts:/0/{run}/artifacts",
        }
        names = [name for name in columns if name in values]
        db.execute(f"INSERT INTO runs ({','.join(names)}) VALUES ({','.join('?' * len(names))})",
                   [values[name] for name in names])
        loss = draw.random()
        db.execute("INSERT INTO params (key, value, run_uuid) VALUES ('lr', ?, ?), ('seed', ?, ?)",
                   (str(10.0 ** -(number % 4)), run, str(number % 5), run))
        point = {"key": "loss", "value": loss, "timestamp": 1700000000000, "step": 10, "is_nan": 0,
                 "run_uuid": run}
        names = [name for name in latest if name in point]
        for table in ("metrics", "latest_metrics"):
            db.execute(f"INSERT INTO {table} ({','.join(names)}) VALUES ({','.join('?' * len(names))})",
                       [point[name] for name in names])
