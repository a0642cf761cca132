"""The files of an experiment that Labbook reads: data, weights, YAML."""
import gzip
import struct

import numpy as np
from safetensors.numpy import save_file


def write_data(e, folder):
    if e["is_image"]:
        write_idx(e, folder, "", e["bytes"], e["y"])
        if e["own_test"]:
            write_idx(e, folder, "-test", *e["own_test"])
    else:
        write_csv(e, folder)


def write_idx(e, folder, part, images, labels):
    for what, numbers in [("images", images), ("labels", labels)]:
        head = struct.pack(f">I{numbers.ndim}I", 0x800 + numbers.ndim, *numbers.shape)
        path = folder / idx_name(e, part, what)
        content = head + numbers.astype(np.uint8).tobytes()
        path.write_bytes(gzip.compress(content) if e["gzip"] else content)


def idx_name(e, part, what):
    return f"{e['name']}{part}-{what}" + (".gz" if e["gzip"] else "")


def write_csv(e, folder):
    place, extra = e["target_place"], e["extra_column"]

    def line(cells, target, other):
        return ",".join(cells[:place] + [target] + cells[place:] + ([other] if extra else []))

    lines = [line([f"x{j}" for j in range(e["shape"][0])], "target", "other")]
    for row, label in zip(e["x"], e["labels"]):
        lines.append(line([repr(float(v)) for v in row], label, "7.5"))
    (folder / f"{e['name']}.csv").write_text("\n".join(lines) + "\n")


def flow(value):
    """A value in YAML's flow style."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(float(value)) if isinstance(value, float) else str(value)


def listed(e, layers, is_top=True):
    """A list of layers as the file has it."""
    parts = []
    for place, layer in enumerate(layers):
        main = layer["main"]
        if layer["kind"] == "residual":
            written = {"residual": Written(listed(e, main, False))}
        elif layer["kind"] == "conv2d" and main % 2:
            written = {"conv2d": {"channels": main} | layer["settings"]}
        else:
            if layer["kind"] == "linear" and is_top and place >= len(layers) - 2:
                is_classes = main == e["outputs"] == e["classes"] and e["kind"] != "values"
                main = "classes" if is_classes else main
            written = {layer["kind"]: main} | layer["settings"]
        written |= {key: layer[key] for key in ("name", "from", "share") if key in layer}
        if main is not None:
            parts.append(flow(written))
        elif len(written) == 1:
            parts.append(layer["kind"])
        elif layer["settings"]:
            beside = {k: v for k, v in written.items() if k in ("name", "from", "share")}
            parts.append(flow({layer["kind"]: layer["settings"]} | beside))
        else:
            parts.append(flow({layer["kind"]: {}} | {k: v for k, v in written.items() if v is not None}))
    return "[" + ", ".join(parts) + "]"


class Written(str):
    """What is in YAML already."""


def data_lines(e):
    lines = ["data:"]
    if e["is_image"]:
        lines += ["  source: idx"]
        for part, key in [("", "")] + ([("-test", "test_")] if e["own_test"] else []):
            lines += [f"  {key}{what}: {idx_name(e, part, what)}" for what in ("images", "labels")]
    else:
        lines += ["  source: csv", f"  path: {e['name']}.csv", "  target: target"]
        if e["extra_column"]:
            lines.append(f"  features: {flow([f'x{j}' for j in range(e['shape'][0])])}")
    if e["take"]:
        lines.append(f"  take: {e['take']}")
    if e["split"]:
        lines.append(f"  split: {flow(dict([e['split']]))}")
    if e["noise"]:
        lines.append(f"  label_noise: {e['noise']}")
    return lines


def yaml(e):
    """The experiment file."""
    model = flow({"mlp": e["mlp"]}) if e["mlp"] else listed(e, e["layers"])
    lines = data_lines(e)
    if e["task"]:
        lines.append("  task: classification")
    for key in ("normalize", "scale", "shift"):
        if e[key] not in (None, "none"):
            lines.append(f"  {key}: {flow(e[key])}")
    lines += ["models:", f"  the net: {model}"] if e["is_named"] else [f"model: {model}"]
    choice = lambda settings: flow(settings) if len(settings) > 1 else settings["name"]
    lines += [
        "train:", f"  loss: {choice(e['loss'])}", f"  optimizer: {choice(e['optimizer'])}",
        f"  lr: {flow(e['lr'])}", f"  schedule: {choice(e['schedule'])}",
        f"  batch_size: {e['batch']}", f"  {e['duration'][0]}: {e['duration'][1]}",
        "  shuffle: false", f"  init: {{name: file, path: {e['name']}.safetensors}}"]
    log = {"every": e["every"]} if e["every"] else {}
    log |= {"grad_norm": True} if e["measures_norm"] else {}
    patience = {"patience": e["patience"]} if e["patience"] else None
    for key, value in [
            ("log", log), ("weight_decay", e["decay"]), ("l1", e["l1"]), ("clip_norm", e["clip"]),
            ("early_stopping", patience)]:
        if value:
            lines.append(f"  {key}: {flow(value)}")
    if e["names_objective"]:
        lines.append(f"objective: {flow(dict([e['objective']]))}")
    lines += ["notebook:", "  - sweep: main"]  # and no figures
    return "\n".join(lines) + "\n"


def probe_factors(e):
    """What the probe multiplies the first column by, a number a class."""
    return 1 + 0.37 * np.arange(e["classes"] if e["kind"] != "values" else 1)


def write_probe(e, folder):
    """A run without learning whose losses, one an update, tell row and class of each update."""
    name = f"{e['name']}-parts"
    factors = probe_factors(e)
    weight = np.zeros((len(factors), e["x"].shape[1]), np.float32)
    weight[:, 0] = factors
    save_file({"0.weight": weight}, str(folder / f"{name}.safetensors"))
    lines = data_lines(e) + (["  task: classification"] if e["kind"] == "numbers"
                             and not e["is_image"] else [])
    lines += [
        f"model: [{{linear: {len(factors)}, bias: false}}]", "train:", "  loss: mse",
        "  optimizer: sgd", "  lr: 0", "  batch_size: 1", "  epochs: 1", "  shuffle: false",
        "  log: {every: 1}", f"  init: {{name: file, path: {name}.safetensors}}",
        "notebook:", "  - sweep: main"]
    (folder / f"{name}.yaml").write_text("\n".join(lines) + "\n")


def read_probe(e, losses):
    """Takes rows and classes to train on from the probe's losses; whether they are certain."""
    factors, x = probe_factors(e), e["x"][:, 0]
    if e["kind"] == "values":
        known, ys = ((x - e["y"]) ** 2)[:, None], None
    else:
        K = len(factors)
        known = (x[:, None]**2 * (factors**2).sum() - 2 * factors * x[:, None] + 1) / K
    flat = known.reshape(-1)
    order = np.argsort(flat)
    ranked = flat[order]
    rows, ys = [], []
    for loss in losses:
        place = np.argsort(np.abs(ranked - loss))[:2]
        near = np.abs(ranked[place] - loss)
        if near[0] > 1e-5 * max(1, loss) or near[-1] < 20 * near[0] + 1e-12:
            return False
        row, label = divmod(int(order[place[0]]), known.shape[1])
        rows.append(row)
        ys.append(e["y"][row] if e["kind"] == "values" else label)
    e["train_rows"], e["train_y"] = np.array(rows), np.array(ys)
    return sorted(set(rows)) == rows
