"""Hands mutated files to the readers: each must be read or refused with a message, never more.

Usage: fuzz.py LABBOOK [--count 2000] [--seed 1] [--keep DIR]

Tables in many forms, NumPy's archives and arrays, IDX files, PNG, JPEG and safetensors are damaged by flipped,
removed, repeated and inserted bytes, by other numbers in their headers, and by signs that mean something. A file
that makes labbook end by a signal, print a trace, take over 20 s or over 4 GB is kept. Exit status 1 for any.
"""

import argparse
import gzip
import io
import json
import pathlib
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile

import numpy as np
from PIL import Image


def tables(rng):
    rows = [f"{i},{i % 7}.5,{'abc'[i % 3]},{'' if i % 9 == 0 else i * 3},2020-01-{i % 28 + 1:02d},"
            f"{'yes' if i % 2 else 'no'}" for i in range(60)]
    plain = "id,x,word,n,day,y\n" + "\n".join(rows) + "\n"
    yield "csv", plain.encode()
    yield "csv", plain.replace(",", ";").replace(".5", ",5").encode()
    yield "csv", plain.replace(",", "\t").encode()
    yield "csv", b"\xef\xbb\xbf" + plain.replace("a,", '"a ""b"", c\nd",').encode()
    yield "csv", plain.replace("a,", "é,").encode("latin-1")
    yield "csv", ("sep=;\r\n" + plain.replace(",", ";").replace("\n", "\r\n")).encode()
    yield "csv.gz", gzip.compress(plain.encode())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t.csv", plain)
    yield "zip", packed.getvalue()


def arrays(rng):
    for save in (np.savez, np.savez_compressed):
        out = io.BytesIO()
        save(out, x=rng.normal(size=(30, 4)).astype("f4"), y=rng.integers(0, 3, 30))
        yield "npz", out.getvalue()
    out = io.BytesIO()
    np.savez(out, x=rng.integers(0, 255, (20, 5, 5, 3), dtype=np.uint8), y=np.asfortranarray(rng.normal(size=(20, 2))))
    yield "npz", out.getvalue()


def idx(rng):
    images = struct.pack(">IIII", 0x803, 20, 5, 4) + rng.integers(0, 255, 400, dtype=np.uint8).tobytes()
    yield "idx", images
    yield "idx", gzip.compress(images)
    yield "idx", struct.pack(">IIII", 0xD03, 20, 5, 4) + rng.normal(size=400).astype(">f4").tobytes()


def pictures(rng):
    pixels = rng.integers(0, 255, (9, 11, 3), dtype=np.uint8)
    for mode, kind in (("RGB", "PNG"), ("L", "PNG"), ("P", "PNG"), ("RGB", "JPEG"), ("L", "JPEG")):
        out = io.BytesIO()
        Image.fromarray(pixels).convert(mode).save(out, kind)
        yield kind.lower(), out.getvalue()
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", progressive=True)
    yield "jpeg", out.getvalue()


def weights(rng):
    for name, type_ in (("F32", "f4"), ("F16", "f2"), ("F64", "f8")):
        w, b = rng.normal(size=(2, 4)).astype(type_), np.zeros(2, type_)
        head = json.dumps({
            "0.weight": {"dtype": name, "shape": [2, 4], "data_offsets": [0, w.nbytes]},
            "0.bias": {"dtype": name, "shape": [2], "data_offsets": [w.nbytes, w.nbytes + b.nbytes]}})
        yield "safetensors", struct.pack("<Q", len(head)) + head.encode() + w.tobytes() + b.tobytes()


SIGNS = [b'"', b",", b"\n", b"\r", b"\0", b"\xff", b";", b"\t", b"1e999", b"nan", b"-", b"'", b"{", b"}",
         b"\xef\xbb\xbf", b"99999999999999999999", b"PK\x05\x06", b"\x93NUMPY"]


