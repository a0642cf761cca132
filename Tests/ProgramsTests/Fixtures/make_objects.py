"""Writes objects.json: lines as programs print them and the numbers in them, read by json, by
ast.literal_eval or, for NumPy's numbers, by NumPy. Needs NumPy 2.
"""

import ast
import json
import pathlib
import random
import struct

import numpy

random.seed(23)
NAMES = ["loss", "val/acc", "a b", "größe", "日本", "x'y", 'x"y', "tab\t", "back\\slash", "emoji \U0001f600", "0"]
TEXTS = ["adam", "it's", 'say "x"', "{not: 1}", "a,b}", "\\", "\U0001f600\n", ""]


def flat(value, prefix=""):
    for key, item in value.items():
        name = prefix + str(key)
        if isinstance(item, dict):
            yield from flat(item, name + "/")
        elif isinstance(item, (int, float, numpy.number)) and not isinstance(item, bool):
            yield [name, repr(float(item))]


def number():
    kind = random.randrange(8)
    if kind == 0:
        return random.randrange(-10, 1000)
    if kind == 1:
        return random.randrange(-(10**25), 10**25)
    if kind == 2:
        return struct.unpack("d", random.randbytes(8))[0]
    if kind == 3:
        return random.choice([float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 5e-324, 1.7e308, 2.0**53 + 2])
    if kind == 4:
        return round(random.random(), 4)
    return random.gauss(0, 1) * 10 ** random.randrange(-12, 12)


def value(depth):
    kind = random.randrange(10)
    if kind < 6:
        return number()
    if kind == 6:
        return random.choice([True, False, None])
    if kind == 7:
        return random.choice(TEXTS)
    if kind == 8:
        return [number() for _ in range(random.randrange(3))]
    return {random.choice(NAMES): value(depth + 1) for _ in range(random.randrange(3))} if depth < 3 else 0.5


def case(line, parsed):
    return {"line": line, "numbers": list(flat(parsed))}


cases = []
for _ in range(400):
    item = {random.choice(NAMES): value(0) for _ in range(random.randrange(1, 6))}
    line = json.dumps(item, ensure_ascii=random.random() < 0.5, separators=random.choice([(", ", ": "), (",", ":")]))
    cases.append(case(line, json.loads(line)))
    line = repr(item)
    # nan and inf are no literals of Python.
    names = {"nan": float("nan"), "inf": float("inf")}
    cases.append(case(line, eval(line, {"__builtins__": {}}, names)))
for _ in range(100):
    kinds = [numpy.float64, numpy.float32, numpy.float16]
    item = {name: random.choice(kinds)(random.gauss(0, 1)) for name in random.sample(NAMES[:4], 2)}
    item["n"] = numpy.int64(random.randrange(1000))
    item["mask"] = numpy.array([1.0, 2.0])
    item["flag"] = numpy.bool_(True)
    line = repr(item)
    # What is printed, not what is held, is what can be read.
    printed = {k: type(v)(str(v)) if isinstance(v, numpy.floating) else v for k, v in item.items()}
    spelled = {k: float(str(v)) if isinstance(v, numpy.floating) else v for k, v in printed.items()}
    cases.append(case(line, spelled))

# Notations of one number.
for text in ["1.", ".5", "-.5e-3", "+3", "1E5", "1e+05", "123456789012345678", "1234567890123456789012",
             "0.1234567890123456789", "9007199254740993", "1e-400", "1e400", "100e-2", "00.5"]:
    cases.append(case("{'x': %s}" % text, {"x": ast.literal_eval(text)}))

for c in cases:
    assert "\n" not in c["line"] and "\r" not in c["line"]
target = pathlib.Path(__file__).with_name("objects.json")
target.write_text(json.dumps(cases, ensure_ascii=True, separators=(",", ":"), indent=None).replace('},{', '},\n{') + "\n")
print(len(cases))
