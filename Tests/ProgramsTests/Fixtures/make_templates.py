"""Writes templates.json: random commands with placeholders and values, and the words that come of them by
Python's shlex and one pass of Python's re over every word.

make_templates.py COUNT SEED FOLDER writes as many others there, for a longer comparison:
LABBOOK_FUZZ=FOLDER swift test --filter randomCommandsOfAnyNumber
"""

import json
import pathlib
import random
import re
import shlex
import sys

COUNT, SEED, FOLDER = (sys.argv[1:] + [400, 6, pathlib.Path(__file__).parent][len(sys.argv) - 1:])[:3]
random.seed(int(SEED))
PIECES = ["{a}", "{b}", "{c}", "{{", "}}", "x", "--o=", " ", " ", "  ", "'", '"', "\\", "é", "$", "#", "\t", ";"]
VALUES = ["v", "", "two words", "it's", 'say "x"', "{a}", "{{", "}}", "\\", "$HOME", "a\nb", "*", "\u00a0", "日"]
WHOLE = ["{--a}", "{--a...}"]


def words(text, values):
    def put(match):
        found = match[0]
        return found[0] if found in ("{{", "}}") else values[found[1:-1]]

    result = []
    for word in shlex.split(text):
        if word == "{--a}":
            result.append("--a=" + values["a"])
        elif word == "{--a...}":
            result += ["--a", values["a"]]
        else:
            assert "{--" not in word.replace("{{", "")
            result.append(re.sub(r"\{\{|\}\}|\{\w+\}", put, word))
    return result


cases = []
while len(cases) < int(COUNT):
    text = "p " + "".join(random.choice(PIECES) for _ in range(random.randrange(1, 14)))
    if random.random() < 0.3:
        text += " " + random.choice(WHOLE) + " " + random.choice(PIECES[:3])
    values = {name: random.choice(VALUES) for name in "abc"}
    try:
        expected = words(text, values)
    except (ValueError, AssertionError):
        continue
    # A brace that an odd number of braces leaves alone is another matter.
    if any(re.sub(r"\{\{|\}\}|\{(--)?\w+(\.\.\.)?\}", "", word).strip("{}") != re.sub(r"\{\{|\}\}|\{(--)?\w+(\.\.\.)?\}", "", word) for word in shlex.split(text)):
        continue
    cases.append({"text": text, "values": values, "words": expected})
target = pathlib.Path(FOLDER) / "templates.json"
target.write_text(json.dumps(cases, ensure_ascii=True, separators=(",", ":")).replace("},{\"text", "},\n{\"text") + "\n")
