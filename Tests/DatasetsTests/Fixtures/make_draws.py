"""Writes draws.json: what the sources draw, split and normalise, worked out anew in plain Python.

python make_draws.py, beside this file. It follows the contract (sections 1.5 and 1.5.1) and the
paper of Philox (Salmon, Moraes, Dror, Shaw, 2011); it shares no line with the program.
"""
import hashlib
import json
import math
import struct
from fractions import Fraction
from pathlib import Path

M64, M32 = (1 << 64) - 1, (1 << 32) - 1
DATA, LABEL_NOISE, SPLIT, TAKE = 1, 2, 3, 4


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M64
    return z ^ (z >> 31)


class Draw:
    """Philox 4x32-10 by seed, purpose and stream."""

    def __init__(self, seed, purpose, stream=0):
        state = mix(((seed & M64) + 0x9E3779B97F4A7C15) & M64)
        state = mix(((state ^ (purpose << 32)) + stream) & M64)
        self.key = (state & M32, state >> 32)

    def words(self, major, minor):
        c = [minor & M32, (minor & M64) >> 32, major & M32, (major & M64) >> 32]
        k0, k1 = self.key
        for _ in range(10):
            a, b = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
            c = [(b >> 32) ^ c[1] ^ k0, b & M32, (a >> 32) ^ c[3] ^ k1, a & M32]
            k0, k1 = (k0 + 0x9E3779B9) & M32, (k1 + 0xBB67AE85) & M32
        return c

    def long(self, major, minor):
        w = self.words(major, minor)
        return w[0] << 32 | w[1]

    def uniform(self, major, minor):
        return (self.long(major, minor) >> 11) * 2.0**-53

    def normal(self, major, minor):
        w = self.words(major, minor)
        a = ((w[0] << 32 | w[1]) >> 11) * 2.0**-53
        b = ((w[2] << 32 | w[3]) >> 11) * 2.0**-53
        return math.sqrt(-2 * math.log(1 - a)) * math.cos(2 * math.pi * b)

    def below(self, bound, major, minor):
        return self.long(major, minor) * bound >> 64


def rows_of(seed, column):
    return Draw(seed, DATA, 2 * column)


def common(seed, column):
    return Draw(seed, DATA, 2 * column + 1)


def noisy(row, seed, deviation, group, index):
    return [v + deviation * rows_of(seed, c).normal(group, index) for c, v in enumerate(row)]


def spiral(seed, classes, n, noise):
    rows, labels = [], []
    for k in range(1, classes + 1):
        for i in range(n):
            t = i / (n - 1)
            u = 2 * math.pi / classes * (2 * t + k - 1)
            u += noise * rows_of(seed, 0).normal(k - 1, i)
            rows.append([t * math.sin(u), t * math.cos(u)])
            labels.append(k - 1)
    return {"rows": rows, "labels": labels}


def two_classes(n, row):
    return {"rows": [row(k, i) for k in (0, 1) for i in range(n)], "labels": [0] * n + [1] * n}


def moons(seed, n, noise):
    def row(k, i):
        a = math.pi * i / (n - 1)
        plain = [math.cos(a), math.sin(a)] if k == 0 else [1 - math.cos(a), 0.5 - math.sin(a)]
        return noisy(plain, seed, noise, k, i)
    return two_classes(n, row)


def circles(seed, n, noise, factor):
    def row(k, i):
        a, r = 2 * math.pi * i / n, (1, factor)[k]
        return noisy([r * math.cos(a), r * math.sin(a)], seed, noise, k, i)
    return two_classes(n, row)


def xor(seed, n, noise):
    def row(k, i):
        sign = 1 if i % 2 == 0 else -1
        x, y = rows_of(seed, 2).uniform(k, i), rows_of(seed, 3).uniform(k, i)
        return noisy([sign * x, sign * y if k == 0 else -sign * y], seed, noise, k, i)
    return two_classes(n, row)


def blobs(seed, classes, n, features, noise):
    rows = []
    for k in range(classes):
        centre = [20 * common(seed, c).uniform(k, 0) - 10 for c in range(features)]
        rows += [noisy(centre, seed, noise, k, i) for i in range(n)]
    return {"rows": rows, "labels": [k for k in range(classes) for _ in range(n)]}


def cloud(seed, n, features):
    return {"rows": [[rows_of(seed, c).normal(0, i) for c in range(features)] for i in range(n)]}


