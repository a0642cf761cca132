"""Runs MLflow's own REST tracking tests against `labbook serve`: rest_tests.py FILE [pytest's words]

FILE is tests/tracking/test_rest_tracking.py of a checkout of MLflow; nothing of it is changed but the
server that its fixture starts. LABBOOK names the `labbook` to serve with. What Labbook does not serve is
left out by name. test_get_metric_history_bulk_interval_respects_max_results passes with the tests of MLflow 3.12
and later, which take their points otherwise than before; test_path_validation passes but for its last request,
which is one of the model registry.
"""

import os
import pathlib
import sys
import tempfile

import pytest

HERE = pathlib.Path(__file__).parent
NOT_SERVED = [
    # Traces and what belongs to them.
    "trace", "assessments", "scorer", "online_scoring", "issue",
    # GraphQL, the gateway with its secrets, prompts.
    "graphql", "gateway", "secret", "endpoint", "providers", "provider_config", "list_models",
    "model_definition", "promptlab",
    # The model registry, data sets for evaluation, the browser's search for data sets.
    "model_version", "evaluation_dataset", "_experiments_rest_tracking", "experiments_at_once",
    "association_error", "add_remove_experiments", "dataset_handler",
    # What looks into MLflow's own server rather than asking one: where its fixture put artifacts is one of it.
    "optimized_impl", "suppress_url", "test_artifacts",
    # Workspaces, which server-info says are not there.
    "workspace",
    # Logs a model of a run "123" that does not exist, which is refused here: see Docs/mlflow-artifacts.md.
    "test_create_logged_model",
]


def main():
    source = pathlib.Path(sys.argv[1]).resolve()
    os.environ["LABBOOK"] = str(pathlib.Path(os.environ.get("LABBOOK", "labbook")).resolve())
    os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "1"
    sys.path.insert(0, str(HERE / "harness"))
    os.chdir(tempfile.mkdtemp(prefix="labbook-rest-"))
    # Each test comes twice, for two of MLflow's stores; there is one here.
    served = "sqlalchemy and " + " and ".join(f"not {word}" for word in NOT_SERVED)
    return pytest.main(
        [str(source), "-q", "-k", served, "--rootdir", str(source.parent), "-p", "labbook_fixtures",
         "-p", "no:cacheprovider", "--import-mode=importlib", *sys.argv[2:]])


if __name__ == "__main__":
    sys.exit(main())
