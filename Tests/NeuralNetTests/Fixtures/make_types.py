"""Writes types.safetensors, one tensor of every type of number that is read, and types.json with the
numbers as NumPy has them in single precision.

pip install numpy ml_dtypes; python make_types.py
"""

import json
import struct
from pathlib import Path

import ml_dtypes
import numpy as np

here = Path(__file__).parent
rng = np.random.default_rng(11)
# The smallest and largest of each type, numbers below the normal ones, both zeros.
special = [0.0, -0.0, 1.0, -1.5, 6.1e-5, 6e-8, 65504.0, -1e-7]
values = np.array(special + list(rng.normal(size=12) * 10.0 ** rng.integers(-6, 4, 12)))
types = {"F16": np.float16, "BF16": ml_dtypes.bfloat16, "F32": np.float32, "F64": np.float64}
header, body, numbers = {}, b"", {}
for name, kind in types.items():
    tensor = values.astype(kind).reshape(4, 5)
    header[name.lower()] = {
        "dtype": name, "shape": [4, 5], "data_offsets": [len(body), len(body) + tensor.nbytes]}
    body += tensor.tobytes()
    numbers[name.lower()] = tensor.astype(np.float32).astype(float).ravel().tolist()
text = json.dumps(header).encode()
(here / "types.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + body)
json.dump(numbers, open(here / "types.json", "w"), indent=1)
