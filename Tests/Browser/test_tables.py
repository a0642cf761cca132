"""`/`, `/runs` and `/runs/ID`: tables, their keys, and addresses that can be sent."""

import json
import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import LOOKS, Case, name_of
from place import reaches
from sweeps import SPIRAL

# A name that would run a script if it were not text.
HOSTILE = """\
experiment: hostile
lint: {allow: [no-validation]}
data: {source: spiral, points_per_class: 20, split: {val: 0.25}}
models:
  "<img src=x onerror=title='broken'>": {mlp: {hidden: [4]}}
train: {epochs: 1}
"""

LONG = """\
experiment: long
lint: {allow: [no-validation]}
data: {source: spiral, points_per_class: 200, split: {val: 0.25}}
model: {mlp: {hidden: [16]}}
train: {batch_size: 8, epochs: 100000}
seeds: 2
"""


class Tables(Case):
    @classmethod
    def prepare(cls, place):
        place.write("spiral.yaml", SPIRAL)
        place.write("hostile.yaml", HOSTILE)
        for name in ("spiral.yaml", "hostile.yaml"):
            place.labbook("run", name, status=None)

    def rows(self):
        return self.find("tbody.rows tr[data-row]")

    def names(self):
        return self.script(
            "return [...document.querySelectorAll('tbody.rows tr[data-row]')].map((r) => r.dataset.row)")

    def test_addresses_of_mlflow(self):
        """MLflow's client prints addresses of its own pages; they lead to ours."""
        run, number = self.place.ask(
            "SELECT run_table.run, experiments.id FROM run_table JOIN experiments ON name = experiment"
            " WHERE experiment = 'spiral' LIMIT 1")[0]
        for address, words in [(f"/runs/{run}", run[:8]), ("", "Runs of spiral")]:
            self.open("/runs")
            self.open(f"/#/experiments/{number}{address}")
            self.shows(words, "h1")

    def test_looks(self):
        run = self.place.ask("SELECT run FROM run_table WHERE experiment = 'spiral' LIMIT 1")[0][0]
        for path, name in (
                ("/", "experiments"), ("/runs", "runs"), ("/runs?by=config", "configurations"),
                (f"/runs/{run}", "run")):
            self.looks(path, name)

    def test_the_list_of_columns_has_room(self):
        for width, dark in LOOKS:
            self.browser.look(width, dark)
            self.open("/runs?experiment=spiral")
            self.find(".chooser summary")[0].click()
            self.check_width(f"the columns at {name_of(width, dark)}")
            self.browser.picture(f"columns-{name_of(width, dark)}")
        self.browser.look(1280, False)
        self.open("/runs?experiment=spiral")
        self.find(".chooser summary")[0].click()
        for box in self.find(".chooser input:checked"):
            if box.get_attribute("value") != "lr":
                box.click()
        self.find(".chooser button")[0].click()
        reaches(
            lambda: [head.text for head in self.find(".scroller thead th")] == ["run", "lr"],
            "the column that is left")

    def test_experiments_lead_to_runs(self):
        self.open("/")
        self.shows("spiral")
        self.assertIn("hostile", self.text())

    def test_table_has_every_run(self):
        self.open("/runs?experiment=spiral")
        reaches(lambda: len(self.rows()) == 18, "18 rows")
        self.assertIn("18 runs", self.text("h1"))

    def test_filter_by_keys_and_permalink(self):
        self.open("/runs?experiment=spiral")
        reaches(lambda: self.rows(), "rows")
        self.driver.find_element(By.TAG_NAME, "body").send_keys("/")
        field = self.driver.switch_to.active_element
        self.assertIsNotNone(field.get_attribute("data-filter"), "/ leads to the filter")
        field.send_keys("lr = 0.01")
        field.send_keys(Keys.ENTER)
        reaches(lambda: len(self.rows()) == 6, "6 rows")
        address, names = self.driver.current_url, self.names()
        self.assertIn("where=", address)
        self.driver.get("about:blank")
        self.driver.get(address)
        reaches(lambda: self.names() == names, "the same rows at the same address")

    def test_wrong_filter_is_told(self):
        self.expected_errors = [r"status of 4\d\d"]
        self.open("/runs?where=lr+%3D%3D%3D+%3Cb%3E")
        self.assertFalse(self.find("b"))
        self.assertTrue(self.find("[role=alert]"), "an error is said")

    def test_sort_and_back(self):
        self.open("/runs?experiment=spiral")
        reaches(lambda: self.rows(), "rows")
        before = self.names()
        link = self.driver.find_element(By.CSS_SELECTOR, "thead th:last-child a")
        self.driver.get(link.get_attribute("href"))
        reaches(lambda: self.find("thead [aria-sort]"), "a sorted column")
        self.assertEqual(sorted(self.names()), sorted(before))
        self.driver.back()
        reaches(lambda: self.names() == before, "the order before")

    def test_keys_go_through_rows(self):
        self.open("/runs?experiment=spiral")
        reaches(lambda: self.rows(), "rows")
        body = self.driver.find_element(By.TAG_NAME, "body")
        body.send_keys("jj")
        names = self.names()
        at = "const r = document.querySelector('[data-row].at'); return r ? r.dataset.row : null"
        reaches(lambda: self.script(at) == names[1], "the second row")
        body.send_keys("k")
        reaches(lambda: self.script(at) == names[0], "the first row")
        body.send_keys("?")
        reaches(lambda: self.find("dialog[open]"), "the keys")
        self.browser.picture("keys-1280-light")

    def test_a_pinned_row_stands_above_and_the_place_is_kept(self):
        self.open("/runs?experiment=spiral")
        reaches(lambda: self.rows(), "rows")
        body = self.driver.find_element(By.TAG_NAME, "body")
        names = self.names()
        self.script("window.isTheSamePage = true")
        body.send_keys("jjjp")
        pinned = "return [...document.querySelectorAll('tbody.pinned tr')].map((r) => r.dataset.row)"
        reaches(lambda: self.script(pinned) == [names[2]], "the third row above")
        self.assertTrue(self.script("return window.isTheSamePage === true"), "it was reloaded")
        body.send_keys("j")
        at = "const r = document.querySelector('tbody.rows .at'); return r ? r.dataset.row : null"
        reaches(lambda: self.script(at) == names[3], "the row after it")
        address = self.driver.current_url
        self.assertIn(f"pin={names[2]}", address)
        self.driver.get(address)
        reaches(lambda: self.script(pinned) == [names[2]], "the same at the same address")
        body = self.driver.find_element(By.TAG_NAME, "body")
        body.send_keys("jjjp")
        reaches(lambda: self.script(pinned) == [], "nothing above")

    def test_files_have_the_columns_that_are_shown(self):
        page = self.server.get("/runs.csv?experiment=spiral&value=min")[2].decode()
        self.assertIn("val/loss:min", page.splitlines()[0])
        rows = json.loads(self.server.get("/runs.json?columns=lr,val/accuracy:best")[2])
        self.assertEqual(list(rows[0]), ["run", "train.lr", "val/accuracy:best"])

    def test_csv_and_json_are_beside_it(self):
        for path, start in (("/runs.csv?experiment=spiral", "run"), ("/runs.json?experiment=spiral", "[")):
            text = self.server.get(path)[2].decode()
            self.assertIn(start, text[:2000])
        rows = self.server.get("/runs.csv?experiment=spiral")[2].decode().strip().splitlines()
        self.assertEqual(len(rows), 19)
        json.loads(self.server.get("/runs.json?experiment=spiral")[2])

    def test_names_are_text(self):
        self.open("/runs?experiment=hostile")
        self.assertNotEqual(self.driver.title, "broken")
        run = self.place.ask("SELECT run FROM run_table WHERE experiment = 'hostile'")[0][0]
        self.open(f"/runs/{run}")
        self.assertNotEqual(self.driver.title, "broken")
        self.assertIn("<img src=x", self.text())


class Stopping(Case):
    """A run at work is stopped from its page."""

    @classmethod
    def prepare(cls, place):
        place.write("long.yaml", LONG)

    def test_stop_a_run(self):
        trainer = self.place.start("run", "long.yaml")
        try:
            running = "SELECT run FROM run_table WHERE status = 'running'"
            run = reaches(lambda: self.place.ask(running), "a run at work")[0][0]
            self.open(f"/runs/{run}")
            button = self.appears("form[action$='/stop'] button")
            button.click()
            reaches(
                lambda: self.place.ask("SELECT status FROM run_table WHERE run = ?", run)[0][0]
                == "stopped", "the run is stopped")
            self.open(f"/runs/{run}")
            self.shows("stopped")
        finally:
            trainer.terminate()
            trainer.wait()


if __name__ == "__main__":
    unittest.main()
