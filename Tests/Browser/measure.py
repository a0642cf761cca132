#!/usr/bin/env python3
"""Measures how long it takes from a save to the first new point in the store, and to the drawn figure on the page.

Usage: measure.py [--labbook PATH] [--times N]
"""

import argparse
import http.cookiejar
import json
import os
import statistics
import sys
import threading
import time
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

FILE = """\
experiment: spiral
data: {source: spiral, points_per_class: 60, split: {val: 0.25}}
model: {mlp: {hidden: [16]}}
train: {optimizer: adam, lr: RATE, batch_size: 16, epochs: 200}
notebook:
  - sweep: main
    over: {}
  - plot: curves
    metric: val/loss
"""


class Page(threading.Thread):
    """A reader of the page's events: when each drawing of the figure was there."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.server = server
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.opener.open(server.entrance).read()
        self.drawings = []
        self.start()

    def run(self):
        with self.opener.open(self.server.base + "/events?view=notebook") as events:
            for line in events:
                if not line.startswith(b"data: "):
                    continue
                for html in json.loads(line[6:]).get("pieces", {}).values():
                    if "<img src=" not in html:
                        continue
                    address = html.split('<img src="')[1].split('"')[0].replace("&amp;", "&")
                    if address in [known for known, _ in self.drawings]:
                        continue
                    self.opener.open(self.server.base + address).read()
                    self.drawings.append((address, time.monotonic()))


def main():
    options = argparse.ArgumentParser(description="Measures from a save to what it brings.")
    options.add_argument("--labbook")
    options.add_argument("--times", type=int, default=5)
    asked = options.parse_args()
    if asked.labbook:
        os.environ["LABBOOK"] = os.path.abspath(asked.labbook)
    from place import Place, Server, reaches

    place = Place()
    place.write("spiral.yaml", FILE.replace("RATE", "0.1"))
    server = Server(place, file="spiral.yaml")
    page = Page(server)
    reaches(lambda: page.drawings, "a first figure")
    points, figures = [], []
    count = "SELECT count(DISTINCT run) FROM metric_points"
    for number in range(asked.times):
        reaches(
            lambda: not place.ask("SELECT 1 FROM run_table WHERE status = 'running'"), "rest")
        time.sleep(2)
        before, drawn = place.count(count), len(page.drawings)
        began = time.monotonic()
        place.write_renaming("spiral.yaml", FILE.replace("RATE", f"0.0{number + 1}1"))
        while place.count(count) <= before:
            time.sleep(0.001)
        points.append(time.monotonic() - began)
        reaches(lambda: len(page.drawings) > drawn, "another figure")
        figures.append(page.drawings[drawn][1] - began)
    for name, seconds in (("first new point in the store", points), ("drawn figure on the page", figures)):
        print(
            f"{name}: median {statistics.median(seconds):.3f} s, from {min(seconds):.3f} to "
            f"{max(seconds):.3f} s in {len(seconds)} saves")
    server.close()
    place.close()


if __name__ == "__main__":
    main()
