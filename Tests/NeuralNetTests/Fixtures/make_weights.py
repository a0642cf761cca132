"""Makes weights.safetensors with the reference implementation: python make_weights.py

Needs PyPI's safetensors and numpy. The test knows the values by their formula.
"""

import os

import numpy
from safetensors.numpy import save_file

here = os.path.dirname(os.path.abspath(__file__))
save_file(
    {
        "0.weight": (numpy.arange(6, dtype=numpy.float32) / 4 - 1).reshape(3, 2),
        "0.bias": numpy.array([1e-30, -2.5, 3e30], dtype=numpy.float64),
        "scalar": numpy.array(7, dtype=numpy.float32),
        "empty": numpy.zeros((0, 4), dtype=numpy.float32),
        'with "quotes" and \u00e4': numpy.ones(1, dtype=numpy.float32),
    },
    os.path.join(here, "weights.safetensors"),
    metadata={"format": "pt"},
)
