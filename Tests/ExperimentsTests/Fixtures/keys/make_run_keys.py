"""Writes run_keys.txt: what SweepsTests/RunKeyPartsTests.swift must hash, a case a line.

python make_run_keys.py, beside this file. A line has the case, SHA-256 and the canonical JSON, parted
by tabs; JSON and hash are Python's. A stored run is found by its key, so no line may ever change:
whoever adds an option adds a case, and one that is off leaves all the others alone.
"""
import copy
import hashlib
import json
from pathlib import Path

LINEAR = {"bias": True, "outputs": 100}
BASE = {
    "core": 2,
    "data": {
        "seed": 1,
        "source": {"spiral": {"classes": 3, "noise": 0.2, "points_per_class": 1000}},
        "split": {"val": 0.2},
    },
    "model": {
        "name": "hidden layer",
        "layers": [
            {"kind": {"linear": {"bias": True, "outputs": 100}}},
            {"kind": "relu"},
            {"kind": {"linear": {"bias": True, "outputs": 3}}},
        ],
    },
    "train": {
        "batch_size": "full", "init": "default", "loss": "cross-entropy", "lr": 0.001,
        "optimizer": {"adam": {"beta1": 0.9, "beta2": 0.999, "eps": 1e-08}},
        "schedule": "constant", "seed": 1, "shuffle": True, "steps": 1000,
    },
}
GONE = object()


def case(**parts):
    """The base with other values at paths: `train__lr=0.5`; GONE takes a key away."""
    result = copy.deepcopy(BASE)
    for path, value in parts.items():
        place, keys = result, path.split("__")
        for key in keys[:-1]:
            place = place.setdefault(key, {})
        if value is GONE:
            del place[keys[-1]]
        else:
            place[keys[-1]] = value
    return result


def layers(*own):
    return case(model__layers=list(own))


CSV = {"csv": {"target": "y \"é\"\n"}}
CASES = {
    "nothing": case(),
    "seed": case(train__seed=-7),
    "data.seed": case(data__seed=-5),
    "data.scale": case(data__scale=2),
    "data.scale of columns": case(data__scale=[1, 2.5]),
    "data.scale of columns of one": case(data__scale=[1, 1]),
    "data.shift": case(data__shift=-3.5),
    "data.shift of columns": case(data__shift=[0, 0.1]),
    "data.label_noise": case(data__label_noise=0.125),
    "data.take": case(data__take=100),
    "data.normalize standard": case(data__normalize="standard"),
    "data.normalize minmax": case(data__normalize="minmax"),
    "data.split.val of rows": case(data__split__val=50),
    "data.split.test": case(data__split__test=0.1),
    "data.split of both": case(data__split={"val": 500, "test": 7}),
    "data.split.test alone": case(data__split={"test": 0.25}),
    "data.split of nothing": case(data__split=GONE),
    "data.source moons": case(data__source={"moons": {"noise": 0.1, "points_per_class": 500}}),
    "data.source without settings": case(data__source="cloud"),
    "data.source csv": case(data__source=CSV, data__fingerprint="f00"),
    "data.source csv with features": case(
        data__source={"csv": {"features": ["a", "b"], "target": "y", "task": "classification"}},
        data__fingerprint="f00"),
    "data.source idx": case(data__source="idx", data__fingerprint="f01"),
    "data.source images": case(data__source="images", data__fingerprint="f03"),
    "data.source images changed": case(
        data__source={"images": {"augment": {"flip": True, "shift": 2}, "size": [8, 6]}},
        data__fingerprint="f03"),
    "data.source fashion-mnist": case(data__source="fashion-mnist", data__fingerprint="f02"),
    "model name": case(model__name="wïde \"1\""),
    "layer names and inputs": layers(
        {"kind": {"linear": LINEAR}, "name": "a"},
        {"kind": {"linear": {"outputs": 16}}, "inputs": ["input"], "name": "b"},
        {"kind": {"max": {"inputs": ["a", "b"]}}, "name": "m"},
        {"kind": {"linear": {"outputs": 3}}, "inputs": ["m"]}),
    "layer share": layers(
        {"kind": {"linear": LINEAR}, "name": "a"}, {"kind": "relu"},
        {"kind": {"linear": LINEAR}, "share": "a"}),
    "layers within a residual": layers(
        {"kind": "residual", "layers": [
            {"kind": {"linear": {"outputs": 2}}}, {"kind": "tanh", "name": "t"}]},
        {"kind": {"linear": {"outputs": 3}}}),
    "convolution": layers(
        {"kind": {"conv2d": {"channels": 16, "kernel": 3, "padding": 1, "stride": 1}}},
        {"kind": {"max-pool2d": {"kernel": 2}}}, {"kind": "flatten"},
        {"kind": {"gelu": {"approximate": "tanh"}}}, {"kind": {"dropout": {"p": 0.5}}}),
    "train.loss": case(train__loss={"huber": {"delta": 0.5}}),
    "train.loss.label_smoothing": case(train__loss={"cross-entropy": {"label_smoothing": 0.1}}),
    "train.loss.class_weights": case(
        train__loss={"cross-entropy": {"class_weights": [1, 2.5, 3]}}),
    "no loss": case(train__loss=GONE),
    "train.optimizer": case(
        train__optimizer={"sgd": {"dampening": 0.1, "momentum": 0.9, "nesterov": True}}),
    "train.optimizer plain": case(train__optimizer="sgd"),
    "train.lr": case(train__lr=1e-05),
    "train.lr whole": case(train__lr=2),
    "train.weight_decay": case(train__weight_decay=0.0005),
    "train.l1": case(train__l1=1e-05),
    "train.clip_norm": case(train__clip_norm=5),
    "train.schedule": case(
        train__schedule={"step": {"gamma": 0.1, "step_size": 30, "warmup": 2.5}}),
    "train.schedule cosine": case(train__schedule={"cosine": {"min_lr": 0.0001}}),
    "train.batch_size": case(train__batch_size=64),
    "train.epochs": case(train__epochs=20, train__steps=GONE),
    "train.epochs of 0": case(train__epochs=0, train__steps=GONE),
    "train.steps": case(train__steps=7),
    "train.shuffle once": case(train__shuffle="once"),
    "train.shuffle false": case(train__shuffle=GONE),
    "train.init": case(train__init={"normal": {"std": 0.02}}),
    "train.init file": case(train__init={"file": {"contents": "beef"}}),
    "train.early_stopping": case(train__early_stopping={"patience": 10}),
    "train.log.every": case(train__log={"every": 10}),
    "train.log.layers": case(train__log={"layers": True}),
    "train.log.grad_norm": case(train__log={"grad_norm": True}),
    "train.log of all": case(train__log={"every": 5, "grad_norm": True, "layers": True}),
    "objective": case(objective={"maximize": "val/accuracy"}),
    "objective of training": case(objective={"minimize": "train/loss"}),
    "objective that is usual without val": case(data__split=GONE),
    "objective that is not usual without val": case(
        data__split=GONE, objective={"minimize": "val/loss"}),
    "configuration": case(train__seed=GONE),
    "lineage": case(
        train__seed=GONE, train__steps=GONE, train__init={"file": {"contents": "beef"}}),
    "lineage of epochs": case(train__seed=GONE, train__steps=GONE, train__log={"every": 5}),
}
lines = []
for name, value in CASES.items():
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    lines.append(f"{name}\t{hashlib.sha256(text.encode()).hexdigest()}\t{text}\n")
(Path(__file__).parent / "run_keys.txt").write_text("".join(lines))
