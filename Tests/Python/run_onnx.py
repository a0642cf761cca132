"""Checks files of ONNX, runs them by onnxruntime and measures how far they are from Labbook.

Usage: run_onnx.py FOLDER

FOLDER/samples.json lists names with the shape of a row and how probabilities come from outputs. For
each there are NAME.onnx, NAME.input and NAME.outputs, Labbook's outputs for that input as single
precision. Writes FOLDER/results.json: the largest difference for each name, relative above 1.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    powers = np.exp(x - x.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


# What a loss takes its outputs for; of a single one, as the second of two classes.
READINGS = {
    "cross-entropy": softmax,
    "nll": np.exp,
    "bce": lambda x: x,
    "bce of one": lambda x: np.concatenate([1 - x, x], 1),
    "bce-with-logits": sigmoid,
    "bce-with-logits of one": lambda x: np.concatenate([sigmoid(-x), sigmoid(x)], 1),
}


def difference(theirs, ours):
    assert theirs.shape == ours.shape, (theirs.shape, ours.shape)
    return float(np.max(np.abs(theirs - ours) / np.maximum(1, np.abs(ours))))


def measure(folder, sample):
    name, reading = sample["name"], sample.get("reading")
    model = onnx.load(folder / f"{name}.onnx")
    # With inference of shapes: the declared ones are those that come out.
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(
        folder / f"{name}.onnx", providers=["CPUExecutionProvider"])
    x = np.fromfile(folder / f"{name}.input", "float32").reshape([-1] + sample["shape"])
    names = [output.name for output in session.get_outputs()]
    assert names == (["probabilities"] if reading else []) + ["outputs"], names
    for output, values in zip(session.get_outputs(), session.run(None, {"input": x})):
        assert output.shape == ["rows", *values.shape[1:]], (output.shape, values.shape)
    found = dict(zip(names, session.run(None, {"input": x})))
    outputs = found["outputs"]
    ours = np.fromfile(folder / f"{name}.outputs", "float32").reshape(outputs.shape)
    worst = difference(outputs, ours)
    if reading:
        shares = READINGS[reading](ours.astype(float))
        worst = max(worst, difference(found["probabilities"], shares))
    return worst


def main():
    folder = pathlib.Path(sys.argv[1])
    results = {}
    for sample in json.loads((folder / "samples.json").read_text()):
        try:
            results[sample["name"]] = measure(folder, sample)
        except Exception as error:
            sys.exit(f"{sample['name']}: {type(error).__name__}: {error}")
    (folder / "results.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main()
