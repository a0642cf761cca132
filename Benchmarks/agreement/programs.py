"""Asks the other witnesses of the experiments that compare.py ran in a folder.

Usage: programs.py LABBOOK FOLDER [--first 0] [--count 100]

For each experiment: `labbook torch` is executed from the same rows and weights, and its losses are
compared with the store's; `labbook export model` runs in onnxruntime on 1,000 rows and is compared
with `labbook predict`; `labbook gradcheck` must find every gradient right.
Needs torch, numpy, safetensors and onnxruntime.
"""
import argparse
import contextlib
import io
import json
import os
import runpy
import sqlite3
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime

ROWS = 1000


def tool(*arguments):
    return subprocess.run(arguments, capture_output=True, text=True)


def torch_program(labbook, name, run, db):
    """The greatest difference of a loss, as a share of it, or what went wrong."""
    printed = tool(labbook, "torch", f"{name}.yaml", "--start", f"{name}-start")
    if printed.returncode:
        return printed.stderr
    Path(f"{name}.py").write_text(printed.stdout)
    sys.argv = [f"{name}.py", "--data", f"{name}-start/data.safetensors",
                "--init", f"{name}-start/weights.safetensors"]
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output):
            runpy.run_path(f"{name}.py", run_name="__main__")
    except Exception as error:  # a program must not end like this, whatever it raises
        return f"{type(error).__name__}: {error}"
    table = [line.split(",") for line in output.getvalue().split()]
    off = 0.0
    for row in table[1:]:
        for metric, value in zip(table[0], row):
            if not metric.endswith("/loss"):
                continue
            (ours,) = db.execute(
                "SELECT value FROM metric_points WHERE run = ? AND metric = ? AND epoch = ?",
                (run, metric, int(row[0]))).fetchone()
            off = max(off, abs(ours - float(value)) / max(1, abs(float(value))))
    return off


def inputs(shape):
    """Random rows, the numbers the ONNX model takes, and the file `predict` takes."""
    rng = np.random.default_rng(0)
    if len(shape) == 1:
        x = rng.normal(size=(ROWS, *shape)).astype(np.float32)
        lines = [",".join(f"x{j}" for j in range(shape[0]))]
        lines += [",".join(repr(float(v)) for v in row) for row in x]
        Path("rows.csv").write_text("\n".join(lines) + "\n")
        return x, "rows.csv"
    pixels = rng.integers(0, 256, size=(ROWS, *shape[1:]), dtype=np.uint8)
    Path("rows.idx").write_bytes(struct.pack(">I3I", 0x803, *pixels.shape) + pixels.tobytes())
    return (pixels[:, None] / np.float32(255)).astype(np.float32), "rows.idx"


def readings(output):
    """What `predict` may say of outputs: themselves, or probabilities made of them."""
    sigmoid = 1 / (1 + np.exp(-np.clip(output, -700, 700)))
    softmax = np.exp(output - output.max(1, keepdims=True))
    result = [output, softmax / softmax.sum(1, keepdims=True), sigmoid, np.exp(np.minimum(output, 9))]
    if output.shape[1] == 1:
        result += [np.hstack([1 - output, output]), np.hstack([1 - sigmoid, sigmoid])]
    return result


def onnx(labbook, name, run):
    """The greatest difference between onnxruntime and `predict`, or what went wrong."""
    exported = tool(labbook, "export", "model", run, "--out", f"{name}.onnx")
    if exported.returncode:
        return exported.stderr
    session = onnxruntime.InferenceSession(f"{name}.onnx", providers=["CPUExecutionProvider"])
    x, path = inputs(session.get_inputs()[0].shape[1:])
    predicted = tool(labbook, "predict", run, "--input", path, "--format", "json")
    if predicted.returncode:
        return predicted.stderr
    (output, *_) = session.run(None, {session.get_inputs()[0].name: x})
    rows = json.loads(predicted.stdout)["rows"]
    names = [key for key in rows[0] if key not in ("row", "class")]
    ours = np.array([[row[key] for key in names] for row in rows], float)
    output = np.asarray(output, float).reshape(ROWS, -1)
    scale = max(1, np.abs(ours).max())
    return min(
        np.abs(other - ours).max() / scale for other in readings(output)
        if other.shape == ours.shape)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labbook")
    parser.add_argument("folder")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=100)
    arguments = parser.parse_args()
    labbook = str(Path(arguments.labbook).resolve())
    os.chdir(arguments.folder)
    wrong = 0
    with sqlite3.connect("file:labbook.sqlite?mode=ro", uri=True) as db:
        for index in range(arguments.first, arguments.first + arguments.count):
            name = f"f{index:05d}"
            found = db.execute(
                "SELECT run FROM run_table WHERE experiment = ? AND status = 'completed'"
                " ORDER BY created_at DESC", (name,)).fetchone()
            if not found:
                continue
            checked = tool(labbook, "gradcheck", f"{name}.yaml")
            results = {
                "torch": torch_program(labbook, name, found[0], db),
                "onnx": onnx(labbook, name, found[0]),
                "gradcheck": checked.stdout + checked.stderr if checked.returncode else 0.0}
            for witness, result in results.items():
                if isinstance(result, str) or result > 1e-3:
                    wrong += 1
                    print(f"{name} {witness}: {result}")
    print(f"{wrong} disagreements")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
