"""A `labbook serve` of its own for a check, on a new store in a temporary folder."""
import contextlib
import os
import socket
import subprocess
import tempfile
import time
import urllib.request


@contextlib.contextmanager
def served(labbook, *options):
    """Starts the server, sets MLflow's variables, and gives the store's path; ends it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        store = f"{folder}/labbook.sqlite"
        server = subprocess.Popen(
            [labbook, "serve", "--db", store, "--port", str(port), *options], cwd=folder,
            stdout=subprocess.PIPE, text=True)
        try:
            for line in server.stdout:
                if line.startswith("export "):
                    name, value = line.removeprefix("export ").strip().split("=", 1)
                    os.environ[name] = value
                if line.startswith("export MLFLOW_TRACKING_TOKEN="):
                    break
            wait_for(f"http://127.0.0.1:{port}/health")
            yield store
        finally:
            server.terminate()
            server.wait()


def wait_for(address):
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address) as reply:
                if reply.status == 200:
                    return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
