"""Makes the small files of this folder: tables and images that experiments of Tests/Python read.

Usage: python make_data.py     (in this folder)
"""

import gzip
import struct

import numpy as np
from safetensors.numpy import save_file

rng = np.random.default_rng(5)


def table(path, header, rows):
    with open(path, "w", newline="") as file:
        file.write(header + "\n")
        for row in rows:
            file.write(",".join(str(cell) for cell in row) + "\n")


def flowers():
    """Three kinds of flowers; one column has a quote in its name, one is not wanted."""
    kinds = ["rose", "lily", "iris"]
    for row in range(36):
        kind = row % 3
        height, width = rng.normal([3 * kind, 10 - kind])
        yield round(height, 3), kinds[kind], round(width, 3), row


def numbers():
    """A target of numbers that may be classes as well: 1, 2 and 10."""
    for row in range(36):
        level = [10, 1, 2][row % 3]
        yield round(rng.normal(level), 3), round(rng.normal(-level), 3), level


def idx(array):
    head = bytes([0, 0, 8, array.ndim]) + b"".join(struct.pack(">I", n) for n in array.shape)
    return head + array.astype(np.uint8).tobytes()


def pictures(rows, height, width, classes):
    labels = np.arange(rows) % classes
    noise = rng.integers(0, 120, (rows, height, width))
    noise[np.arange(rows), labels % height] += 120
    return idx(noise), idx(labels)


def write(path, data):
    if path.endswith(".gz"):
        data = gzip.compress(data, mtime=0)
    with open(path, "wb") as file:
        file.write(data)


table("flowers.csv", 'height,kind,"leaf ""tip""",number', flowers())
table("numbers.csv", "a,b,level", numbers())
for part, rows in (("train", 30), ("t10k", 12)):
    images, labels = pictures(rows, 7, 6, 3)
    write(f"{part}-images-idx3-ubyte.gz", images)
    write(f"{part}-labels-idx1-ubyte.gz", labels)
    write(f"{part}-images", images)
    write(f"{part}-labels", labels)
weights = rng.normal(size=(3, 3)).astype(np.float32)
save_file({"0.weight": weights, "0.bias": np.float32([0.5, -0.5, 0.25])}, "start.safetensors")

# NumPy's archive, drawn by itself so that the files above stay: images with their channels last, labels
# that are no places of classes, two numbers to predict.
rng = np.random.default_rng(6)
np.savez(
    "arrays.npz", images=rng.integers(0, 256, (24, 7, 6, 3), dtype=np.uint8),
    labels=np.array([3, 7, 10] * 8, dtype=np.int16),
    test_images=rng.integers(0, 256, (6, 7, 6, 3), dtype=np.uint8), test_labels=np.array([7, 10] * 3),
    rows=rng.normal(size=(24, 3)).astype(">f4"), values=np.asfortranarray(rng.normal(5, 3, (24, 2))))
