"""Writes parcels.csv, rents.csv and steps.csv, the tables of three notebooks. Every number is made up.

python3 make_tables.py
"""

import csv
import math
import random
from datetime import date, timedelta
from pathlib import Path

here = Path(__file__).parent


def write(name, columns, rows):
    with open(here / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def parcels(rng):
    """Which parcels come late: far zones, a slow carrier, the weeks before the holidays, and parcels
    that nobody weighed, because the counter was too busy."""
    zones = {"city": -1.2, "coast": -0.2, "hills": 0.6, "islands": 1.9}
    carriers = {"Heron": -0.8, "Magpie": 0.1, "Stork": 0.9}
    services = {"economy": 0.8, "standard": 0.0, "express": -1.1}
    rows = []
    for number in range(1, 901):
        zone, carrier = rng.choice(list(zones)), rng.choice(list(carriers))
        service = rng.choice(list(services))
        day = date(2023, 1, 2) + timedelta(days=rng.randrange(364))
        weight = round(math.exp(rng.gauss(0.4, 0.7)), 2)
        is_unweighed = rng.random() < 0.18
        fragile = rng.random() < 0.25
        season = 1.6 if day.month == 12 else 0.0
        score = (
            -2.9 + zones[zone] + carriers[carrier] + services[service] + season
            + 0.25 * (weight - 1.5) + 2.2 * is_unweighed + 0.4 * fragile)
        late = rng.random() < 1 / (1 + math.exp(-1.4 * score))
        rows.append([
            f"P{number:04}", zone if rng.random() > 0.03 else "", carrier, service, day.isoformat(),
            "" if is_unweighed else weight, str(fragile).lower(), "late" if late else "on time"])
    columns = ["parcel", "zone", "carrier", "service", "sent", "weight", "fragile", "arrival"]
    write("parcels.csv", columns, rows)


def rents(rng):
    """What flats cost a month, in euros: area, floor, year and district, and a lift that matters only
    high up."""
    districts = {"Harbour": 1.25, "Old Town": 1.45, "Mills": 0.95, "Orchards": 0.8}
    rows = []
    for _ in range(700):
        district = rng.choice(list(districts))
        area = round(min(160, max(18, rng.gauss(68, 26))), 1)
        floor = rng.randrange(0, 7)
        lift = rng.random() < 0.5
        year = rng.randrange(1890, 2021)
        per_metre = 11.5 * districts[district] * (1 + 0.9 * math.exp(-area / 45))
        height = 0.03 * floor if lift else -0.05 * max(0, floor - 2)
        age = 0.15 if year > 2005 else 0.06 if year < 1920 else -0.04
        rent = area * per_metre * (1 + height + age) * math.exp(rng.gauss(0, 0.05))
        rows.append([area, floor, str(lift).lower(), year, district, round(rent)])
    write("rents.csv", ["area_m2", "floor", "lift", "built", "district", "rent_eur"], rows)


def steps(rng):
    """Whether a walker has a stiff knee, from six numbers a step. Every walker has a gait of their own,
    far stronger than what the knee changes, and ten steps each: rows of one walker are nearly copies."""
    rows = []
    for walker in range(1, 37):
        is_stiff = walker % 2 == 0
        gait = [rng.gauss(0, 1.0) for _ in range(6)]
        for _ in range(10):
            numbers = [g + rng.gauss(0, 0.2) for g in gait]
            if is_stiff:
                numbers[0] += 0.9
                numbers[1] -= 0.9
            rows.append(
                [f"walker {walker:02}"] + [f"{x:.3f}" for x in numbers]
                + ["stiff" if is_stiff else "free"])
    columns = ["walker", "swing", "stance", "cadence", "sway", "lift", "turn", "knee"]
    write("steps.csv", columns, rows)


parcels(random.Random(41))
rents(random.Random(42))
steps(random.Random(43))
