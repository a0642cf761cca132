"""Writes hydra.json: values and words for them that Hydra's own parser reads back as these values.

Needs hydra-core. Words are as plain as the rule in `word` makes them; that the rule is right is what the
parser says.
"""

import json
import pathlib
import random
import re

from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import QuotedString

random.seed(4)


def quoted(text):
    text = re.sub(r"(\\*)'", lambda m: m[1] * 2 + "\\'", text)
    text = re.sub(r"(\\+)$", lambda m: m[1] * 2, text)
    return "'" + text + "'"


def word(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
    if isinstance(value, list):
        return "[" + ",".join(map(word, value)) + "]"
    plain = re.fullmatch(r"[A-Za-z_/][A-Za-z0-9_/.\-]*", value)
    if plain and value.lower() not in ("null", "true", "false", "nan", "inf"):
        return value
    return quoted(value)


def plain(value):
    if isinstance(value, QuotedString):
        return value.text
    return [plain(item) for item in value] if isinstance(value, list) else value


SIGNS = list("ab1'\"\\\\, =[]{}:;@-$é|()#%*?~+/.")
values = ["true", "NULL", "1", "1e3", "nan", "a,b", "", "'", "\\", "\\'", "a b", "C:\\x\\", "/data/x.npz", "choice(a)"]
values += [1, 0.1, 1e-5, -3, 1e20, 2.0, True, False, None, [1, 2], ["a b", None, [True]], []]
for _ in range(300):
    values.append("".join(random.choice(SIGNS) for _ in range(random.randrange(0, 9))))

cases = []
for value in values:
    if isinstance(value, str) and "${" in value:
        continue
    text = "x=" + word(value)
    read = OverridesParser.create().parse_override(text)
    assert plain(read._value) == value and type(plain(read._value)) in (type(value), int), (text, read._value)
    assert not read.is_sweep_override(), text
    cases.append({"value": value, "word": text})
target = pathlib.Path(__file__).with_name("hydra.json")
target.write_text(json.dumps(cases, ensure_ascii=True, separators=(",", ":"), indent=0) + "\n")
