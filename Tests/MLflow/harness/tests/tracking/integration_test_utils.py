"""In place of MLflow's file of this name: the server that its tests ask is `labbook serve`."""

import contextlib
import os
import subprocess
import tempfile

import requests


class ServerThread:
    """A server over a new store, while the block lasts."""

    def __init__(self, *_):
        folder = tempfile.mkdtemp(prefix="labbook-mlflow-")
        self.command = [
            os.environ["LABBOOK"], "serve", "--token", "none", "--db", folder + "/store.sqlite",
        ]

    def __enter__(self):
        self.server = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        address = self.server.stdout.readline().strip().rstrip("/")
        assert address.startswith("http"), address
        return address

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()


@contextlib.contextmanager
def _init_server(*_, **__):
    with ServerThread() as address:
        yield address


def _send_rest_tracking_post_request(tracking_server_uri, api_path, json_payload, auth=None):
    return requests.post(tracking_server_uri + api_path, json=json_payload, auth=auth)
