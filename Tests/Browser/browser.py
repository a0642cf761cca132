"""Headless Chromium, and what every case asks of a page."""

import base64
import json
import os
import re
import tempfile
import unittest

os.environ["SE_OFFLINE"] = "true"

from selenium import webdriver  # noqa: E402
from selenium.webdriver.chrome.options import Options  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402

from place import Place, Server, reaches  # noqa: E402

# Where screenshots are kept; without it they are not made.
SCREENSHOTS = os.environ.get("LABBOOK_SCREENSHOTS")

WIDE, NARROW = 1280, 360
LOOKS = [(WIDE, False), (WIDE, True), (NARROW, False), (NARROW, True)]


def name_of(width, dark):
    return f"{width}-{'dark' if dark else 'light'}"


# How many pixels of the canvases of a place are painted; a copy of each is read.
PAINTED = """
const place = document.querySelector(arguments[0]);
return [...(place ? place.querySelectorAll('canvas') : [])].reduce((sum, canvas) => {
  if (!canvas.width || !canvas.height) return sum;
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const pen = copy.getContext('2d', { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0);
  const { data } = pen.getImageData(0, 0, copy.width, copy.height);
  for (let place = 3; place < data.length; place += 4) if (data[place] > 200) sum++;
  return sum;
}, 0);
"""


class Browser:
    """One Chromium for all cases; each opens a server's pages in it."""

    _shared = None

    @classmethod
    def shared(cls):
        if cls._shared is None:
            cls._shared = cls()
        return cls._shared

    def __init__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="labbook-chromium-")
        options = Options()
        for word in (
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--hide-scrollbars", "--force-device-scale-factor=1", "--no-first-run",
                "--disable-background-networking", "--disable-component-update",
                # Nothing but this machine has an address.
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                f"--user-data-dir={self.profile.name}"):
            options.add_argument(word)
        options.binary_location = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(
            options=options, service=Service(os.environ.get("CHROMEDRIVER", "/usr/bin/chromedriver")))
        self.look(WIDE, False)

    def close(self):
        self.driver.quit()
        self.profile.cleanup()

    def look(self, width, dark):
        """The width of the window, and whether the reader likes it dark."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [
                {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})

    def picture(self, name):
        """Keeps the whole page as a picture, where a folder is named for them."""
        if not SCREENSHOTS:
            return
        os.makedirs(SCREENSHOTS, exist_ok=True)
        size = self.driver.execute_script(
            "return [document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
        shot = self.driver.execute_cdp_cmd(
            "Page.captureScreenshot",
            {"format": "png", "captureBeyondViewport": True,
             "clip": {"x": 0, "y": 0, "width": size[0], "height": min(size[1], 8000), "scale": 1}})
        with open(os.path.join(SCREENSHOTS, name + ".png"), "wb") as out:
            out.write(base64.b64decode(shot["data"]))


class Case(unittest.TestCase):
    """A case of the browser: its pages log no error and ask no other host for anything.

    A class of cases names its store in `prepare` and what the server is started with in `serve`.
    """

    file = None
    words = ()

    @classmethod
    def prepare(cls, place):
        """Makes the files and the store."""

    @classmethod
    def setUpClass(cls):
        cls.place = Place()
        cls.addClassCleanup(cls.place.close)
        cls.prepare(cls.place)
        cls.server = Server(cls.place, *cls.words, file=cls.file)
        cls.addClassCleanup(cls.server.close)
        cls.browser = Browser.shared()
        cls.driver = cls.browser.driver

    def setUp(self):
        self.browser.look(WIDE, False)
        self.driver.get("about:blank")
        for log in ("browser", "performance"):
            self.driver.get_log(log)
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.driver.get(self.server.entrance)
        self.expected_errors = []

    def tearDown(self):
        self.driver.get("about:blank")
        self.check_console()
        self.check_requests()

    # What every page is asked

    def check_console(self):
        wrong = [
            entry for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
            and not any(re.search(known, entry["message"]) for known in self.expected_errors)]
        self.assertEqual(wrong, [], "the console says something")

    def check_requests(self):
        foreign = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] != "Network.requestWillBeSent":
                continue
            address = message["params"]["request"]["url"]
            if not address.startswith((self.server.base + "/", "data:", "blob:", "about:")):
                foreign.append(address)
        self.assertEqual(foreign, [], "another host is asked")

    def check_width(self, what):
        """Nothing is wider than the window."""
        room, used = self.driver.execute_script(
            "return [document.documentElement.clientWidth, document.documentElement.scrollWidth]")
        if used > room:
            wide = self.driver.execute_script("""
                const room = document.documentElement.clientWidth;
                const inside = (e) => { for (let p = e.parentElement; p; p = p.parentElement) {
                  if (getComputedStyle(p).overflowX !== 'visible') return true; } return false; };
                return [...document.querySelectorAll('body *')]
                  .filter((e) => e.getBoundingClientRect().right > room + 1 && !inside(e))
                  .slice(0, 5).map((e) => e.outerHTML.slice(0, 120));""")
            self.fail(f"{what} is {used} pixels wide in a window of {room}: {wide}")

    def looks(self, path, name, charts=()):
        """Opens a page in every look, checks its width and keeps a picture of each when its charts are drawn."""
        for width, dark in LOOKS:
            self.browser.look(width, dark)
            self.open(path)
            self.settled()
            for chart in charts:
                reaches(lambda: self.painted(chart), f"something drawn in {chart}")
            self.check_width(f"{path} at {name_of(width, dark)}")
            self.browser.picture(f"{name}-{name_of(width, dark)}")

    # Ways of a reader

    def open(self, path):
        self.driver.get(self.server.base + path)

    def settled(self):
        """Waits until every image of the page is there."""
        reaches(
            lambda: self.driver.execute_script(
                "return document.readyState === 'complete' && [...document.images]"
                ".every((i) => i.complete)"), "the images of the page")

    def find(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector="body"):
        """The words of the first element that is there; it may be replaced while it is read."""
        return self.driver.execute_script(
            "const e = document.querySelector(arguments[0]); return e ? e.innerText : ''", selector)

    def shows(self, words, selector="body"):
        """Waits until an element says something."""
        reaches(lambda: words in self.text(selector), f"{words!r} in {selector}")

    def painted(self, selector):
        """How many pixels of the canvases of a place are painted."""
        return self.script(PAINTED, selector)

    def appears(self, selector):
        """Waits until an element is there."""
        return reaches(lambda: self.find(selector), selector)[0]

    def script(self, text, *values):
        return self.driver.execute_script(text, *values)