def linear(seed, n, features, noise):
    weights = [common(seed, c).normal(0, 0) for c in range(features)]
    constant = common(seed, features).normal(0, 0)
    rows = [[2 * rows_of(seed, c).uniform(0, i) - 1 for c in range(features)] for i in range(n)]
    values = [sum(w * x for w, x in zip(weights, row)) + constant
              + noise * rows_of(seed, features).normal(0, i) for i, row in enumerate(rows)]
    return {"rows": rows, "values": values}


def cubic(seed, n, noise):
    xs = [2 * i / (n - 1) - 1 for i in range(n)]
    return {"rows": [[x] for x in xs],
            "values": [x**3 + noise * rows_of(seed, 0).uniform(0, i) for i, x in enumerate(xs)]}


def largest_remainder(quotas, total):
    sizes = [math.floor(q) for q in quotas]
    order = sorted(range(len(quotas)), key=lambda i: (sizes[i] - quotas[i], i))
    for i in order[: total - sum(sizes)]:
        sizes[i] += 1
    return sizes


def draw(random, count, strata):
    """`count` rows in proportion to the strata, those with the least numbers; and the others."""
    total = sum(map(len, strata))
    shares = largest_remainder([Fraction(count * len(s), total) for s in strata], count)
    chosen, left = [], []
    for rows, share in zip(strata, shares):
        least = sorted(rows, key=lambda row: (random.long(0, row), row))[:share]
        chosen.append(sorted(least))
        left.append([row for row in rows if row not in set(least)])
    return chosen, left


def partition(n, classes, take, val, test, seed):
    strata = [list(range(n))] if classes is None else [
        [row for row in range(n) if classes[row] == k] for k in range(max(classes) + 1)]
    taken = take or n
    if take:
        strata = draw(Draw(seed, TAKE), take, strata)[0]

    def quota(part):
        return Fraction(0) if part is None else (
            Fraction(str(part)) * taken if isinstance(part, float) else Fraction(part))
    quotas = [taken - quota(val) - quota(test), quota(val), quota(test)]
    _, val_rows, test_rows = largest_remainder(quotas, taken)
    random = Draw(seed, SPLIT)
    v, strata = draw(random, val_rows, strata)
    t, strata = draw(random, test_rows, strata)
    return [sorted(sum(part, [])) for part in (strata, v, t)]


def label_noise(labels, train, share, classes, seed):
    random, result = Draw(seed, LABEL_NOISE), list(labels)
    count = math.floor(share * len(train) + 0.5)
    for row in sorted(train, key=lambda row: (random.long(0, row), row))[:count]:
        other = random.below(classes - 1, 1, row)
        result[row] = other if other < labels[row] else other + 1
    return result


def statistics(values):
    mean = math.fsum(values) / len(values)
    return [min(values), max(values), mean,
            math.sqrt(math.fsum((v - mean) ** 2 for v in values) / len(values))]


def table():
    """20 columns of very unlike sizes, four classes of unlike counts, two rows left out by take."""
    random, n = Draw(11, DATA), 24
    rows = [[round(10 ** (c % 5 - 2) * random.normal(c, i) + c, 6) for c in range(20)]
            for i in range(n)]
    names = ["ash", "Birch", "cedar", "dill"]
    labels = [(0, 1, 0, 2, 0, 1, 3, 0)[i % 8] for i in range(n)]
    # The classes are in the order of their sorted names: capitals first.
    classes = [sorted(names).index(names[k]) for k in labels]
    parts = partition(n, classes, 22, 0.25, 3, 5)
    noise = label_noise(classes, parts[0], 0.3, 4, 5)
    columns = [[rows[i][c] * 2 - 1 for i in parts[0]] for c in range(20)]
    before = [statistics(column) for column in columns]
    standard, minmax = [], []
    for row in rows:
        moved = [2 * x - 1 for x in row]
        standard.append([(x - s[2]) / s[3] for x, s in zip(moved, before)])
        minmax.append([(x - s[0]) / (s[1] - s[0]) for x, s in zip(moved, before)])
    return {"rows": rows, "words": [names[k] for k in labels], "parts": parts,
            "labels": classes, "noisy": noise, "standard": standard, "minmax": minmax,
            "before": before}


