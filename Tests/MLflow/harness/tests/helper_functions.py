"""What MLflow's own tests import of this name."""


def get_safe_port():
    return 0
