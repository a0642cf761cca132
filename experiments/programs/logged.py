"""A script with plain MLflow calls in it. It knows nothing of Labbook: it needs mlflow and scikit-learn."""
import argparse

import mlflow
from sklearn.datasets import make_moons
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, default=0.01)
parser.add_argument("--width", type=int, default=16)
parser.add_argument("--epochs", type=int, default=30)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()

x, y = make_moons(600, noise=0.2, random_state=12345)
x_train, y_train, x_val, y_val = x[:400], y[:400], x[400:], y[400:]
net = MLPClassifier([options.width], learning_rate_init=options.rate, random_state=options.seed)

mlflow.set_experiment("moons")
with mlflow.start_run():
    mlflow.log_params({"rate": options.rate, "width": options.width})
    for epoch in range(1, options.epochs + 1):
        net.partial_fit(x_train, y_train, classes=[0, 1])
        mlflow.log_metrics({
            "train_loss": net.loss_, "val_loss": log_loss(y_val, net.predict_proba(x_val)),
            "val_accuracy": net.score(x_val, y_val)}, step=epoch)
    mlflow.log_text(f"{sum(w.size for w in net.coefs_)} weights\n", "summary.txt")
