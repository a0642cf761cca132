"""Fills an empty store with many runs: python3 large_store.py STORE [RUNS] [STEPS].

The store must have its tables and no runs, as `labbook serve` leaves a new one. By default there are
100,000 runs with 25 points of each of 4 metrics: 10 million points.
"""

import pathlib
import sqlite3
import sys

store = sys.argv[1]
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
steps = int(sys.argv[3]) if len(sys.argv) > 3 else 25
sql = pathlib.Path(__file__).parent.parent / "TestSupport" / "large-store.sql"
connection = sqlite3.connect(store, isolation_level=None)
connection.execute("PRAGMA synchronous = OFF")
connection.executescript(
    "BEGIN;" + sql.read_text().replace("$RUNS", str(runs)).replace("$STEPS", str(steps)) + "COMMIT;"
)
print(runs, "runs,", runs * steps * 4, "points")
