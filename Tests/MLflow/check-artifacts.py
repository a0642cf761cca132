"""Artifacts, logged models and inputs with the real MLflow client against `labbook serve`.

Usage: check-artifacts.py LABBOOK; with the packages of requirements.txt. PyTorch's log_model is tried where
torch is installed. Ends with 1 at the first difference.
"""
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"

import mlflow
import numpy
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

from serving import served


def same(found, wanted, what):
    if found != wanted:
        raise SystemExit(f"{what}: {found!r}, not {wanted!r}")


def names(run, path=None):
    return [(entry.path, entry.is_dir, entry.file_size)
            for entry in MlflowClient().list_artifacts(run, path)]


def artifacts(labbook, store):
    big = os.urandom(3 << 20)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "tree" / "deep").mkdir(parents=True)
        (folder / "tree" / "a.txt").write_text("a")
        (folder / "tree" / ".hidden").write_text("h")
        (folder / "tree" / "deep" / "ü b.bin").write_bytes(big)
        (folder / "empty").write_bytes(b"")
        with mlflow.start_run() as run:
            mlflow.log_artifact(folder / "empty")
            mlflow.log_artifacts(folder / "tree", "tree")
            mlflow.log_text("text\n", "notes/n.txt")
            mlflow.log_dict({"k": [1, 2]}, "d.json")
            mlflow.log_text("other\n", "notes/n.txt")  # in place of the first
        id = run.info.run_id
        same(names(id), [("d.json", False, 29), ("empty", False, 0), ("notes", True, None),
                         ("tree", True, None)], "the root")
        same(names(id, "tree"), [("tree/.hidden", False, 1), ("tree/a.txt", False, 1),
                                 ("tree/deep", True, None)], "a folder")
        same(names(id, "tree/deep"), [("tree/deep/ü b.bin", False, len(big))], "a folder within")
        same(names(id, "nothing"), [], "no folder")
        same(mlflow.artifacts.load_text(f"runs:/{id}/notes/n.txt"), "other\n", "a text")
        same(mlflow.artifacts.load_dict(f"runs:/{id}/d.json"), {"k": [1, 2]}, "a dict")
        copy = Path(mlflow.artifacts.download_artifacts(run_id=id, artifact_path="tree"))
        same((copy / "deep" / "ü b.bin").read_bytes(), big, "a large file")
        same((copy / ".hidden").read_text(), "h", "a hidden file")
        try:
            mlflow.artifacts.load_text(f"runs:/{id}/missing.txt")
            raise SystemExit("a missing file came")
        except MlflowException:
            pass
        with sqlite3.connect(store) as db:
            rows = dict(db.execute(
                "SELECT name, bytes FROM run_artifacts WHERE run = ?", [id]).fetchall())
        same(rows["tree/deep/ü b.bin"], len(big), "run_artifacts")
        shown = subprocess.run(
            [labbook, "show", id, "--artifact", "notes/n.txt", "--db", store], check=True,
            capture_output=True).stdout
        same(shown, b"other\n", "labbook show --artifact")
        out = folder / "copy.sqlite"
        subprocess.run([labbook, "export", "store", "--out", out, "--db", store], check=True,
                       capture_output=True)
        shown = subprocess.run(
            [labbook, "show", id, "--artifact", "tree/deep/ü b.bin", "--db", out], check=True,
            capture_output=True).stdout
        same(shown == big, True, "a large file of an exported store")


