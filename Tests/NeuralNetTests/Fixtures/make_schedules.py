"""Makes schedules.json: learning rates as PyTorch's schedulers give them, update by update.

Run it with PyPI's torch: python make_schedules.py > schedules.json
Warm-up and the linear fall have the contract's own formulas; here they are PyTorch's LinearLR,
chained by SequentialLR where warm-up comes first.
"""

import json

import torch
from torch.optim import lr_scheduler as schedulers


def rates(make, updates, per_epoch, by_epoch):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.4)
    scheduler = make(optimizer)
    result = []
    for update in range(updates):
        result.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if not by_epoch or (update + 1) % per_epoch == 0:
            scheduler.step()
    return result


def warm(optimizer, updates, after):
    first = schedulers.LambdaLR(optimizer, lambda u: (u + 1) / updates)
    return schedulers.SequentialLR(optimizer, [first, after], [updates])


CASES = [
    ("step", {"step_size": 2, "gamma": 0.3}, 0, True,
     lambda o: schedulers.StepLR(o, 2, 0.3)),
    ("exponential", {"gamma": 0.8}, 0, True, lambda o: schedulers.ExponentialLR(o, 0.8)),
    ("cosine", {"min_lr": 0.05}, 0, False, lambda o: schedulers.CosineAnnealingLR(o, 40, 0.05)),
    ("cosine", {"min_lr": 0.0}, 2, False,
     lambda o: warm(o, 10, schedulers.CosineAnnealingLR(o, 30, 0.0))),
    ("linear", {"end_lr": 0.1}, 0, False, lambda o: schedulers.LinearLR(o, 1, 0.25, 40)),
    ("linear", {"end_lr": 0.0}, 2, False,
     lambda o: warm(o, 10, schedulers.LinearLR(o, 1, 0.0, 30))),
    ("constant", {}, 2, False, lambda o: warm(o, 10, schedulers.ConstantLR(o, 1, 1))),
]

print(json.dumps([
    {"name": name, "settings": settings, "warmup": warmup,
     "rates": rates(make, 40, 5, by_epoch)}
    for name, settings, warmup, by_epoch, make in CASES
]))
