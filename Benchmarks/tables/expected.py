"""What pandas and scikit-learn make of a table, by the `data` of an experiment file.

Reading: pandas. Preparing: SimpleImputer, MissingIndicator, OneHotEncoder and StandardScaler, fitted to the
training rows alone.
"""

import csv
import gzip
import re

import numpy as np
import pandas
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

MISSING = ["", "NA", "N/A", "?", "nan", "null"]
SEPARATORS = {"tab": "\t", "blanks": r"\s+"}


def read(path, settings):
    """The table as texts, by column, and the form that was taken for it."""
    with open(path, "rb") as file:
        isPacked = file.read(2) == b"\x1f\x8b"
    opened = gzip.open if isPacked else open
    with opened(path, "rb") as file:
        head = file.read(65536)
    encoding = {"windows-1252": "cp1252"}.get(settings.get("encoding"), settings.get("encoding"))
    if encoding is None:
        try:
            with opened(path, "rb") as file:
                file.read().decode("utf-8")
            encoding = "utf-8-sig"
        except UnicodeDecodeError:
            encoding = "latin-1"
    separator = settings.get("separator")
    text = head.decode(encoding, "ignore")
    skip = settings.get("skip", 0)
    if text.startswith("sep="):
        separator, skip = text[4], skip + 1
    if separator is None:
        lines = text.split("\n")[skip:-1][:200] or text.split("\n")
        counts = {mark: np.median([line.count(mark) for line in lines]) for mark in ",;\t|"}
        separator = max(counts, key=counts.get)
        if counts[separator] == 0:
            separator = "blanks"
    separator = SEPARATORS.get(separator, separator)
    header = settings.get("header", True)
    frame = pandas.read_csv(
        path, sep=separator, dtype=str, keep_default_na=False, encoding=encoding,
        header=0 if header else None, skiprows=skip, comment=settings.get("comment"),
        engine="python" if len(separator) > 1 else "c", index_col=False,
        skipinitialspace=True)
    names = [str(name) for name in frame.columns]
    if not header:
        names = settings.get("names") or [f"c{place + 1}" for place in range(len(names))]
    else:
        names = [f"c{place + 1}" if re.fullmatch(r"Unnamed: \d+", name) else name.strip()
                 for place, name in enumerate(names)]
    frame.columns = names
    return frame.map(lambda cell: cell if isinstance(cell, str) else "")


def numbers(texts, settings, missing):
    """A column's numbers, not-a-number where a cell is missing; None where it has words."""
    decimal, thousands = settings.get("decimal"), settings.get("thousands")
    values = []
    for text in map(str.strip, texts):
        if text.lower() in missing:
            values.append(np.nan)
            continue
        if thousands:
            text = text.replace(thousands, "")
        if decimal == ",":
            text = text.replace(",", ".")
        try:
            values.append(float(text))
        except ValueError:
            return None
    return np.array(values)


def form(frame, settings):
    """Marks that the file's bytes show and no key says: a decimal comma, or thousands."""
    found = dict(settings)
    cells = [cell for name in frame.columns for cell in frame[name] if cell]
    if "decimal" not in found and any(re.fullmatch(r"-?\d+,\d+", cell) for cell in cells):
        if "thousands" not in found:
            found["decimal"] = ","
    if found.get("decimal") == "," and any(
            re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", cell) for cell in cells):
        found["thousands"] = "."
    return found


class Prepared:
    """Rows with a target, and what becomes of the columns."""

    def __init__(self, path, settings):
        self.frame = read(path, settings)
        self.settings = settings = form(self.frame, settings)
        self.missing = {word.lower() for word in settings.get("missing", MISSING)}
        target = settings["target"]
        texts = self.frame[target]
        values = numbers(texts, settings, self.missing)
        self.isRegression = values is not None and settings.get("task") != "classification"
        words = {word.lower() for word in settings.get("missing", [""])}
        gone = texts.map(lambda text: text.lower() in (words if values is None else self.missing))
        self.kept = np.flatnonzero(~gone.to_numpy())
        self.target = values if self.isRegression else texts.to_numpy()
        if not self.isRegression and values is not None:
            self.target = values
        left = set(settings.get("drop", [])) | {target, settings.get("id")}
        self.columns = settings.get("features") or [n for n in self.frame if n not in left]

    def transform(self, train):
        """Names and values of what is made of all rows, learned from the rows `train`."""
        parts = [self.column(name, train) for name in self.columns]
        return np.concatenate(parts, axis=1)

    def column(self, name, train):
        texts = self.frame[name]
        settings = self.settings
        if name in settings.get("dates", {}):
            return self.dates(texts, settings["dates"][name], train)
        categories = settings.get("categories", {})
        listed = categories.get(name) if isinstance(categories, dict) else None
        values = None if listed else numbers(texts, settings, self.missing)
        if values is None:
            low = {text.lower() for text in texts} - self.missing
            if not listed and low <= {"true", "false"}:
                values = np.array([np.nan if t.lower() in self.missing else t.lower() == "true"
                                   for t in texts], dtype=float)
            else:
                return self.words(texts, listed, train)
        return self.scaled(self.filled(name, values[:, None], train), train)

    def filled(self, name, values, train):
        fill = self.settings.get("fill")
        rule = fill.get(name) if isinstance(fill, dict) else fill
        if rule is None or not np.isnan(values).any():
            return values
        if rule in ("mean", "median", "most-frequent"):
            imputer = SimpleImputer(strategy=rule.replace("-", "_"), keep_empty_features=True)
        else:
            imputer = SimpleImputer(strategy="constant", fill_value=float(rule))
        return imputer.fit(values[train]).transform(values)

    def scaled(self, values, train):
        return StandardScaler().fit(values[train]).transform(values)

    def words(self, texts, listed, train):
        train_texts = texts.iloc[train]
        if isinstance(listed, list):
            known = [str(word) for word in listed]
        else:
            counts = train_texts[~train_texts.str.lower().isin(self.missing)].value_counts()
            known = [w for w, n in counts.items() if n >= self.settings.get("min_count", 1)]
            values = numbers(pandas.Series(known), self.settings, set())
            known = sorted(known) if values is None else [
                w for _, w in sorted(zip(values, known))]
        if not known:
            return np.empty((len(texts), 0))
        encoder = OneHotEncoder(categories=[known], handle_unknown="ignore", sparse_output=False)
        cells = texts.to_numpy(dtype=object)[:, None]
        return encoder.fit(np.array(known, dtype=object)[:, None]).transform(cells)

    def dates(self, texts, parts, train):
        texts = texts.where(~texts.str.lower().isin(self.missing), None)
        # Where a day above 12 stands first in one row, it does in all.
        first = texts.dropna().str.extract(r"^(\d\d?)[-/. ]\d\d?[-/. ]\d{4}")[0].astype(float).max()
        kinds = [{}, {"dayfirst": True}, {"format": "%Y%m%d"}]
        for kind in ([kinds[1]] if first > 12 else kinds):
            days = pandas.to_datetime(texts, errors="coerce", format=kind.pop("format", "mixed"),
                                      **kind)
            if days.notna().sum() == texts.notna().sum():
                break
        columns = [getattr(days.dt, part).to_numpy(dtype=float)[:, None] for part in parts]
        return np.concatenate([self.scaled(column, train) for column in columns], axis=1)