def images():
    """Two channels of 2 x 3 pixels; the test part has other pictures and one class more."""
    random = Draw(12, DATA)
    train = [[random.below(256, i, p) // (1 + 3 * (p >= 6)) for p in range(12)] for i in range(7)]
    test = [[random.below(256, 100 + i, p) for p in range(12)] for i in range(3)]
    labels, test_labels = [0, 1, 2, 0, 1, 2, 0], [4, 0, 1]
    parts = partition(7, labels, None, 2, None, 3)
    scale, shift = [2, 0.5], [1, -1]
    groups = [[train[i][p] / 255 * scale[g] + shift[g] for i in parts[0]
               for p in range(6 * g, 6 * g + 6)] for g in (0, 1)]
    before = [statistics(group) for group in groups]

    def normal(picture):
        return [(b / 255 * scale[p // 6] + shift[p // 6] - before[p // 6][2]) / before[p // 6][3]
                for p, b in enumerate(picture)]

    def file(pictures):
        return struct.pack(">HBBIIII", 0, 8, 4, len(pictures), 2, 2, 3) + bytes(sum(pictures, []))

    def label_file(values):
        return struct.pack(">HBBI", 0, 8, 1, len(values)) + bytes(values)
    files = [file(train), label_file(labels), file(test), label_file(test_labels)]
    digests = "".join(hashlib.sha256(f).hexdigest() + "\n" for f in files)
    return {"files": [list(f) for f in files], "labels": labels, "test_labels": test_labels,
            "parts": parts, "standard": [normal(p) for p in train],
            "test_standard": [normal(p) for p in test], "before": before,
            "fingerprint": hashlib.sha256(digests.encode()).hexdigest()}


mixed = [(0, 1, 2, 0, 0, 1)[i % 6] for i in range(41)]
partitions = [
    {"rows": n, "classes": classes, "take": take, "val": val, "test": test, "seed": seed,
     "parts": partition(n, classes, take, val, test, seed)}
    for n, classes, take, val, test, seed in [
        (41, mixed, None, 0.25, None, 1), (41, mixed, None, None, 0.25, 1),
        (41, mixed, 30, 0.2, 7, 2), (41, mixed, 17, 4, 0.3, -9), (41, None, 20, 5, 0.25, 3),
        (10, None, None, 0.25, 0.25, 4), (10, None, 9, None, None, 4), (41, mixed, 3, 1, None, 6)]]
noises = [
    {"labels": mixed, "train": train, "share": share, "seed": seed,
     "noisy": label_noise(mixed, train, share, 3, seed)}
    for share, seed, train in [(0.2, 1, list(range(41))), (0.5, 2, list(range(1, 41, 2))),
                               (0.99, -4, list(range(30))), (0.25, 8, list(range(10)))]]
draws = {
    "sources": [
        {"source": "spiral", "seed": 7, "settings": {"classes": 4, "points_per_class": 5, "noise": 0.3},
         **spiral(7, 4, 5, 0.3)},
        {"source": "moons", "seed": 7, "settings": {"points_per_class": 6, "noise": 0.2},
         **moons(7, 6, 0.2)},
        {"source": "circles", "seed": -2,
         "settings": {"points_per_class": 5, "noise": 0.2, "factor": 0.25},
         **circles(-2, 5, 0.2, 0.25)},
        {"source": "xor", "seed": 7, "settings": {"points_per_class": 6, "noise": 0.2},
         **xor(7, 6, 0.2)},
        {"source": "blobs", "seed": 3,
         "settings": {"classes": 3, "points_per_class": 2, "features": 20, "noise": 1.5},
         **blobs(3, 3, 2, 20, 1.5)},
        {"source": "cloud", "seed": 9, "settings": {"points": 4, "features": 3}, **cloud(9, 4, 3)},
        {"source": "linear", "seed": 4, "settings": {"points": 5, "features": 3, "noise": 0.5},
         **linear(4, 5, 3, 0.5)},
        {"source": "cubic", "seed": 4, "settings": {"points": 5, "noise": 0.4}, **cubic(4, 5, 0.4)},
    ],
    "partitions": partitions, "noises": noises, "table": table(), "images": images(),
}


def short(value):
    """Twelve significant digits are far more than single precision has."""
    if isinstance(value, float):
        return float(f"{value:.12g}")
    if isinstance(value, dict):
        return {key: short(v) for key, v in value.items()}
    return [short(v) for v in value] if isinstance(value, list) else value


(Path(__file__).parent / "draws.json").write_text(json.dumps(short(draws)) + "\n")
