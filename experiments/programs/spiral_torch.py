"""A network on the spiral in PyTorch; it goes on from its checkpoint after an interruption."""

import argparse
import json
import math
import os

import torch
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=1e-2)
parser.add_argument("--width", type=int, default=100)
parser.add_argument("--epochs", type=int, default=50)
parser.add_argument("--seed", type=int, default=1)
args = parser.parse_args()

points, classes = 300, 3
generator = torch.Generator().manual_seed(0)
t = torch.linspace(0, 1, points).repeat(classes)
y = torch.arange(classes).repeat_interleave(points)
u = 2 * math.pi / classes * (2 * t + y) + 0.2 * torch.randn(points * classes, generator=generator)
x = torch.stack([t * torch.sin(u), t * torch.cos(u)], dim=1)
order = torch.randperm(len(y), generator=generator)
val, train = order[:180], order[180:]

torch.manual_seed(args.seed)
model = nn.Sequential(nn.Linear(2, args.width), nn.ReLU(), nn.Linear(args.width, classes))
optimizer = torch.optim.Adam(model.parameters(), lr=args.lr)
start = 0
checkpoint = os.environ.get("LABBOOK_CHECKPOINT")
if checkpoint and os.path.exists(checkpoint):
    saved = torch.load(checkpoint)
    model.load_state_dict(saved["model"])
    optimizer.load_state_dict(saved["optimizer"])
    torch.set_rng_state(saved["random"])
    start = saved["epoch"]

for epoch in range(start + 1, args.epochs + 1):
    model.train()
    for batch in train[torch.randperm(len(train))].split(64):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x[batch]), y[batch])
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        outputs = model(x[val])
        metrics = {
            "epoch": epoch,
            "val/loss": nn.functional.cross_entropy(outputs, y[val]).item(),
            "val/accuracy": (outputs.argmax(1) == y[val]).double().mean().item(),
        }
    print(json.dumps(metrics), flush=True)
    if checkpoint:
        saved = {"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                 "random": torch.get_rng_state(), "epoch": epoch}
        torch.save(saved, checkpoint + ".new")
        os.replace(checkpoint + ".new", checkpoint)