def mutated(data, rng):
    data = bytearray(data)
    for _ in range(int(rng.integers(1, 4))):
        if not data:
            break
        at = int(rng.integers(0, len(data)))
        kind = int(rng.integers(0, 9))
        if kind == 0:
            data[at] ^= 1 << int(rng.integers(0, 8))
        elif kind == 1:
            data[at] = int(rng.integers(0, 256))
        elif kind == 2:
            del data[at:at + int(rng.integers(1, 40))]
        elif kind == 3:
            data[at:at] = data[at:at + int(rng.integers(1, 200))]
        elif kind == 4:
            data[at:at] = SIGNS[int(rng.integers(0, len(SIGNS)))]
        elif kind == 5:
            data = data[:at]
        elif kind == 6:
            word = struct.pack(rng.choice(["<I", ">I", "<Q"]), int(rng.choice([0, 1, 2**31 - 1, 2**32 - 1, 65535])))
            data[at:at + len(word)] = word
        elif kind == 7:
            # Headers are where it hurts.
            data[int(rng.integers(0, min(len(data), 64)))] = int(rng.integers(0, 256))
        else:
            data[-1 - int(rng.integers(0, min(len(data), 64)))] = int(rng.integers(0, 256))
    return bytes(data)


MODEL = "model: {mlp: {hidden: [3]}}\ntrain: {epochs: 1}\n"
CSV = "data: {source: csv, path: FILE, target: y, drop: [day], fill: median, split: {val: 0.2}}\n"


def commands(ending, name, folder):
    """What is asked of a file."""
    if ending in ("csv", "csv.gz", "zip"):
        (folder / "e.yaml").write_text(CSV.replace("FILE", name) + MODEL)
        return [["data", "e.yaml"], ["init", name]]
    if ending == "npz":
        (folder / "e.yaml").write_text(f"data: {{source: npz, path: {name}}}\n" + MODEL)
    elif ending == "idx":
        (folder / "e.yaml").write_text(f"data: {{source: idx, images: {name}, labels: labels}}\n" + MODEL)
        (folder / "labels").write_bytes(struct.pack(">II", 0x801, 20) + bytes(i % 2 for i in range(20)))
    elif ending in ("png", "jpeg"):
        (folder / "e.yaml").write_text("data: {source: images, path: pictures, size: [4, 4]}\n" + MODEL)
        for place in "ab":
            (folder / "pictures" / place).mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / name, folder / "pictures" / place / ("x." + ending))
    else:
        (folder / "ok.csv").write_text("a,b,c,d,y\n" + "1,2,3,4,u\n2,1,4,3,v\n" * 5)
        (folder / "e.yaml").write_text(
            "data: {source: csv, path: ok.csv, target: y}\nmodel: [{linear: 2}]\n"
            f"train: {{epochs: 1, init: {{name: file, path: {name}}}}}\n")
        return [["check", "e.yaml"]]
    return [["data", "e.yaml"]]


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labbook")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default="fuzz-found")
    options = parser.parse_args()
    options.labbook = str(pathlib.Path(options.labbook).resolve())
    rng = np.random.default_rng(options.seed)
    seeds = [one for make in (tables, arrays, idx, pictures, weights) for one in make(rng)]
    read = refused = 0
    found = []
    for number in range(options.count):
        ending, data = seeds[int(rng.integers(0, len(seeds)))]
        data = mutated(data, rng)
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            name = "f." + ending
            (folder / name).write_bytes(data)
            for words in commands(ending, name, folder):
                try:
                    done = subprocess.run([options.labbook, *words], cwd=folder, capture_output=True,
                                          timeout=60, preexec_fn=limit)
                    said = done.stderr.decode("utf-8", "replace")
                    bad = (done.returncode not in (0, 1, 2) or "Fatal error" in said
                           or (done.returncode != 0 and "error" not in said and "Error" not in said))
                except subprocess.TimeoutExpired:
                    bad, said = True, "over 60 s"
                if bad:
                    keep = pathlib.Path(options.keep)
                    keep.mkdir(exist_ok=True)
                    shutil.copytree(folder, keep / f"{options.seed}-{number}", dirs_exist_ok=True)
                    found.append(f"{number} {ending} {' '.join(words)}: {said[-300:]}")
                    print(found[-1], flush=True)
                elif done.returncode == 0:
                    read += 1
                else:
                    refused += 1
    print(f"{read} read, {refused} refused, {len(found)} wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
