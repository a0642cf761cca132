"""Runs a file of ONNX that takes the raw columns of a table, and compares it with `labbook predict`.

Usage: run_raw_onnx.py MODEL ROWS PREDICTIONS

ROWS is the table as it lies on the disk; PREDICTIONS is what `labbook predict --format csv` said of
the same rows. Prints the inputs, and the largest difference of probabilities or values, relative above 1;
classes must be equal.
"""

import csv
import datetime
import json
import sys

import numpy as np
import onnx
import onnxruntime

MISSING = {"", "na", "n/a", "?", "nan", "null"}
PARTS = {
    "year": lambda day: day.year, "month": lambda day: day.month, "day": lambda day: day.day,
    "weekday": lambda day: day.weekday(),
}


def number(text):
    return np.nan if text.lower() in MISSING else float(text)


def part(text, name):
    if text.lower() in MISSING:
        return np.nan
    return PARTS[name](datetime.date.fromisoformat(text))


def column(name, kind, rows):
    if name in rows[0]:
        texts = [row[name] for row in rows]
        if kind == "tensor(string)":
            return np.array(texts, dtype=object)[:, None]
        return np.array([number(text) for text in texts])[:, None]
    base, _, unit = name.rpartition("_")
    return np.array([float(part(row[base], unit)) for row in rows])[:, None]


def main():
    model, table, predictions = sys.argv[1:]
    onnx.checker.check_model(onnx.load(model), full_check=True)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    with open(table) as file:
        rows = list(csv.DictReader(file))
    with open(predictions) as file:
        wanted = list(csv.DictReader(file))
    inputs = {node.name: column(node.name, node.type, rows) for node in session.get_inputs()}
    outputs = [node.name for node in session.get_outputs()]
    found = dict(zip(outputs, session.run(None, inputs)))
    assert len(rows) == len(wanted)
    if "class" in found:
        assert found["class"].tolist() == [row["class"] for row in wanted], "other classes"
        names = [key for key in wanted[0] if key.startswith("p_")]
        theirs = found["probabilities"]
    else:
        names = [key for key in wanted[0] if key.startswith("predicted")] or ["prediction"]
        theirs = found["values"]
    ours = np.array([[float(row[name]) for name in names] for row in wanted])
    assert theirs.shape == ours.shape, (theirs.shape, ours.shape)
    worst = float(np.max(np.abs(theirs - ours) / np.maximum(1, np.abs(ours))))
    print(json.dumps({"inputs": {node.name: node.type for node in session.get_inputs()},
                      "outputs": outputs, "worst": worst, "rows": len(rows)}))


if __name__ == "__main__":
    main()
