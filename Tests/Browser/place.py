"""A folder with a store that the real `labbook` has made, and a server of it."""

import os
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.request

from selenium.common.exceptions import StaleElementReferenceException

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LABBOOK = os.path.abspath(os.environ.get("LABBOOK", os.path.join(ROOT, ".build/release/labbook")))

# A state is waited for so long; nothing here depends on how fast the machine is.
PATIENCE = float(os.environ.get("LABBOOK_PATIENCE", "120"))


def reaches(state, what):
    """Waits until `state()` is true, and returns it; fails with `what` where it never is.

    A part of a page that is replaced while it is read is read again.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            found = state()
        except StaleElementReferenceException:
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"never reached: {what}")
        time.sleep(0.02)


def environment():
    """The environment of the tests without what would lead labbook elsewhere."""
    found = dict(os.environ)
    for name in ("LABBOOK_DB", "LABBOOK_RUNS", "LABBOOK_SERVE"):
        found.pop(name, None)
    return found


def free_port():
    """A port that nobody has; servers of others do not take it meanwhile, as those begin at 5000."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


class Place:
    """A temporary folder in which labbook is called; removed by `close`."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="labbook-browser-")
        self.path = self.folder.name
        self.store = os.path.join(self.path, "labbook.sqlite")

    def close(self):
        self.folder.cleanup()

    def file(self, name):
        return os.path.join(self.path, name)

    def write(self, name, text):
        """Saves by truncating and writing, as many editors do."""
        with open(self.file(name), "w", encoding="utf-8") as out:
            out.write(text)

    def write_renaming(self, name, text):
        """Saves by writing another file and renaming it, as the others do."""
        aside = self.file("." + name + ".new")
        with open(aside, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.rename(aside, self.file(name))

    def read(self, name):
        with open(self.file(name), encoding="utf-8") as text:
            return text.read()

    def labbook(self, *words, status=0):
        """Calls labbook and returns what it printed."""
        done = subprocess.run(
            [LABBOOK, *words], cwd=self.path, env=environment(), capture_output=True, text=True,
            stdin=subprocess.DEVNULL)
        if status is not None and done.returncode != status:
            raise AssertionError(
                f"labbook {' '.join(words)} ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self, *words):
        """Starts labbook and returns at once."""
        return subprocess.Popen(
            [LABBOOK, *words], cwd=self.path, env=environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ask(self, sql, *values):
        """Rows of the store, which others may be writing; none where it is not there yet."""
        if not os.path.exists(self.store):
            return []
        connection = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.OperationalError as problem:
            if "no such table" in str(problem):
                return []
            raise
        finally:
            connection.close()

    def count(self, sql, *values):
        rows = self.ask(sql, *values)
        return rows[0][0] if rows else 0


class Server:
    """`labbook serve` at work; `close` ends it as Ctrl-C does."""

    def __init__(self, place, *words, file=None):
        self.place = place
        self.log = tempfile.TemporaryFile(mode="w+")
        if "--port" not in words:
            words = (*words, "--port", str(free_port()))
        self.process = subprocess.Popen(
            [LABBOOK, "serve", *([file] if file else []), *words], cwd=place.path,
            env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log,
            text=True)
        line = self.process.stdout.readline().strip()
        if not line.startswith("http://"):
            self.log.seek(0)
            raise AssertionError(f"labbook serve said {line!r}\n{self.log.read()}")
        self.entrance = line.split()[0]
        self.base = self.entrance.split("/?")[0].rstrip("/")

    def get(self, path):
        """What a reader with the page's token gets: status, headers, text."""
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        opener.open(self.entrance).read()
        with opener.open(self.base + path) as reply:
            return reply.status, reply.headers, reply.read()

    def close(self):
        """Ends it and returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.process.stdout.close()
            self.log.close()
        return self.process.returncode
