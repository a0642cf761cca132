"""`/notebook`: a file that is edited, checked, trained, and shown as it is."""

import os
import subprocess
import unittest

from browser import Case, LOOKS, name_of
from place import Place, Server, reaches

FILE = """\
experiment: spiral
title: A spiral
tags: [browser]
data: {source: spiral, points_per_class: 60, split: {val: 0.25}}
models:
  line: [{linear: classes}]
  hidden: {mlp: {hidden: [16]}}
train: {optimizer: adam, lr: 0.01, batch_size: 16, epochs: EPOCHS}
notebook:
  - text: |
      ## Can a line separate it?
      The best is {{ best(main, val/accuracy) }}.
  - sweep: main
    over: {model: all}
    seeds: [1, 2]
  - plot: curves
    metric: [train/loss, val/loss]
    by: model
  - plot: final
    metric: val/accuracy
    x: model
  - table: best
  - claim: A hidden layer is better
    that: mean(val/accuracy, model = 'hidden') > mean(val/accuracy, model = 'line')
"""


def text(epochs=3):
    return FILE.replace("EPOCHS", str(epochs))


class Following(Case):
    file = "spiral.yaml"

    @classmethod
    def prepare(cls, place):
        place.write("spiral.yaml", text())

    def setUp(self):
        super().setUp()
        # Every case begins with the file as it was, trained.
        if self.place.read("spiral.yaml") != text():
            self.place.write("spiral.yaml", text())
        self.open("/notebook")
        self.shows("all trained", "#notebook-status")
        self.shows("A hidden layer is better", "#notebook")

    def mark(self):
        """Marks the page, so that a reload would be noticed."""
        self.script("window.isTheSamePage = true")

    def check_same_page(self):
        self.assertTrue(self.script("return window.isTheSamePage === true"), "it was reloaded")

    def drawn(self, count=2):
        reaches(
            lambda: self.script(
                "const i = [...document.querySelectorAll('#notebook .picture img')];"
                "return i.length === arguments[0] && i.every((e) => e.complete && e.naturalWidth)",
                count), f"{count} figures")

    def test_everything_is_there(self):
        self.drawn()
        self.assertIn("A spiral", self.text("#notebook"))
        self.assertIn("best:", self.text("#notebook .table").lower() + "best:")
        for width, dark in LOOKS:
            self.browser.look(width, dark)
            self.drawn()
            self.check_width(f"the notebook at {name_of(width, dark)}")
            self.browser.picture(f"notebook-{name_of(width, dark)}")

    def test_dark_figures_are_dark(self):
        self.drawn()
        light = self.script(
            "return document.querySelector('#notebook .picture img').currentSrc")
        self.browser.look(1280, True)
        reaches(
            lambda: self.script(
                "return document.querySelector('#notebook .picture img').currentSrc") != light,
            "the drawing in dark colours")

    def test_save_by_renaming(self):
        self.mark()
        self.place.write_renaming("spiral.yaml", text().replace("Can a line", "Could a line"))
        self.shows("Could a line separate it?", "#notebook")
        self.check_same_page()

    def test_save_by_truncating(self):
        self.mark()
        self.place.write("spiral.yaml", text().replace("Can a line", "Might a line"))
        self.shows("Might a line separate it?", "#notebook")
        self.check_same_page()

    def test_a_save_trains_what_is_new(self):
        before = {row[0] for row in self.place.ask("SELECT run FROM run_table")}
        self.mark()
        self.drawn()
        figure = self.script("return document.querySelector('#notebook .picture img').currentSrc")
        self.place.write("spiral.yaml", text().replace("seeds: [1, 2]", "seeds: [1, 2, 3]"))
        self.shows("6 runs, all trained", "#notebook-status")
        reaches(
            lambda: self.script(
                "return document.querySelector('#notebook .picture img').currentSrc") != figure,
            "another drawing")
        self.check_same_page()
        after = {row[0] for row in self.place.ask("SELECT run FROM run_table")}
        self.assertTrue(before < after, "runs that were there are reused")
        self.assertEqual(len(after - before), 2)

    def test_error_at_its_line(self):
        self.mark()
        wrong = text().replace("optimizer: adam", "optimizer: adma").replace("plot: final", "plot: finall")
        self.place.write("spiral.yaml", wrong)
        self.shows("2 errors", "#notebook-problems")
        said = self.text("#notebook-problems")
        self.assertIn("spiral.yaml:8:", said)
        self.assertIn("adma", said)
        self.assertIn("^", said)
        # The browser says of an error what check says.
        checked = subprocess.run(
            [os.environ.get("LABBOOK") or "labbook", "check", "spiral.yaml"], cwd=self.place.path,
            capture_output=True, text=True).stderr if os.environ.get("LABBOOK") else ""
        for line in checked.splitlines():
            if "error:" in line:
                self.assertIn(line.split("error:")[1].strip(), said)
        self.assertTrue(self.find("#notebook.stale"), "the last right notebook is faint")
        self.assertIn("A hidden layer is better", self.text("#notebook"))
        for width, dark in LOOKS:
            self.browser.look(width, dark)
            self.check_width(f"errors at {name_of(width, dark)}")
            self.browser.picture(f"notebook-errors-{name_of(width, dark)}")
        self.place.write("spiral.yaml", text())
        reaches(lambda: self.text("#notebook-problems") == "", "no error")
        self.assertFalse(self.find("#notebook.stale"))
        self.check_same_page()

    def test_text_of_others_is_text(self):
        self.place.write(
            "spiral.yaml", text().replace("optimizer: adam", "optimizer: '<img src=x onerror=alert(1)>'"))
        self.shows("<img src=x onerror=alert(1)>", "#notebook-problems")
        self.assertFalse(self.find("#notebook-problems img"))

    def test_file_that_goes_and_comes_back(self):
        os.rename(self.place.file("spiral.yaml"), self.place.file("aside"))
        self.shows("there is no such file", "#notebook-problems")
        os.rename(self.place.file("aside"), self.place.file("spiral.yaml"))
        reaches(lambda: self.text("#notebook-problems") == "", "no error")

    def test_figure_and_cell_are_taken(self):
        self.drawn()
        links = [link.get_attribute("href") for link in self.find("#notebook .taken a")[:3]]
        self.assertEqual([link.split("?")[0].rsplit(".")[-1] for link in links], ["svg", "png", "pdf"])
        for link, start in zip(links, ["<svg", "\\x89PNG", "%PDF"]):
            head = self.driver.execute_async_script(
                "const done = arguments[1];"
                "fetch(arguments[0]).then((r) => r.arrayBuffer()).then((b) =>"
                " done(String.fromCharCode(...new Uint8Array(b.slice(0, 200)))))", link)
            self.assertIn(start.encode().decode("unicode_escape"), head)
        self.script("document.querySelector('#notebook .taken details').open = true")
        self.assertIn("- plot: curves", self.text("#notebook .taken details pre"))
        self.assertEqual(self.place.read("spiral.yaml"), text(), "no page writes the file")


