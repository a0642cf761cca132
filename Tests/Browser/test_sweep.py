"""`/sweeps/...` and `/runs/ID` while runs are trained: curves that grow, and runs that are stopped."""

import unittest

from browser import Case
from place import reaches

LONG = """\
experiment: long
lint: {allow: [no-validation]}
data: {source: spiral, points_per_class: 4000, split: {val: 0.25}}
models:
  narrow: {mlp: {hidden: [8]}}
  wide: {mlp: {hidden: [32]}}
train: {batch_size: 8, epochs: 200000}
over: {model: all, lr: [0.01, 0.1]}
seeds: 2
"""

STATUS = "SELECT count(*) FROM run_table WHERE status = ?"


class AtWork(Case):
    @classmethod
    def prepare(cls, place):
        place.write("long.yaml", LONG)
        cls.trainer = place.start("run", "long.yaml", "--jobs", "2")
        cls.addClassCleanup(cls.end)

    @classmethod
    def end(cls):
        if cls.trainer.poll() is None:
            cls.trainer.terminate()
        cls.trainer.wait()

    def setUp(self):
        super().setUp()
        reaches(lambda: self.place.count(STATUS, "running") == 2, "two runs at work")

    def last(self):
        """The greatest number along the first chart's axis."""
        texts = self.script(
            "const plot = document.querySelector('.plot');"
            "return plot ? [...plot.querySelectorAll('.dygraph-axis-label-x')].map((l) => l.textContent) : []")
        return max([float(text) for text in texts if text], default=0)

    def test_a_curve_grows_while_its_run_is_trained(self):
        run = self.place.ask("SELECT run FROM run_table WHERE status = 'running'")[0][0]
        self.open(f"/runs/{run}")
        self.script("window.isTheSamePage = true")
        first = reaches(self.last, "a drawn curve")
        reaches(lambda: self.last() > first, "a longer curve")
        self.assertTrue(self.script("return window.isTheSamePage === true"), "it was reloaded")
        self.browser.picture("run-at-work-1280-light")

    def test_the_sweep_as_it_stands(self):
        self.looks("/sweeps/long/main", "sweep-at-work", ("[data-grid]", ".panel"))
        self.browser.look(1280, False)
        self.open("/sweeps/long/main")
        self.shows("2 running")
        self.shows("6 planned")
        canvas = self.appears("[data-grid] canvas")
        reaches(lambda: self.painted("[data-grid]"), "the squares of the runs")
        canvas.send_keys("\ue014")  # The right arrow.
        self.shows("running", "[data-at]")
        self.assertIn("labbook stop --sweep main --experiment long", self.text())
        first = reaches(self.last, "drawn curves")
        reaches(lambda: self.last() > first, "longer curves")

    def test_zz_runs_are_stopped_from_their_pages(self):
        """It is the last of these: nothing is at work when it has ended."""
        run = self.place.ask("SELECT run FROM run_table WHERE status = 'running'")[0][0]
        self.open(f"/runs/{run}")
        self.appears("form[action$='/stop'] button").click()
        reaches(
            lambda: self.place.count(
                "SELECT count(*) FROM run_table WHERE run = ? AND status = 'stopped'", run),
            "the run is stopped")
        self.open("/sweeps/long/main")
        [summary] = [s for s in self.find("summary") if s.text == "Stop this sweep"]
        summary.click()
        self.appears("form[action$='/stop'] button").click()
        self.shows("were asked to stop")
        reaches(lambda: self.place.count(STATUS, "stopped") == 8, "all runs are stopped")
        self.trainer.wait(timeout=60)
        self.shows("8 stopped")
        reaches(lambda: not self.find("form[action$='/stop']"), "nothing left to stop")
        self.browser.picture("sweep-stopped-1280-light")


class Reading(Case):
    """Who only reads finds nothing to stop."""

    words = ("--read-only",)

    @classmethod
    def prepare(cls, place):
        place.write("long.yaml", LONG)
        trainer = place.start("run", "long.yaml", "--jobs", "2")
        reaches(lambda: place.count(STATUS, "running") == 2, "two runs at work")
        trainer.terminate()
        trainer.wait()

    def test_no_button(self):
        self.open("/sweeps/long/main")
        self.shows("interrupted")
        self.assertFalse(self.find("form[action$='/stop']"))


if __name__ == "__main__":
    unittest.main()
