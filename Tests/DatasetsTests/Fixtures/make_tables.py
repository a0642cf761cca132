"""What pandas and scikit-learn make of tables as people have them: python make_tables.py, beside this file.

Needs pandas and scikit-learn beside NumPy; writes tables.json and the tables themselves as text.
"""

import base64
import gzip
import io
import json
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import (
    MinMaxScaler, OneHotEncoder, OrdinalEncoder, StandardScaler)

HERE = Path(__file__).parent

MISSING = ["", "NA", "N/A", "?", "nan", "null", "NaN", "na", "NULL"]


def people(rows, seed):
    """A table with numbers, words, truths, an order, dates and holes."""
    rng = np.random.default_rng(seed)
    ages = rng.uniform(1, 80, rows).round(1).astype(object)
    ages[rng.random(rows) < 0.2] = ""
    fares = rng.exponential(30, rows).round(4).astype(object)
    fares[rng.random(rows) < 0.1] = "NA"
    towns = rng.choice(["Ankara", "Izmir", "Muğla", "Van", ""], rows, p=[0.4, 0.3, 0.2, 0.05, 0.05])
    sizes = rng.choice(["small", "medium", "large"], rows)
    alive = rng.choice(["True", "False"], rows)
    days = pd.Timestamp("2019-12-20") + pd.to_timedelta(rng.integers(0, 800, rows), unit="D")
    label = rng.choice(["yes", "no"], rows)
    return pd.DataFrame({
        "id": [f"p{i}" for i in range(rows)], "age": ages, "fare": fares, "town": towns,
        "size": sizes, "alive": alive, "day": days.strftime("%Y-%m-%d"), "label": label})


def prepared(table, train, normalize):
    """ColumnTransformer over the training rows, its columns in the order of the table."""
    data = pd.DataFrame({
        "age": pd.to_numeric(table["age"], errors="coerce"),
        "fare": pd.to_numeric(table["fare"], errors="coerce"),
        "town": table["town"].replace("", np.nan),
        "size": table["size"],
        "alive": (table["alive"] == "True").astype(float),
    })
    day = pd.to_datetime(table["day"])
    dates = pd.DataFrame({
        "year": day.dt.year, "month": day.dt.month, "day": day.dt.day, "weekday": day.dt.day_of_week,
    }).astype(float)
    scaler = StandardScaler if normalize == "standard" else MinMaxScaler
    towns = sorted(data["town"][train].dropna().unique())
    order = OrdinalEncoder(categories=[["small", "medium", "large"]])

    def fit(frame, *steps):
        pipe = Pipeline([(str(place), step) for place, step in enumerate(steps)])
        return pipe.fit(frame[train]).transform(frame)

    age = data[["age"]]
    parts = [
        fit(age, SimpleImputer(strategy="median"), scaler()),
        np.isnan(age.to_numpy()).astype(float),
        fit(data[["fare"]], SimpleImputer(strategy="mean"), scaler()),
        np.isnan(data[["fare"]].to_numpy()).astype(float),
        OneHotEncoder(categories=[towns], handle_unknown="ignore", sparse_output=False)
        .fit(data[["town"]][train]).transform(data[["town"]]),
        data[["town"]].isna().to_numpy().astype(float),
        fit(data[["size"]], order, scaler()),
        fit(data[["alive"]], scaler()),
        fit(dates, scaler()),
    ]
    return np.hstack(parts)


def preparation():
    table = people(120, 7)
    train = np.arange(120) < 90
    text = table.to_csv(index=False, lineterminator="\n")
    return {
        "text": text, "train_rows": 90,
        "standard": prepared(table, train, "standard").tolist(),
        "minmax": prepared(table, train, "minmax").tolist(),
    }


def numbers(text, **options):
    frame = pd.read_csv(io.StringIO(text), na_values=MISSING, **options)
    return [[None if pd.isna(cell) else cell for cell in row] for row in frame.to_numpy().tolist()]


def forms():
    """Texts with what pandas reads from them when it is told how they are written."""
    rng = np.random.default_rng(11)
    frame = pd.DataFrame(rng.normal(size=(30, 3)).round(3) * [1, 100, 10000], columns=["a", "b", "y"])
    plain = frame.to_csv(index=False, lineterminator="\n")
    german = frame.to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n")
    grouped = "\n".join(["a;b;y"] + [
        ";".join(f"{v:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".") for v in row)
        for row in frame.to_numpy()]) + "\n"
    american = "\n".join(["a,b,y"] + [
        ",".join(f'"{v:,.2f}"' for v in row) for row in frame.to_numpy()]) + "\n"
    blanks = "\n".join(["a b  y"] + ["  ".join(str(v) for v in row) for row in frame.to_numpy()])
    cases = {
        "plain": (plain, {}),
        "tabs": (frame.to_csv(index=False, sep="\t", lineterminator="\n"), {"sep": "\t"}),
        "pipes": (frame.to_csv(index=False, sep="|", lineterminator="\n"), {"sep": "|"}),
        "german": (german, {"sep": ";", "decimal": ","}),
        "grouped": (grouped, {"sep": ";", "decimal": ",", "thousands": "."}),
        "american": (american, {"thousands": ","}),
        "blanks": (blanks, {"sep": r"\s+"}),
        "sep line": ("sep=;\n" + german, {"sep": ";", "decimal": ",", "skiprows": 1}),
        "comments": ("# made by hand\n# twice\n" + plain, {"comment": "#"}),
    }
    result = {}
    for name, (text, options) in cases.items():
        result[name] = {"text": text, "rows": numbers(text, **options)}
    packed = gzip.compress(plain.encode(), mtime=0)
    result["gzip"] = {"base64": base64.b64encode(packed).decode(), "rows": numbers(plain)}
    for compression in ("zip",):
        target = io.BytesIO()
        frame.to_csv(target, index=False, compression={"method": compression, "archive_name": "t.csv"})
        result[compression] = {
            "base64": base64.b64encode(target.getvalue()).decode(), "rows": numbers(plain)}
    return result


(HERE / "tables.json").write_text(
    json.dumps({"preparation": preparation(), "forms": forms()}, ensure_ascii=False) + "\n")
