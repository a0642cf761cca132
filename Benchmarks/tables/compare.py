"""Takes tables as they come the way a new user would, and compares each step with other programs.

Usage: compare.py LABBOOK TABLE... [--train] [--peers] [--target COLUMN] [--keep DIR]

For each table: `labbook init`, `check`, `data --out`; which rows are there, classes, and every prepared number
against pandas and scikit-learn (see expected.py) to 1e-6. With --train also `run`; `predict` on the raw rows
against the values that training measured; an ONNX file of `export model --raw`, fed with raw columns, against
`predict`. With --peers also scikit-learn's MLP and PyTorch on the rows of `data --out`, over the same number of
seeds: the difference of means, in standard errors. One line a table; exit status 1 where one is wrong.
"""

import argparse
import csv
import io
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import numpy as np
import pandas
import yaml

import expected
import peers


class Wrong(Exception):
    pass


class Trial:
    def __init__(self, labbook, table, target, folder):
        self.labbook, self.folder = labbook, pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.table = self.folder / ("t" + "".join(pathlib.Path(table).suffixes[-1:]))
        shutil.copy(table, self.table)
        self.call("init", self.table.name, *(["--target", target] if target else []))
        self.file = next(self.folder.glob("*.yaml"))
        self.said = self.call("check", self.file.name)
        self.yaml = yaml.load(self.file.read_text(), yaml.BaseLoader)
        # YAML's own types are not asked: a column may be called `no`.
        self.data = {key: value for key, value in self.yaml["data"].items()}
        for key in ("skip", "min_count"):
            if key in self.data:
                self.data[key] = int(self.data[key])
        if "header" in self.data:
            self.data["header"] = self.data["header"] == "true"

    def call(self, *words, quiet=False):
        done = subprocess.run([self.labbook, *map(str, words)], cwd=self.folder,
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise Wrong(f"{' '.join(map(str, words[:2]))}: {done.stderr.strip()[:600]}")
        return done.stdout if not quiet else done.stderr

    def parts(self, prepared):
        """The rows of each part, found by a copy whose only feature is the row's number."""
        frame = pandas.DataFrame({
            "row": np.arange(len(prepared.frame)), "target": prepared.frame[self.data["target"]]})
        frame.to_csv(self.folder / "rows.csv", index=False)
        data = {"source": "csv", "path": "rows.csv", "target": "target", "features": ["row"],
                "split": self.data["split"], "header": "true"}
        for key in ("task", "missing", "decimal", "thousands"):
            if key in self.data:
                data[key] = self.data[key]
        text = yaml.dump({"data": data, "model": {"mlp": {"hidden": "[8]"}}}, default_style=None)
        (self.folder / "rows.yaml").write_text(text.replace("'[8]'", "[8]"))
        self.call("data", "rows.yaml", "--out", "rows")
        rows = {}
        for part in ("train", "val", "test"):
            path = self.folder / "rows" / f"{part}.csv"
            if path.exists():
                rows[part] = pandas.read_csv(path)["row"].to_numpy().round().astype(int)
        return rows

    def prepare(self, prepared):
        self.call("data", self.file.name, "--out", "out")
        self.rows = self.parts(prepared)
        together = np.sort(np.concatenate(list(self.rows.values())))
        if not np.array_equal(together, prepared.kept):
            raise Wrong(f"other rows: {len(together)}, pandas {len(prepared.kept)}")
        truth = prepared.transform(self.rows["train"])
        worst = 0.0
        self.out = {}
        for part, rows in self.rows.items():
            with open(self.folder / "out" / f"{part}.csv", newline="") as file:
                lines = list(csv.reader(file))
            self.names = lines[0]
            features = np.array([line[:-1] for line in lines[1:]], dtype=float)
            wanted = truth[rows]
            if features.shape != wanted.shape:
                raise Wrong(f"{part} has the shape {features.shape}, scikit-learn {wanted.shape}: "
                            + ", ".join(self.names[:60]))
            target = [line[-1] for line in lines[1:]]
            self.out[part] = (features, target)
            if not features.size:
                continue
            error = np.abs(features - wanted) / np.maximum(1, np.abs(wanted))
            if not error.max() <= 1e-6:
                row, column = np.unravel_index(np.nanargmax(error), error.shape)
                raise Wrong(f"{part} row {rows[row]} {self.names[column]}: "
                            f"{features[row, column]}, scikit-learn {wanted[row, column]}")
            worst = max(worst, error.max())
            self.check_target(prepared, part, rows, target)
        return worst

    @staticmethod
    def check_target(prepared, part, rows, target):
        wanted = prepared.target[rows]
        if isinstance(wanted[0], str):
            bad = [place for place, (a, b) in enumerate(zip(target, wanted)) if a != b]
        else:
            ours = np.array(target, dtype=float)
            bad = np.flatnonzero(np.abs(ours - wanted) > 1e-6 * np.maximum(1, np.abs(wanted)))
        if len(bad):
            raise Wrong(f"{part} target {target[bad[0]]}, pandas {wanted[bad[0]]}")

    # -- Training

    def best_run(self):
        with sqlite3.connect(self.folder / "labbook.sqlite") as store:
            return store.execute(
                "select r.run, v.best from run_table r join run_values v using (run) "
                "where v.metric = 'val/loss' and r.current = 1 order by v.best").fetchone()[0]

    def values(self, run):
        with sqlite3.connect(self.folder / "labbook.sqlite") as store:
            return {metric: best for metric, best in store.execute(
                "select metric, best from run_values where run = ?", (run,))}

    def predict(self, run, table):
        text = self.call("predict", run, "--best", "--input", table, "--format", "csv")
        return pandas.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)

    def train(self, prepared):
        self.call("run", self.file.name)
        self.run = self.best_run()
        said = self.predict(self.run, self.table.name)
        said.index = said["row"].astype(int) - 1
        if len(said) != len(prepared.frame):
            raise Wrong(f"predict answers {len(said)} of {len(prepared.frame)} rows")
        stored = self.values(self.run)
        worst = 0.0
        for part in ("val", "test"):
            if part not in self.rows:
                continue
            rows = self.rows[part]
            if prepared.isRegression:
                guess = said.loc[rows, "predicted"].astype(float).to_numpy()
                found = np.sqrt(np.mean((guess - prepared.target[rows]) ** 2))
                known = stored[f"{part}/rmse"]
            else:
                column = "class" if "class" in said else "prediction"
                names = said.loc[rows, column]
                truth = prepared.target[rows]
                same = (names.astype(float).to_numpy() == truth
                        if not isinstance(truth[0], str) else names.to_numpy() == truth)
                found, known = same.mean(), stored[f"{part}/accuracy"]
            worst = max(worst, abs(found - known) / max(1e-12, abs(known)))
        if worst > 1e-5:
            raise Wrong(f"predict on raw rows: {found}, training measured {known}")
        self.said = said
        return worst

    def onnx(self, prepared):
        import onnxruntime
        self.call("export", "model", self.run, "--best", "--raw", "--out", "raw.onnx")
        session = onnxruntime.InferenceSession(
            str(self.folder / "raw.onnx"), providers=["CPUExecutionProvider"])
        inputs = {node.name: self.raw(prepared, node) for node in session.get_inputs()}
        names = [node.name for node in session.get_outputs()]
        found = dict(zip(names, session.run(None, inputs)))
        if "class" in found:
            theirs = np.array([str(name) for name in found["class"].ravel()])
            ours = self.said["class"].to_numpy()
            probabilities = found["probabilities"]
            columns = [name for name in self.said if name.startswith("p_")]
            wanted = self.said[columns].astype(float).to_numpy()
            unsure = np.sort(wanted, axis=1)[:, -1] - np.sort(wanted, axis=1)[:, -2] < 1e-5
            if not ((theirs == ours) | unsure).all():
                raise Wrong("ONNX says other classes")
            worst = np.abs(probabilities - wanted).max()
        else:
            wanted = self.said["predicted"].astype(float).to_numpy()
            scale = max(1e-12, np.std(wanted[np.isfinite(wanted)]))
            worst = np.nanmax(np.abs(found["values"].ravel() - wanted)) / scale
        if not worst <= 2e-5:
            raise Wrong(f"ONNX differs by {worst}")
        return worst

    def raw(self, prepared, node):
        name = node.name
        if name in prepared.frame:
            texts = prepared.frame[name]
            if node.type == "tensor(string)":
                return texts.to_numpy(dtype=object)[:, None]
            values = expected.numbers(texts, prepared.settings, prepared.missing)
            if values is None:
                values = np.array([np.nan if t.lower() in prepared.missing else
                                   float(t.lower() == "true") for t in texts])
            return values[:, None]
        base, _, part = name.rpartition("_")
        texts = prepared.frame[base]
        texts = texts.where(~texts.str.lower().isin(prepared.missing), None)
        days = pandas.to_datetime(texts, errors="coerce", format="mixed",
                                  dayfirst="." in str(texts.iloc[0]))
        return getattr(days.dt, part).to_numpy(dtype=float)[:, None]

    # -- Peers

    def seeds(self, metric):
        """The final values over the seeds of the best run's rate, and that rate."""
        with sqlite3.connect(self.folder / "labbook.sqlite") as store:
            rate = store.execute("select value from run_params where run = ? and key = 'train.lr'",
                                 (self.run,)).fetchone()[0]
            values = store.execute(
                "select v.last from run_values v join run_table r using (run) join run_params p "
                "using (run) where v.metric = ? and p.key = 'train.lr' and p.value = ? "
                "and r.current = 1 and r.status = 'completed'", (metric, rate)).fetchall()
        return float(rate), [value for value, in values]

    def peers(self, prepared):
        part = "test" if "test" in self.out else "val"
        metric = f"{part}/r2" if prepared.isRegression else f"{part}/accuracy"
        rate, ours = self.seeds(metric)
        train = self.yaml["train"]
        recipe = peers.Recipe(
            hidden=[int(n) for n in self.yaml["model"]["mlp"]["hidden"]], rate=rate,
            batch=int(train["batch_size"]), epochs=int(train["epochs"]), seeds=len(ours),
            regression=prepared.isRegression)
        result = {"labbook": ours}
        for name, run in (("sklearn", peers.sklearn), ("torch", peers.torch)):
            result[name] = run(recipe, self.out["train"], self.out[part])
        return metric, len(self.out[part][1]), result


