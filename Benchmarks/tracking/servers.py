"""A stock MLflow server and `labbook serve`, started, asked, measured and ended alike."""
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path


# Seconds for which a reply is waited for.
PATIENCE = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A server at work; `start_seconds` is from its start to its first healthy answer."""

    def __init__(self, command, folder, environment=None):
        self.folder, self.port, self.token = Path(folder), free_port(), ""
        self.log = open(self.folder / f"log-{self.port}", "w+")
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [str(word).format(port=self.port) for word in command], cwd=folder, text=True,
            stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True,
            env={**os.environ, **(environment or {})})
        while not self.is_healthy():
            if self.process.poll() is not None or time.perf_counter() - start > 300:
                said = self.said()
                self.close()
                raise RuntimeError(f"{command[0]} did not come up: {said}")
            time.sleep(0.002)
        self.start_seconds = time.perf_counter() - start
        for line in self.said().splitlines():
            if line.startswith("export MLFLOW_TRACKING_TOKEN="):
                self.token = line.split("=", 1)[1]

    def said(self):
        self.log.seek(0)
        return self.log.read()

    def is_healthy(self):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
            connection.request("GET", "/health")
            return connection.getresponse().status == 200
        except OSError:
            return False

    def connection(self):
        return Connection(self)

    def resident(self):
        """Megabytes that the server and all that it started hold, what they share counted once (PSS)."""
        total = 0
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if os.getsid(int(entry.name)) != self.process.pid:
                    continue
                for line in (entry / "smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
            except OSError:
                continue
        return total / 1024

    def close(self):
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.log.close()


class Connection:
    """One connection that stays open."""

    def __init__(self, server):
        self.http = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        self.headers = {"Content-Type": "application/json"}
        if server.token:
            self.headers["Authorization"] = f"Bearer {server.token}"

    def ask(self, method, path, fields=None):
        body = None if fields is None else json.dumps(fields)
        self.http.request(method, "/api/2.0/mlflow/" + path, body, self.headers)
        reply = self.http.getresponse()
        text = reply.read()
        if reply.status != 200:
            raise RuntimeError(f"{path}: {reply.status} {text[:300]}")
        return json.loads(text or "{}")

    def new_runs(self, count):
        return [self.ask("POST", "runs/create", {"experiment_id": "0", "start_time": 1})
                ["run"]["info"]["run_id"] for _ in range(count)]


def labbook(program, folder, store="labbook.sqlite"):
    return Server([program, "serve", "--db", store, "--port", "{port}"], folder)


def mlflow(python, folder, store="mlflow.db"):
    return Server(
        [python, "-m", "mlflow", "server", "--backend-store-uri", f"sqlite:///{store}", "--host",
         "127.0.0.1", "--port", "{port}"], folder, {"MLFLOW_DISABLE_TELEMETRY": "true"})
