"""Makes NumPy's archives and IDX files of every type, and what NumPy reads in them.

Needs NumPy; made with NumPy 2.4.6. Writes arrays.npz and rows.npz (stored), arrays-packed.npz (deflated) and arrays.json.
"""

import json
import pathlib
import struct

import numpy as np

here = pathlib.Path(__file__).parent
values = np.array([[0, 1, 2], [3, 100, 7]])
arrays, found = {}, {}
for kind in ["?", "u1", "i1", "<u2", ">u2", "<i2", ">i2", "<u4", ">u4", "<i4", ">i4", "<u8", ">u8",
             "<i8", ">i8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]:
    array = (values if np.dtype(kind).kind in "bu" else values * -1.25).astype(kind)
    for order in "CF":
        name = "a" + str(len(found))
        arrays[name] = np.asarray(array, order=order)
        found[name] = {"type": kind, "values": array.astype(float).tolist()}
rng = np.random.default_rng(2)
arrays["images"] = rng.integers(0, 256, (4, 2, 5), dtype=np.uint8)
arrays["last"] = rng.integers(0, 256, (4, 5, 6, 3), dtype=np.uint8)
arrays["first"] = np.asfortranarray(rng.normal(size=(4, 3, 5, 6)).astype(np.float32))
arrays["labels"] = np.array([1, 3, 3, 2])
arrays["column"] = np.array([[1], [0], [1], [1]], dtype=np.int8)
arrays["targets"] = rng.normal(size=(4, 2))
arrays["line"] = rng.normal(size=4)
arrays["objects"] = np.array([{}, {}, {}, {}], dtype=object)
arrays["texts"] = np.array(["a", "b", "a", "b"])
arrays["complex"] = np.zeros(4, complex)
arrays["times"] = np.zeros(4, "M8[s]")
arrays["pairs"] = np.zeros(4, [("a", "<f4"), ("b", "<i4")])
arrays["holes"] = np.array([[1.0, 2], [3, np.nan], [5, np.inf], [7, 8]])
arrays["five"] = np.zeros((4, 1, 2, 2, 2))
arrays["none"] = np.zeros((0, 3))
arrays["open"] = np.zeros((4, 3, 8, 3), np.uint8)
shapes = {
    "images": (arrays["images"] / 255).reshape(4, -1),
    "last": (arrays["last"].transpose(0, 3, 1, 2) / 255).reshape(4, -1),
    "first": arrays["first"].reshape(4, -1).astype(float),
    "targets": arrays["targets"], "line": arrays["line"][:, None],
}
np.savez(here / "arrays.npz", **arrays)
np.savez(here / "rows.npz", x=rng.normal(size=(12, 3)), y=np.arange(12) % 3)
np.savez_compressed(here / "arrays-packed.npz", **arrays)

idx = []
for code, kind in [(8, "u1"), (9, "i1"), (11, ">i2"), (12, ">i4"), (13, ">f4"), (14, ">f8")]:
    for shape in [(3, 2, 2), (3, 4), (3, 1, 2, 2)]:
        array = (rng.integers(0, 100, shape) * (1 if kind == "u1" else -1.5)).astype(kind)
        data = struct.pack(">HBB", 0, code, len(shape)) + struct.pack(f">{len(shape)}I", *shape)
        numbers = array.astype(float) / (255 if kind == "u1" else 1)
        idx.append({"bytes": list(data + array.tobytes()), "shape": shape,
                    "rows": numbers.reshape(3, -1).tolist()})
(here / "arrays.json").write_text(json.dumps({
    "types": found, "rows": {name: array.tolist() for name, array in shapes.items()}, "idx": idx,
}))