def verdict(rows, result, regression):
    """The differences of means from Labbook's, in standard errors over the seeds."""
    ours = np.array(result["labbook"])
    words, bad = [], False
    for name in ("sklearn", "torch"):
        theirs = np.array(result[name])
        # One row more or less is no difference, nor are three seeds a sure deviation.
        floor = 0.02 if regression else 1 / rows
        error = np.sqrt((ours.var(ddof=1) + theirs.var(ddof=1)) / len(ours) + floor ** 2)
        z = (ours.mean() - theirs.mean()) / error
        words.append(f"{name} {theirs.mean():.3f}±{theirs.std(ddof=1):.3f} ({z:+.1f})")
        bad = bad or z < -4
    return f"labbook {ours.mean():.3f}±{ours.std(ddof=1):.3f} " + " ".join(words), bad


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labbook")
    parser.add_argument("tables", nargs="+")
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--target")
    parser.add_argument("--keep")
    options = parser.parse_args()
    status, labbook = 0, str(pathlib.Path(options.labbook).resolve())
    for table in options.tables:
        name = pathlib.Path(table).name
        folder = options.keep and pathlib.Path(options.keep) / name.replace(".", "_")
        with tempfile.TemporaryDirectory() as scratch:
            try:
                trial = Trial(labbook, table, options.target, folder or scratch)
                prepared = expected.Prepared(trial.table, trial.data)
                words = f"{len(prepared.kept)} rows, prepared {trial.prepare(prepared):.1e}"
                words += f" ({trial.out['train'][0].shape[1]} columns)"
                if options.train or options.peers:
                    words += f", predict {trial.train(prepared):.1e}"
                    words += f", ONNX {trial.onnx(prepared):.1e}"
                if options.peers:
                    metric, rows, result = trial.peers(prepared)
                    text, bad = verdict(rows, result, prepared.isRegression)
                    words += f", {metric} {text}"
                    if bad:
                        raise Wrong(words)
                print(f"ok    {name}: {words}", flush=True)
            except Wrong as problem:
                status = 1
                print(f"WRONG {name}: {problem}", flush=True)
            except Exception as problem:  # The comparing program's own limit.
                print(f"other {name}: {type(problem).__name__}: {str(problem)[:300]}", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
