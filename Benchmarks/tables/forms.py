"""Writes a table in the forms that people's files have, and looks whether each is read as the plain one.

Usage: forms.py LABBOOK TABLE.csv... [--target COLUMN]

The plain form, which compare.py has checked against pandas, is prepared by `labbook init` and `data --out`; each
other form must give the same rows, to 1e-6. Forms that cannot be a table must be refused with a place.
"""

import argparse
import csv
import gzip
import io
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import numpy as np


def rows_of(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))


def text(rows, separator=",", quoting=csv.QUOTE_MINIMAL, end="\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=end).writerows(rows)
    return out.getvalue()


def is_number(cell):
    return re.fullmatch(r"[-+]?\d+(\.\d*)?([eE][-+]?\d+)?|\.\d+", cell) is not None


def with_comma(rows):
    return [[c.replace(".", ",") if is_number(c) else c for c in row] for row in rows]


def holes(rows, word):
    return [[word if c in ("NA", "") else c for c in row] for row in rows]


def forms(rows):
    """The form's name, the file's ending, its bytes."""
    header, body = rows[0], rows[1:]
    plain = text(rows)
    yield "quoted", "csv", text(rows, quoting=csv.QUOTE_ALL).encode()
    yield "crlf", "csv", text(rows, end="\r\n").encode()
    yield "bom", "csv", b"\xef\xbb\xbf" + plain.encode()
    yield "no last line break", "csv", plain.rstrip("\n").encode()
    yield "blank lines at the end", "csv", (plain + "\n\n").encode()
    yield "semicolons", "csv", text(rows, ";").encode()
    yield "german excel", "csv", text(with_comma(rows), ";", end="\r\n").encode("cp1252", "replace")
    yield "tabs", "tsv", text(rows, "\t").encode()
    yield "bars", "csv", text(rows, "|").encode()
    yield "sep line", "csv", ("sep=;\r\n" + text(rows, ";", end="\r\n")).encode()
    yield "gzip", "csv.gz", gzip.compress(plain.encode())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("table.csv", plain)
    yield "zip", "zip", packed.getvalue()
    yield "no value as ?", "csv", text([header] + holes(body, "?")).encode()
    yield "no value as NaN", "csv", text([header] + holes(body, "NaN")).encode()
    yield "no value as nothing", "csv", text([header] + holes(body, "")).encode()
    if not any(" " in c or "\t" in c or c == "" for row in rows for c in row):
        yield "blanks", "txt", "\n".join("  ".join(row) for row in rows).encode() + b"\n"
    yield "spaces behind commas", "csv", text(rows).replace(",", ", ").encode() if '"' not in plain else None
    accents = {c: "é" + c for row in body for c in row if c[:1].isalpha() and c != "NA"
               and c.lower() not in ("true", "false")}
    if accents:
        changed = [header] + [[accents.get(c, c) for c in row] for row in body]
        yield "utf-8 letters", "csv", text(changed).encode()
        yield "latin-1 letters", "csv", text(changed).encode("latin-1", "replace")
        broken = [header] + [[c and accents.get(c) and c + "\nnext, line" or c for c in row] for row in body]
        yield "quoted line breaks", "csv", text(broken).encode()


def refused(rows):
    plain = text(rows)
    yield "a footer", (plain + "Total rows: 5\n").encode()
    yield "a quote that stays open", (plain + 'x,"y\n').encode()
    yield "a longer row", (plain + ",".join(rows[1]) + ",9\n").encode()


def prepared(labbook, folder, name, data, target):
    path = folder / name
    path.write_bytes(data)
    for old in folder.glob("*.yaml"):
        old.unlink()
    done = subprocess.run([labbook, "init", name, "--target", target], cwd=folder,
                          capture_output=True, text=True)
    if done.returncode:
        return None, done.stderr
    file = next(folder.glob("*.yaml")).name
    done = subprocess.run([labbook, "data", file, "--out", "out"], cwd=folder,
                          capture_output=True, text=True)
    if done.returncode:
        return None, done.stderr
    parts = []
    for part in ("train", "val", "test"):
        if (folder / "out" / f"{part}.csv").exists():
            parts.append(rows_of(folder / "out" / f"{part}.csv")[1:])
            (folder / "out" / f"{part}.csv").unlink()
    return parts, ""


def same(one, other, with_words):
    """The largest difference; None where rows or columns are others."""
    worst = 0.0
    for left, right in zip(one, other):
        if len(left) != len(right):
            return None
        a = np.array([row[:-1] for row in left], dtype=float)
        b = np.array([row[:-1] for row in right], dtype=float)
        if a.shape != b.shape:
            return None
        if a.size:
            worst = max(worst, np.abs(a - b).max())
        if with_words and [row[-1] for row in left] != [row[-1] for row in right]:
            return None
    return worst


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("labbook")
    parser.add_argument("tables", nargs="+")
    parser.add_argument("--target")
    options = parser.parse_args()
    options.labbook = str(pathlib.Path(options.labbook).resolve())
    status = 0
    for table in options.tables:
        rows = rows_of(table)
        # Columns without a name are another matter.
        keep = [place for place, name in enumerate(rows[0]) if name]
        rows = [[row[place] for place in keep] for row in rows]
        target = options.target or rows[0][-1]
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            plain, problem = prepared(options.labbook, folder, "t.csv", text(rows).encode(), target)
            if plain is None:
                print(f"other {table}: {problem[:200]}")
                continue
            bad = []
            count = 0
            for name, ending, data in forms(rows):
                if data is None:
                    continue
                count += 1
                found, problem = prepared(options.labbook, folder, "f." + ending, data, target)
                if found is None:
                    bad.append(f"{name}: {problem.strip()[:300]}")
                    continue
                worst = same(plain, found, with_words="letters" not in name and "breaks" not in name)
                if worst is None or not worst <= 1e-6:
                    bad.append(f"{name}: other rows ({worst})")
            for name, data in refused(rows):
                count += 1
                found, problem = prepared(options.labbook, folder, "f.csv", data, target)
                if found is not None or not re.search(r"f\.csv:\d+", problem):
                    bad.append(f"{name}: {'read' if found else problem[:200]}")
            print(f"{'WRONG' if bad else 'ok   '} {pathlib.Path(table).name}: {count} forms"
                  + "".join("\n      " + line for line in bad), flush=True)
            status = status or bool(bad)
    return status


if __name__ == "__main__":
    sys.exit(main())
