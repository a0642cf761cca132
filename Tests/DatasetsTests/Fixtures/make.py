"""Numbers for DatasetsTests made by NumPy and scikit-learn: python make.py, beside this file."""

import csv
import gzip
import io
import json
import struct
from pathlib import Path

import numpy as np
from sklearn.datasets import make_circles, make_moons
from sklearn.preprocessing import MinMaxScaler, StandardScaler

HERE = Path(__file__).parent


def spiral(classes, points):
    """The course's notebook 04 with its noise left out."""
    rows = []
    for c in range(classes):
        t = np.linspace(0, 1, points)
        inner = np.linspace(2 * np.pi / classes * c, 2 * np.pi / classes * (2 + c), points)
        rows += [[t[i] * np.sin(inner[i]), t[i] * np.cos(inner[i])] for i in range(points)]
    return rows


def formulas():
    moons, _ = make_moons((7, 7), shuffle=False, noise=None)
    circles, _ = make_circles((7, 7), shuffle=False, noise=None, factor=0.3)
    x = np.linspace(-1, 1, 9)
    return {
        "spiral": spiral(3, 7),
        "moons": moons.tolist(),
        "circles": circles.tolist(),
        "cubic": [[a, a**3] for a in x.tolist()],
    }


def scaling():
    rng = np.random.default_rng(1)
    table = rng.normal(size=(12, 3)) * [1, 1000, 1e-3] + [0, 1.6e9, 5]
    table = np.column_stack([table, np.full(12, 7.0)])
    train = table[:9]
    return {
        "table": table.tolist(),
        "train_rows": 9,
        "standard": StandardScaler().fit(train).transform(table).tolist(),
        "minmax": MinMaxScaler().fit(train).transform(table).tolist(),
    }


def oddities():
    text = (
        '\ufeffname,"the ""best"", of all", x ,y\r\n'
        "\r\n"
        'a,"1,5",2, 3\r\n'
        '"b\nb",plain,  -1e-3\t,+.5\n'
        'ü"q,"",1e2,"4"\r'
        "d,e,5.,0006"
    )
    rows = [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")) if row]
    return {"text": text, "rows": [[cell.strip(" \t") for cell in row] for row in rows]}


def decimals():
    rng = np.random.default_rng(2)
    texts = ["0", "-0", "+7", "1.", ".5", "1e5", "1E-5", "123456789012345678", "0.1", "1e-400",
             "9007199254740993", "1.7976931348623157e38", "000123.4500", "4.9e-324", "1e22",
             "0.000000000000000000000000000000000000001", "31415926535897932384626433e-25",
             "0e99999999999", "1e+3"]
    texts += [repr(float(v)) for v in rng.normal(size=200)]
    texts += [repr(float(v)) for v in np.exp(rng.uniform(-80, 80, size=200))]
    # Halfway between two doubles, and beside it in the last place, the hardest to round.
    for odd in [2**53 + 1, 2**54 - 1, *(2 * rng.integers(2**52, 2**53, size=12) + 1).tolist()]:
        for halves in range(-9, 4):
            places = max(0, halves)
            whole = odd * 5**places if halves > 0 else odd * 2**-halves
            for step in (-1, 0, 1):
                digits = str(whole + step)
                if len(digits) <= 19:
                    point = len(digits) - places
                    texts.append(digits[:point] + ("." + digits[point:] if places else ""))
    return [[text, float(text)] for text in texts]


def idx():
    rng = np.random.default_rng(3)
    images = rng.integers(0, 256, size=(6, 2, 3), dtype=np.uint8)
    labels = np.array([0, 1, 2, 0, 1, 3], dtype=np.uint8)
    packed = struct.pack(">HBBIII", 0, 8, 3, 6, 2, 3) + images.tobytes()
    (HERE / "images-idx3-ubyte").write_bytes(packed)
    # Two gzip members, as `cat a.gz b.gz` makes them.
    (HERE / "images-idx3-ubyte.gz").write_bytes(
        gzip.compress(packed[:20], mtime=0) + gzip.compress(packed[20:], mtime=0))
    (HERE / "labels-idx1-ubyte.gz").write_bytes(
        gzip.compress(struct.pack(">HBBI", 0, 8, 1, 6) + labels.tobytes(), mtime=0))
    mean, deviation = images.mean() / 255, images.std() / 255
    return {
        "images": (images.astype(np.float32) / np.float32(255)).reshape(6, 6).tolist(),
        "labels": labels.tolist(),
        "standard": ((images / 255 - mean) / deviation).reshape(6, 6).tolist(),
    }


fixtures = {
    "formulas": formulas(), "scaling": scaling(), "oddities": oddities(), "decimals": decimals(),
    "idx": idx(),
}
for name, value in fixtures.items():
    (HERE / f"{name}.json").write_text(json.dumps(value) + "\n")
