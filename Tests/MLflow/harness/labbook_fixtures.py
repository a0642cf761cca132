"""Fixtures that MLflow's tests have in their conftest."""

import mlflow.server.handlers
import mlflow.utils.providers
import pytest

# The tests of 3.11 import it, the client of 3.17 has it no more; no test of what Labbook serves asks it.
mlflow.utils.providers.__dict__.setdefault("_PROVIDER_BACKEND_AVAILABLE", False)

# The fixture makes a store of MLflow's for the server that is replaced.
mlflow.server.handlers.initialize_backend_stores = lambda *_, **__: None


@pytest.fixture
def db_uri(tmp_path):
    return f"sqlite:///{tmp_path}/mlflow.db"