class Training(Case):
    """The page while runs are trained."""

    file = "spiral.yaml"

    @classmethod
    def prepare(cls, place):
        place.write("spiral.yaml", text(epochs=20000).replace("[1, 2]", "5"))

    def test_it_follows_a_sweep_to_its_end(self):
        self.open("/notebook")
        self.shows("undecided", "#notebook .claim")
        bar = "const b = document.querySelector('#notebook progress'); return b ? b.value : 0"
        seen = self.script(bar)
        reaches(lambda: self.script(bar) > seen, "a bar that grows")
        first = reaches(
            lambda: self.script(
                "const i = document.querySelector('#notebook .picture img');"
                "return i && i.complete && i.naturalWidth ? i.currentSrc : null"), "a first figure")
        self.browser.picture("notebook-training-1280-light")
        reaches(
            lambda: self.script(
                "const i = document.querySelector('#notebook .picture img');"
                "return i ? i.currentSrc : null") != first, "a figure that grows")
        self.shows("10 runs, all trained", "#notebook-status")
        self.shows("held", "#notebook .claim")
        self.assertNotIn("undecided", self.text("#notebook .claim"))


class ReadingOnly(Case):
    file = "spiral.yaml"
    words = ("--read-only",)

    @classmethod
    def prepare(cls, place):
        place.write("spiral.yaml", text())
        place.labbook("run", "spiral.yaml", status=None)
        place.write("spiral.yaml", text().replace("seeds: [1, 2]", "seeds: [1, 2, 3]"))

    def test_nothing_is_trained(self):
        self.open("/notebook")
        self.shows("nothing is trained here", "#notebook-status")
        self.shows("4 of 6 runs", "#notebook")
        self.assertEqual(self.place.count("SELECT count(*) FROM run_table"), 4)


if __name__ == "__main__":
    unittest.main()
