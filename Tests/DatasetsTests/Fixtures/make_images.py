"""Makes pictures of all kinds and what Pillow reads in them: pictures/ and pictures.json.

Needs NumPy and Pillow; made with Pillow 13.0.0.
"""

import json
import pathlib
import shutil

import numpy as np
from PIL import Image

here = pathlib.Path(__file__).parent
folder = here / "pictures"
shutil.rmtree(folder, ignore_errors=True)
rng = np.random.default_rng(1)


def smooth(height, width, channels):
    y, x = np.mgrid[0:height, 0:width]
    planes = [
        127 + 100 * np.sin(x / (5 + k) + y / (7 - k)) + rng.normal(0, 6, (height, width))
        for k in range(channels)
    ]
    return np.clip(np.stack(planes, -1), 0, 255).astype(np.uint8)


def save(image, name, **options):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, **options)


gray = Image.fromarray(smooth(9, 14, 1)[..., 0])
colour = Image.fromarray(smooth(9, 14, 3))
save(gray, "cat/gray.png")
save(colour, "cat/colour.png")
save(Image.fromarray(smooth(9, 14, 4)), "cat/clear.png")
save(Image.fromarray(smooth(9, 14, 2), "LA"), "cat/gray-clear.png")
save(colour.quantize(16), "dog/palette.png")
save(gray.convert("1"), "dog/bits.png")
save(Image.fromarray((smooth(9, 14, 1)[..., 0].astype(np.uint16) << 8) | 7), "dog/deep.png")
save(Image.fromarray(smooth(12, 7, 3)), "dog/small/other.PNG")
save(gray, "dog/gray.jpg", quality=90)
save(colour, "dog/colour.jpeg", quality=90)
save(colour, "dog/progressive.jpg", quality=90, progressive=True)

found = {"files": [], "cases": []}
paths = sorted(folder.glob("*/**/*.*"), key=lambda path: path.relative_to(folder).as_posix())
found["files"] = [path.relative_to(folder).as_posix() for path in paths]
for mode, size in [("L", (9, 14)), ("RGB", (9, 14)), ("L", (4, 5)), ("RGB", (20, 6))]:
    rows = []
    for path in paths:
        image = Image.open(path)
        if image.mode.startswith("I;16"):
            image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
        image = image.convert(mode)
        if image.size != size[::-1]:
            image = image.resize(size[::-1], Image.BILINEAR)
        pixels = np.asarray(image)
        pixels = pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1)
        rows.append(pixels.ravel().tolist())
    found["cases"].append({"mode": mode, "size": size, "rows": rows})
(here / "pictures.json").write_text(json.dumps(found))
