"""Writes shlex.json: random texts and what Python's shlex.split(posix=True) makes of them.

make_shlex.py COUNT SEED FOLDER writes as many others there, for a longer comparison:
LABBOOK_FUZZ=FOLDER swift test --filter randomTextsOfAnyNumber
"""

import json
import pathlib
import random
import shlex
import sys

COUNT, SEED, FOLDER = (sys.argv[1:] + [600, 17, pathlib.Path(__file__).parent][len(sys.argv) - 1:])[:3]
random.seed(int(SEED))
SIGNS = list("ab1=-_.$#*|>;{}") + [" "] * 5 + ["\t", "\n", "\r", "'", "'", '"', '"', "\\", "\\", "é", "日", "\u00a0"]

cases = []
for _ in range(int(COUNT)):
    text = "".join(random.choice(SIGNS) for _ in range(random.randrange(0, 24)))
    try:
        words, error = shlex.split(text, comments=False, posix=True), None
    except ValueError as problem:
        words, error = None, str(problem)
    cases.append({"text": text, "words": words, "error": error})
# Words that are quoted and read back.
for _ in range(100):
    words = ["".join(random.choice(SIGNS) for _ in range(random.randrange(0, 8))) for _ in range(3)]
    cases.append({"text": " ".join(map(shlex.quote, words)), "words": words, "error": None})

target = pathlib.Path(FOLDER) / "shlex.json"
target.write_text(json.dumps(cases, ensure_ascii=True, separators=(",", ":"), indent=0) + "\n")