def models():
    x, y = load_iris(return_X_y=True, as_frame=True)
    with mlflow.start_run() as run:
        model = LogisticRegression(max_iter=500).fit(x, y)
        info = mlflow.sklearn.log_model(model, name="iris", params={"c": 1}, input_example=x[:2])
    wanted = model.predict(x)
    for uri in (info.model_uri, f"models:/{info.model_id}", f"runs:/{run.info.run_id}/iris"):
        found = mlflow.pyfunc.load_model(uri).predict(x)
        same(numpy.array_equal(found, wanted), True, f"predictions of {uri}")
    same(numpy.array_equal(mlflow.sklearn.load_model(info.model_uri).coef_, model.coef_), True,
         "weights")
    client = MlflowClient()
    logged = client.get_logged_model(info.model_id)
    same((logged.name, logged.source_run_id, logged.status.value, logged.params),
         ("iris", run.info.run_id, "READY", {"c": "1"}), "the logged model")
    outputs = client.get_run(run.info.run_id).outputs.model_outputs
    same([output.model_id for output in outputs], [info.model_id], "the run's outputs")
    found = client.search_logged_models(["0"], filter_string="name = 'iris'")
    same([model.model_id for model in found], [info.model_id], "a search of models")
    client.set_logged_model_tags(info.model_id, {"stage": "tried"})
    same(client.get_logged_model(info.model_id).tags["stage"], "tried", "a model's tag")
    client.delete_logged_model_tag(info.model_id, "stage")
    same("stage" in client.get_logged_model(info.model_id).tags, False, "a tag taken away")

    outside = mlflow.sklearn.log_model(model, name="alone")  # outside of any run
    same(mlflow.active_run(), None, "the active run")
    same(numpy.array_equal(mlflow.pyfunc.load_model(outside.model_uri).predict(x), wanted), True,
         "predictions of a model without a run")
    same(client.get_logged_model(outside.model_id).source_run_id or None, None, "its run")
    client.delete_logged_model(outside.model_id)
    same([model.name for model in client.search_logged_models(["0"])], ["iris"], "what is left")


def autolog():
    mlflow.set_experiment("auto")
    mlflow.sklearn.autolog(silent=True)
    x, y = load_iris(return_X_y=True, as_frame=True)
    LogisticRegression(max_iter=300, C=0.5).fit(x, y)
    mlflow.sklearn.autolog(disable=True)
    run = mlflow.last_active_run()
    same((run.info.status, run.data.params["C"]), ("FINISHED", "0.5"), "the autologged run")
    same(run.data.metrics["training_accuracy_score"] > 0.9, True, "its accuracy")
    data = run.inputs.dataset_inputs
    same([tag.value for tag in data[0].tags if tag.key == "mlflow.data.context"], ["train"],
         "its data set")
    model = run.outputs.model_outputs[0].model_id
    same(MlflowClient().get_logged_model(model).source_run_id, run.info.run_id, "its model")
    metrics = MlflowClient().get_logged_model(model).metrics
    same("training_accuracy_score" in [metric.key for metric in metrics], True, "its metrics")
    same(len(mlflow.pyfunc.load_model(f"models:/{model}").predict(x)), len(x), "its predictions")
    same("training_confusion_matrix.png" in [name for name, _, _ in names(run.info.run_id)], True,
         "its picture")


def pytorch():
    try:
        import torch
    except ImportError:
        print("torch is not installed: its log_model was not tried")
        return
    net = torch.nn.Linear(3, 2)
    rows = torch.randn(4, 3)
    with mlflow.start_run() as run:
        info = mlflow.pytorch.log_model(net, name="net", serialization_format="pickle")
        graph = mlflow.pytorch.log_model(net, name="graph", input_example=rows.numpy(), step=2)
        mlflow.pytorch.log_state_dict(net.state_dict(), "checkpoint")
    loaded = mlflow.pytorch.load_model(info.model_uri)
    same(torch.equal(loaded.weight, net.weight), True, "weights of a PyTorch model")
    found = mlflow.pyfunc.load_model(graph.model_uri).predict(rows.numpy())
    same(numpy.allclose(found, net(rows).detach().numpy(), atol=1e-6), True, "a traced model")
    state = mlflow.pytorch.load_state_dict(f"runs:/{run.info.run_id}/checkpoint")
    same(torch.equal(state["weight"], net.weight), True, "a state dict")
    outputs = MlflowClient().get_run(run.info.run_id).outputs.model_outputs
    same(sorted(output.step for output in outputs), [0, 2], "the steps of its models")


def main():
    labbook = str(Path(sys.argv[1]).resolve())
    with served(labbook) as store:
        artifacts(labbook, store)
        models()
        autolog()
        pytorch()
    print("artifacts and models are as MLflow's client wants them")


if __name__ == "__main__":
    main()
