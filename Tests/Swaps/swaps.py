"""Makes every claim of experiments/ fail, each by a change under which it must.

A notebook names its swaps under `x-swaps` (see README.md beside this file). The sweeps that swaps
change are trained in a store of their own, and the claims that then do not hold must be those that
the swaps name. Called by scripts/swaps.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
KEYS = {"swap", "in", "set", "file", "breaks", "shakes"}
VERDICT = re.compile(r"^claim (held|not held|undecided): (.*)$")


class Loader(yaml.SafeLoader):
    """Every scalar is text, as Labbook reads it; only the merge key `<<` means something."""


Loader.yaml_implicit_resolvers = {
    "<": [("tag:yaml.org,2002:merge", re.compile("^<<$"))],
}


class Dumper(yaml.SafeDumper):
    """Writes text without quotes wherever YAML allows it."""

    def ignore_aliases(self, data):
        return True


Dumper.yaml_implicit_resolvers = {}


class Swap:
    """One change, where it is made, and the claims that it must break."""

    def __init__(self, notebook, item):
        self.notebook = notebook
        unknown = set(item) - KEYS
        if unknown or not {"swap", "breaks"} <= set(item):
            raise SystemExit(f"{notebook.path.name}: a swap has {sorted(KEYS)}, found {sorted(item)}")
        self.words = item["swap"]
        self.sweeps = listed(item.get("in"))
        self.change = item.get("set") or {}
        self.file = item.get("file") or {}
        self.breaks = listed(item["breaks"])
        self.shakes = listed(item.get("shakes"))
        for name in self.sweeps:
            if name not in notebook.sweeps:
                raise SystemExit(f"{notebook.path.name}: {self.words}: there is no sweep '{name}'")
        for title in self.breaks + self.shakes:
            if title not in notebook.claims:
                raise SystemExit(f"{notebook.path.name}: {self.words}: there is no claim '{title}'")


class Notebook:
    """A file of experiments/ with its sweeps, its claims and its swaps."""

    def __init__(self, path):
        self.path = path
        self.content = yaml.load(path.read_text(), Loader)
        self.sweeps = []
        self.claims = {}
        for cell in self.content.get("notebook", []):
            if "sweep" in cell and "plot" not in cell and "table" not in cell:
                self.sweeps.append(cell["sweep"])
            if "claim" in cell:
                self.claims[cell["claim"]] = self.spoken_of(cell)
        self.swaps = [Swap(self, item) for item in self.content.pop("x-swaps", None) or []]

    def spoken_of(self, claim):
        """The sweeps whose results a claim compares."""
        named = [
            name for name in self.sweeps if re.search(rf'\("?{re.escape(name)}"?,', claim["that"])]
        return set(named or self.sweeps[-1:]) | set(listed(claim.get("sweep")))

    def groups(self):
        """Swaps that change different sweeps share one run."""
        groups = []
        for swap in self.swaps:
            touched = self.touched(swap)
            for group in groups:
                if swap.file or any(one.file for one in group):
                    continue
                if all(touched.isdisjoint(self.touched(one)) for one in group):
                    group.append(swap)
                    break
            else:
                groups.append([swap])
        return groups

    def touched(self, swap):
        """The sweeps that are changed, and those that are needed to judge."""
        sweeps = set(swap.sweeps)
        for title in swap.breaks:
            sweeps |= self.claims[title]
        return sweeps

    def changed(self, group):
        """The file with a group's changes, and only the sweeps and claims that they concern."""
        content = dict(self.content)
        for swap in group:
            content = merged(content, swap.file)
        kept = set().union(*(self.touched(swap) for swap in group))
        cells = []
        for cell in content["notebook"]:
            if "claim" in cell and self.claims[cell["claim"]] <= kept:
                cells.append(cell)
            elif cell.get("sweep") in kept and not {"plot", "table", "claim"} & set(cell):
                for swap in group:
                    if cell["sweep"] in swap.sweeps:
                        cell = merged(cell, swap.change)
                cells.append(cell)
        content["notebook"] = cells
        return content


