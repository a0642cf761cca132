"""Reads a table by pandas' C engine: tables.py FILE.

Prints the seconds and the most memory that the process held, less what it held before, as JSON.
"""
import json
import resource
import sys
import time

import pandas


def held():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


before = held()
start = time.perf_counter()
rows = pandas.read_csv(sys.argv[1], engine="c")
seconds = time.perf_counter() - start
print(json.dumps({"rows": len(rows), "seconds": seconds, "bytes": held() - before}))
