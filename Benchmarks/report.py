"""Numbers as the tables of RESULTS.md write them."""
import os
import platform
import statistics


def short(value):
    """Three significant digits, without an exponent."""
    return f"{float(f'{value:.3g}'):,.0f}" if value >= 100 else f"{value:.3g}"


def spread(values):
    """The median, and where there are several values the least and the greatest."""
    if not values:
        return "-"
    middle = short(statistics.median(values))
    return (f"{middle} ({short(min(values))} to {short(max(values))})" if len(values) > 1
            else middle)


def ratio(theirs, ours):
    return f"{statistics.median(theirs) / statistics.median(ours):.1f}" if theirs and ours else "-"


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                  if line.startswith("model name")), platform.processor())
    return f"{model}, {os.cpu_count()} cores, {platform.platform()}"
