"""Makes defaults.json: the defaults of PyTorch's modules, losses, optimizers and schedulers.

Run it with PyPI's torch: python make_defaults.py > defaults.json
They are read from the signatures; where Labbook has another name for a setting it stands here.
"""

import inspect
import json

from torch import nn, optim
from torch.optim import lr_scheduler as schedulers


def defaults(kind, **names):
    """Labbook's name -> PyTorch's, or (PyTorch's, place) in a pair."""
    given = inspect.signature(kind.__init__).parameters
    result = {}
    for name, theirs in names.items():
        theirs, place = theirs if isinstance(theirs, tuple) else (theirs, None)
        value = given[theirs].default
        result[name] = value if place is None else value[place]
    return result


def same(kind, *names):
    return defaults(kind, **{name: name for name in names})


adam = dict(beta1=("betas", 0), beta2=("betas", 1), eps="eps")
print(json.dumps({
    "layers": {
        "linear": same(nn.Linear, "bias"), "leaky-relu": defaults(nn.LeakyReLU, slope="negative_slope"),
        "elu": same(nn.ELU, "alpha"), "gelu": same(nn.GELU, "approximate"),
        "softplus": same(nn.Softplus, "beta", "threshold"), "dropout": same(nn.Dropout, "p"),
        "batch-norm": same(nn.BatchNorm1d, "eps", "momentum"), "layer-norm": same(nn.LayerNorm, "eps"),
        "conv2d": same(nn.Conv2d, "stride", "padding", "bias"),
        "max-pool2d": same(nn.MaxPool2d, "stride", "padding"),
        "avg-pool2d": same(nn.AvgPool2d, "stride", "padding"),
    },
    "losses": {
        "cross-entropy": defaults(nn.CrossEntropyLoss, label_smoothing="label_smoothing",
                                  class_weights="weight"),
        "huber": same(nn.HuberLoss, "delta"),
    },
    "optimizers": {
        "sgd": same(optim.SGD, "momentum", "dampening", "nesterov"),
        "adam": defaults(optim.Adam, **adam), "adamw": defaults(optim.AdamW, **adam),
        "rmsprop": same(optim.RMSprop, "alpha", "eps", "momentum", "centered"),
        "adagrad": same(optim.Adagrad, "lr_decay", "initial_accumulator_value", "eps"),
    },
    "schedules": {
        "step": same(schedulers.StepLR, "gamma"),
        "cosine": defaults(schedulers.CosineAnnealingLR, min_lr="eta_min"),
        "one-cycle": same(
            schedulers.OneCycleLR, "pct_start", "anneal_strategy", "cycle_momentum", "base_momentum",
            "max_momentum", "div_factor", "final_div_factor", "three_phase"),
        "plateau": same(
            schedulers.ReduceLROnPlateau, "factor", "patience", "threshold", "threshold_mode",
            "cooldown", "min_lr", "eps"),
    },
}, indent=1))
