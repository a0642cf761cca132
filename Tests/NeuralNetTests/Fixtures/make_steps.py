"""Makes steps.json: updates of a small network as PyTorch takes them, in double precision.

Run it with PyTorch: python make_steps.py > steps.json
L1 is no option of PyTorch's optimizers: its sign is added to the gradient after clipping.
"""

import json

import torch

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
X = torch.tensor([[0.5, -1.25], [2.0, 0.75], [-0.125, 0.25]])
y = torch.tensor([0, 2, 1])
START = [(torch.rand(3, 2) - 0.5).float().double(), (torch.rand(3) - 0.5).float().double(),
         (torch.rand(3, 3) - 0.5).float().double(), (torch.rand(3) - 0.5).float().double()]
NAMES = ["0.weight", "0.bias", "2.weight", "2.bias"]


def walk(make, kept, rates, clip=None, l1=0.0):
    net = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 3))
    with torch.no_grad():
        for p, s in zip(net.parameters(), START):
            p.copy_(s)
    params = list(net.parameters())
    optimizer = make(params)
    steps = []
    for rate in rates:
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad()
        each = torch.nn.functional.cross_entropy(net(X), y, reduction="none")
        loss = each.mean()
        loss.backward()
        gradients = [p.grad.clone() for p in params]
        norm = float(torch.sqrt(sum((g ** 2).sum() for g in gradients)))
        if clip is not None:
            torch.nn.utils.clip_grad_norm_(params, clip)
        clipped = [p.grad.clone() for p in params]
        with torch.no_grad():
            for p in params:
                p.grad += l1 * torch.sign(p)
        optimizer.step()
        steps.append({
            "loss": float(loss), "row_losses": each.tolist(), "norm": norm,
            "gradients": [g.flatten().tolist() for g in gradients],
            "clipped": [g.flatten().tolist() for g in clipped],
            "memory": {name: [optimizer.state[p][key].flatten().tolist() for p in params]
                       for name, key in kept.items()},
            "after": [p.detach().flatten().tolist() for p in params]})
    return steps


rates = [0.1, 0.2, 0.05]
print(json.dumps({
    "x": X.flatten().tolist(), "y": y.tolist(),
    "start": {n: s.flatten().tolist() for n, s in zip(NAMES, START)}, "rates": rates,
    "sgd": walk(lambda p: torch.optim.SGD(p, 1, momentum=0.9, weight_decay=0.01),
                {"velocity": "momentum_buffer"}, rates, clip=0.25, l1=0.002),
    "adam": walk(lambda p: torch.optim.Adam(p, 1, weight_decay=0.01),
                 {"mean": "exp_avg", "square": "exp_avg_sq"}, rates),
    "adamw": walk(lambda p: torch.optim.AdamW(p, 1, weight_decay=0.1),
                  {"mean": "exp_avg", "square": "exp_avg_sq"}, rates, l1=0.002)}, indent=1))
