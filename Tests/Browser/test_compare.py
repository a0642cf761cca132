"""`/compare`: curves over each other, bands, small charts, configurations, differences, and what is taken away."""

import subprocess
import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from browser import Case
from place import LABBOOK, reaches
from sweeps import SPIRAL


class Compared(Case):
    @classmethod
    def prepare(cls, place):
        place.write("spiral.yaml", SPIRAL)
        place.labbook("run", "spiral.yaml", status=None)

    def compare(self, rest):
        self.open("/compare?sweep=spiral/main" + rest)
        reaches(lambda: self.painted(".panel"), "a drawn chart")

    def titles(self):
        return [title.text.replace("\u00a0", " ") for title in self.find(".panel h3")]

    def legend(self):
        return [button.text for button in self.find(".legend button")]

    def axis(self):
        """What the first chart's horizontal axis says, from its least to its greatest number."""
        texts = self.script(
            "return [...document.querySelector('.plot').querySelectorAll('.dygraph-axis-label-x')]"
            ".map((label) => label.textContent)")
        numbers = sorted(float(text) for text in texts if text)
        return numbers[0], numbers[-1]

    def test_looks(self):
        self.looks("/compare", "compare-none")
        charts = (".panel", "[data-parallel]", "[data-heat]")
        self.looks("/compare?sweep=spiral/main&by=lr", "compare", charts)
        self.looks(
            "/compare?sweep=spiral/main&by=lr&rows=model&metric=val/loss", "compare-small", charts)
        self.looks("/sweeps/spiral/main", "sweep", ("[data-grid]", *charts))

    def test_a_line_a_value_with_bands(self):
        self.compare("&by=model")
        self.assertEqual(self.legend(), ["line (9)", "hidden (9)"])
        self.assertIn("val/loss", self.titles())
        self.assertIn("band one sample deviation", self.text(".chart-notes"))
        with_bands = self.painted(".panel")
        Select(self.find("[data-chart] .chart-tools select")[-1]).select_by_value("none")
        reaches(lambda: "band=none" in self.driver.current_url, "the band in the address")
        reaches(
            lambda: "band one sample deviation" not in self.text(".chart-notes"), "no band")
        self.assertNotEqual(self.painted(".panel"), with_bands)

    def test_a_line_is_hidden_and_shown(self):
        self.compare("&by=model&band=none")
        both = self.painted(".panel")
        button = self.find(".legend button")[0]
        button.click()
        self.assertEqual(button.get_attribute("aria-pressed"), "false")
        reaches(lambda: self.painted(".panel") < both, "a line less")
        button.click()
        self.assertEqual(button.get_attribute("aria-pressed"), "true")

    def test_small_charts_by_two_keys(self):
        self.compare("&by=lr&rows=model&columns=lr&metric=val/loss")
        self.assertEqual(len(self.titles()), 6)
        self.assertEqual(
            self.titles()[0], "val/loss · model = line · lr = 0.001")
        # A row of the page is a model: three charts beside each other.
        tops = self.script(
            "return [...document.querySelectorAll('.panel')].map((p) => p.getBoundingClientRect().top)")
        self.assertEqual(len(set(tops)), 2)

    def test_differences_have_intervals(self):
        self.compare("&by=model&against=line&metric=val/accuracy")
        said = self.text("main")
        self.assertIn("Differences by model", said)
        self.assertIn("what the others are compared with", said)
        self.assertRegex(said, r"hidden.*\[-?\d\S*, -?\d\S*\]")
        rows = self.server.get(
            "/compare.csv?sweep=spiral/main&by=model&against=line&metric=val/accuracy")[2].decode()
        self.assertEqual(len(rows.strip().splitlines()), 3)

    def test_parallel_coordinates(self):
        self.compare("&by=lr")
        place = "[data-parallel]"
        reaches(lambda: self.painted(place), "lines of configurations")
        canvas = self.appears(place + " canvas")
        self.assertIn("6 configurations over", canvas.get_attribute("aria-label"))
        # Dragging along the first axis keeps what is within.
        self.script("arguments[0].scrollIntoView({block: 'center'})", canvas)
        width, height = canvas.size["width"], canvas.size["height"]
        drag = ActionChains(self.driver).move_to_element_with_offset(
            canvas, 40 - width // 2, 30 - height // 2)
        drag.click_and_hold().move_by_offset(0, 60).move_by_offset(0, 60).release().perform()
        self.shows("of 6 configurations are within the ranges", place)
        reaches(lambda: self.painted("[data-heat]"), "cells of the heat map")

    def test_zoom_and_back(self):
        self.compare("&by=model&metric=val/loss")
        whole = self.axis()
        plot = self.find(".plot")[0]
        self.script("arguments[0].scrollIntoView({block: 'center'})", plot)
        ActionChains(self.driver).move_to_element_with_offset(plot, -60, 0).click_and_hold() \
            .move_by_offset(60, 0).move_by_offset(60, 0).release().perform()
        reaches(lambda: self.axis()[1] < whole[1] and self.axis()[0] > whole[0], "a part of the axis")
        [reset] = [b for b in self.find("[data-chart] .chart-tools button") if b.text == "whole axis"]
        reset.click()
        reaches(lambda: self.axis() == whole, "the whole axis")
        # The same by keys.
        plot.send_keys("++")
        reaches(lambda: self.axis()[1] < whole[1], "a part of the axis")
        plot.send_keys("0")
        reaches(lambda: self.axis() == whole, "the whole axis")

    def test_an_address_is_the_view(self):
        self.compare("&by=model&metric=val/loss")
        axis, log, band = (Select(e) for e in self.find("[data-chart] .chart-tools select"))
        axis.select_by_value("epoch")
        log.select_by_value("y")
        band.select_by_value("range")
        self.script(
            "const s = document.querySelector('.chart-tools input[type=range]'); s.value = 0.5;"
            "s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change'));")
        address = self.driver.current_url
        for part in ("axis=epoch", "log=y", "band=range", "smooth=0.5"):
            self.assertIn(part, address)
        reaches(lambda: self.text(".plot-x") == "epoch", "the axis of epochs")
        notes = reaches(lambda: self.text(".chart-notes"), "what is drawn")
        self.driver.get("about:blank")
        self.driver.get(address)
        reaches(lambda: self.text(".plot-x") == "epoch", "the same axis")
        reaches(lambda: self.text(".chart-notes") == notes, "the same lines")
        self.assertEqual(
            [Select(e).first_selected_option.get_attribute("value")
             for e in self.find("[data-chart] .chart-tools select")], ["epoch", "y", "range"])

    def test_the_form_leads_on(self):
        self.compare("&by=model")
        field = self.driver.find_element(By.NAME, "by")
        field.clear()
        field.send_keys("lr", Keys.ENTER)
        reaches(lambda: "by=lr" in self.driver.current_url, "another address")
        self.shows("Differences by lr")
        reaches(lambda: len(self.legend()) == 3, "a line a rate")

    def test_a_chart_as_cell_is_right(self):
        self.compare("&by=lr&metric=val/loss&smooth=0.6&log=y&axis=epoch")
        self.find(".take summary")[0].click()
        reaches(lambda: self.text(".take pre").startswith("- plot: curves"), "the cell")
        cell = self.text(".take pre")
        self.place.write(
            "pasted.yaml", SPIRAL + "".join(f"  {line}\n" for line in cell.splitlines()))
        checked = subprocess.run(
            [LABBOOK, "check", "pasted.yaml"],
            cwd=self.place.path, capture_output=True, text=True)
        self.assertEqual(checked.returncode, 0, checked.stderr)
        link = self.find(".take a")[0].get_attribute("href")
        self.assertIn(b"<svg", self.server.get(link.replace(self.server.base, ""))[2])

    def test_selected_runs_are_compared(self):
        self.open("/runs?experiment=spiral")
        reaches(lambda: len(self.find("tbody.rows tr[data-row]")) == 18, "18 rows")
        body = self.driver.find_element(By.TAG_NAME, "body")
        body.send_keys("j", " ", "j", " ")
        self.shows("Compare 2", "[data-compare]")
        body.send_keys("c")
        reaches(lambda: "/compare?runs=" in self.driver.current_url, "the comparison")
        reaches(lambda: self.painted(".panel"), "a drawn chart")
        self.assertEqual(len(self.legend()), 2)
        self.assertIn("Runs beside each other", self.text())


if __name__ == "__main__":
    unittest.main()
