"""What several files of cases look at."""

# Two networks and three rates, three seeds each: 18 runs.
SPIRAL = """\
experiment: spiral
lint: {allow: [no-validation]}
data: {source: spiral, points_per_class: 60, split: {val: 0.25}}
models:
  line: [{linear: classes}]
  hidden: {mlp: {hidden: [16]}}
train: {optimizer: adam, batch_size: 16, epochs: 40}
notebook:
  - sweep: main
    over: {model: all, lr: [0.001, 0.01, 0.1]}
    seeds: 3
"""
