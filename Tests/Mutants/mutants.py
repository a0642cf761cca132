"""Puts small deliberate faults into a copy of the sources and says which ones the tests notice.

A fault is text (see README.md beside this file): the lines it stands for, found by being unique in
Sources/, and the lines put in their place, in which the word FAULT is true while this fault is on.
All faults of one build are compiled together; the environment variable LABBOOK_FAULT says which one
is on, so that a hundred faults cost one build. Called by scripts/mutants.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COPY = pathlib.Path(os.environ.get("LABBOOK_MUTANTS_COPY") or ROOT / ".build" / "mutants")
COPIED = ["Package.swift", "Sources", "Tests", "experiments", "README.md", "Docs", "scripts"]
SOURCES = {".swift", ".c", ".cpp", ".h", ".inc"}

SWIFT_SWITCH = """
import Glibc
private let labbookFaultThatIsOn = getenv("LABBOOK_FAULT").map { String(cString: $0) } ?? ""
private func labbookFault(_ name: String) -> Bool { labbookFaultThatIsOn == name }
"""

C_SWITCH = """#if !defined(KERNEL) && !defined(LABBOOK_FAULT_SWITCH)
#define LABBOOK_FAULT_SWITCH
#include <stdlib.h>
static int labbook_fault;
__attribute__((constructor)) static void labbook_read_fault(void) {
  const char *text = getenv("LABBOOK_FAULT_NUMBER");
  labbook_fault = text ? atoi(text) : 0;
}
#endif
#line 1
"""


class Fault:
    """One fault: its name, what it does wrong, the tests that must notice it, and its lines."""

    def __init__(self, file, name, title):
        self.target = file.stem
        self.name = name
        self.title = title
        self.tests = ""
        self.before = []
        self.after = []
        self.number = 0
        self.outcome = ""

    def texts(self):
        return "\n".join(self.before), "\n".join(self.after)


def read_faults(folder):
    """All faults of Tests/Mutants/*.faults; a wrong line is an error that names its place."""
    faults = []
    for file in sorted(folder.glob("*.faults")):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if line.startswith("fault "):
                name, colon, title = line[len("fault "):].partition(": ")
                if not colon or not re.fullmatch(r"[a-z0-9-]+", name):
                    sys.exit(f"{file}:{number}: expected 'fault NAME: what is wrong'")
                faults.append(Fault(file, name, title))
            elif line.startswith("tests "):
                faults[-1].tests = line[len("tests "):].strip()
            elif line[:1] in ("-", " ") and faults:
                faults[-1].before.append(line[1:])
                if line[:1] == " ":
                    faults[-1].after.append(line[1:])
            elif line[:1] == "+" and faults:
                faults[-1].after.append(line[1:])
            elif line.strip() and not line.startswith("#"):
                sys.exit(f"{file}:{number}: expected fault, tests, or a line that begins with -, + or a space")
    names = [fault.name for fault in faults]
    for number, fault in enumerate(faults, 1):
        fault.number = number
        if names.count(fault.name) > 1:
            sys.exit(f"{fault.target}.faults: two faults are called '{fault.name}'")
        if not fault.tests or not fault.before or "FAULT" not in "\n".join(fault.after):
            sys.exit(f"{fault.target}.faults: '{fault.name}' needs tests, lines to find and FAULT in their place")
    return faults


def switched(text, fault, suffix):
    """The fault's lines with FAULT as an expression that is true while it is on."""
    if suffix == ".swift":
        return re.sub(r"\bFAULT\b", f'labbookFault("{fault.name}")', text)
    return re.sub(r"\bFAULT\b", f"(labbook_fault == {fault.number})", text)


def with_faults(faults):
    """The changed text of each changed file, the faults in it, those for a later build, those not found."""
    original = {
        path: path.read_text()
        for path in (ROOT / "Sources").rglob("*")
        if path.suffix in SOURCES and path.is_file()
    }
    changed, put, later = {}, [], []
    for fault in faults:
        before, after = fault.texts()
        places = [path for path, text in original.items() if ("\n" + text).count("\n" + before + "\n")]
        count = sum(("\n" + original[path]).count("\n" + before + "\n") for path in places)
        if count != 1:
            fault.outcome = "not found" if count == 0 else f"found {count} times"
            continue
        path = places[0]
        text = "\n" + changed.get(path, original[path])
        if ("\n" + before + "\n") not in text:
            later.append(fault)
            continue
        line = switched(after, fault, path.suffix)
        changed[path] = text.replace("\n" + before + "\n", "\n" + line + "\n", 1)[1:]
        put.append(fault)
    for path, text in changed.items():
        changed[path] = text + SWIFT_SWITCH if path.suffix == ".swift" else C_SWITCH + text
    return changed, put, later


def update_copy(changed):
    """Makes the copy like the tree with the changed texts; an equal file keeps its time."""
    wanted = set()
    for name in COPIED:
        top = ROOT / name
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if not path.is_file() or "__pycache__" in path.parts:
                continue
            target = COPY / path.relative_to(ROOT)
            wanted.add(target)
            data = changed[path].encode() if path in changed else path.read_bytes()
            if not target.exists() or target.read_bytes() != data:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
                target.chmod(path.stat().st_mode)
    for name in ("Sources", "Tests"):
        for path in sorted((COPY / name).rglob("*")):
            if path.is_file() and path not in wanted:
                path.unlink()


def build(configuration):
    """Builds the copy's tests; what the compiler says is shown where it fails."""
    command = ["swift", "test", "--configuration", configuration, "--filter", "^no test has this name$"]
    if configuration == "release":
        command.append("--disable-testable-imports")
    result = subprocess.run(command, cwd=COPY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0:
        errors = [line for line in result.stdout.splitlines() if "error:" in line]
        sys.exit("The copy with faults does not build:\n" + "\n".join(errors[:20] or [result.stdout[-4000:]]))


def test(configuration, pattern, fault=None, limit=300):
    """'passed', 'noticed' or 'noticed (no end)', and what the tests printed."""
    environment = dict(os.environ)
    if fault:
        environment.update(LABBOOK_FAULT=fault.name, LABBOOK_FAULT_NUMBER=str(fault.number))
    bundle = COPY / ".build" / configuration / "LabbookPackageTests.xctest"
    command = [str(bundle), "--testing-library", "swift-testing", "--filter", pattern]
    try:
        result = subprocess.run(
            command, cwd=COPY, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, errors="replace", timeout=limit)
    except subprocess.TimeoutExpired as end:
        return "noticed (no end)", str(end.stdout)
    if re.search(r"Test run with 0 tests", result.stdout):
        return "no such test", result.stdout
    return ("passed" if result.returncode == 0 else "noticed"), result.stdout


def main():
    parser = argparse.ArgumentParser(prog="scripts/mutants", description=__doc__.split("\n\n")[0])
    parser.add_argument("names", nargs="*", help="faults by name, or files of them by target; all where none is given")
    parser.add_argument("--list", action="store_true", help="list the faults and where they are found; build nothing")
    parser.add_argument("--debug", action="store_true", help="build without optimisation: a quicker build, slower tests")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="tests that run at a time")
    arguments = parser.parse_args()
    faults = read_faults(HERE)
    known = {fault.name for fault in faults} | {fault.target for fault in faults}
    for name in arguments.names:
        if name not in known:
            sys.exit(f"error: no fault and no target is called '{name}'; 'scripts/mutants --list' lists them")
    if arguments.names:
        faults = [f for f in faults if f.name in arguments.names or f.target in arguments.names]
    configuration = "debug" if arguments.debug else "release"

    waiting, builds = faults, 0
    while waiting:
        changed, put, later = with_faults([fault for fault in waiting if not fault.outcome])
        if not arguments.list and put:
            builds += 1
            update_copy(changed)
            started = time.monotonic()
            print(f"building with {len(put)} faults ...", file=sys.stderr, flush=True)
            build(configuration)
            print(f"built in {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
            for pattern in sorted({fault.tests for fault in put}):
                outcome, text = test(configuration, pattern)
                if outcome != "passed":
                    sys.exit(f"'{pattern}' does not pass without a fault ({outcome}):\n" + text[-4000:])
            with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
                outcomes = pool.map(lambda fault: test(configuration, fault.tests, fault)[0], put)
                for fault, outcome in zip(put, outcomes):
                    fault.outcome = outcome
                    print(f"  {fault.name}: {outcome}", file=sys.stderr, flush=True)
        for fault in put if arguments.list else []:
            fault.outcome = "found"
        waiting = later

    width = max((len(fault.name) for fault in faults), default=0)
    for fault in faults:
        print(f"{fault.outcome:<17} {fault.target:<15} {fault.name:<{width}}  {fault.title}")
    good = sum(fault.outcome.startswith("noticed") or fault.outcome == "found" for fault in faults)
    print(f"{good} of {len(faults)} faults {'found' if arguments.list else 'noticed'}, {builds} builds")
    sys.exit(0 if good == len(faults) else 1)


if __name__ == "__main__":
    main()