def listed(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def merged(old, new):
    """Mappings merge, all else replaces, `null` removes."""
    result = dict(old)
    for key, value in new.items():
        if value in (None, "null", "~"):
            result.pop(key, None)
        elif isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result


def verdicts(labbook, notebook, group, folder, options):
    path = folder / notebook.path.name
    content = notebook.changed(group)
    path.write_text(yaml.dump(content, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=10**6))
    done = subprocess.run(
        [labbook, "run", path, "--db", folder / "store.sqlite", "--plots", folder / "plots", *options],
        capture_output=True, text=True)
    found = dict(
        (match[2], match[1]) for match in map(VERDICT.match, done.stdout.splitlines()) if match)
    return done, found


def problems(group, done, found):
    """What is wrong with a group: claims that survive, and others that do not."""
    said = []
    if done.returncode not in (0, 1) or not found:
        return [f"labbook ended with {done.returncode}: {done.stderr.strip()[-2000:]}"]
    must = {title for swap in group for title in swap.breaks}
    may = {title for swap in group for title in swap.shakes}
    for title in sorted(must):
        if found.get(title) != "not held":
            said.append(f"survives ({found.get(title, 'not judged')}): {title}")
    for title, verdict in found.items():
        if verdict != "held" and title not in must | may:
            said.append(f"also {verdict}: {title}")
    if must and done.returncode != 1:
        said.append(f"the exit status is {done.returncode}, not 1")
    return said


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="notebooks, such as tricks; all by default")
    parser.add_argument("--list", action="store_true", help="say which swaps there are, train nothing")
    parser.add_argument("--labbook", default=str(ROOT / ".build/release/labbook"))
    parser.add_argument("--jobs", help="as for 'labbook run'")
    parser.add_argument("--output", action="store_true", help="print what labbook said of the claims")
    arguments = parser.parse_args()
    shipped = ROOT / "experiments"
    # A translated notebook makes the same claims of the same numbers: its swaps run where it is named.
    paths = sorted(shipped.glob("*.yaml"))
    if arguments.names or arguments.list:
        paths += sorted(shipped.glob("*/*.yaml"))
    named = {str(path.relative_to(shipped).with_suffix("")): path for path in paths}
    named = {name: path for name, path in named.items() if not name.startswith("programs/")}
    if arguments.names:
        wanted = {name.removesuffix(".yaml").removeprefix("experiments/") for name in arguments.names}
        if not wanted <= set(named):
            raise SystemExit("a notebook that experiments/ does not have is named")
        named = {name: path for name, path in named.items() if name in wanted}
    notebooks = [Notebook(path) for path in named.values()]

    failures = 0
    for notebook in notebooks:
        named = {title for swap in notebook.swaps for title in swap.breaks}
        for title in notebook.claims:
            if title not in named:
                failures += 1
                print(f"{notebook.path.stem}: no swap breaks the claim: {title}")
    swaps = sum(len(notebook.swaps) for notebook in notebooks)
    claims = sum(len(notebook.claims) for notebook in notebooks)
    if arguments.list:
        for notebook in notebooks:
            for swap in notebook.swaps:
                print(f"{notebook.path.stem}: {swap.words}")
                for title in swap.breaks:
                    print(f"    {title}")
        print(f"{swaps} swaps for {claims} claims")
        return 1 if failures else 0

    options = ["--jobs", arguments.jobs] if arguments.jobs else []
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        # Tables stand beside the notebooks, and paths are relative to those.
        (folder / "data").symlink_to(ROOT / "experiments" / "data")
        for notebook in notebooks:
            for group in notebook.groups():
                began = time.monotonic()
                done, found = verdicts(arguments.labbook, notebook, group, folder, options)
                said = problems(group, done, found)
                failures += len(said)
                words = "; ".join(swap.words for swap in group)
                mark = "survived" if said else "broken as they must be"
                print(f"{notebook.path.stem}: {words}: {mark}, {time.monotonic() - began:.1f} s", flush=True)
                for line in said:
                    print(f"    {line}", flush=True)
                if arguments.output and (said or arguments.names):
                    print(done.stdout)
    print(f"{swaps} swaps for {claims} claims, {failures} problems")
    return 1 if failures else 0


sys.exit(main())
