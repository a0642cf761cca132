#!/bin/sh
# Makes store.sql, a store as 0.1.0 wrote it with tiny runs of every kind, with the labbook of 0.1.0:
#   make.sh LABBOOK-0.1.0
# The files that the runs read are table.csv and start.safetensors beside this script.
set -eu
labbook=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/data"
cp "$here/table.csv" "$work/data/"
cd "$work"
small='data: {source: moons, points_per_class: 6, split: {val: 0.5}}'

cat > start.yaml <<YAML
$small
model: [{linear: 3}, relu, {linear: classes}]
train: {epochs: 1}
YAML
"$labbook" run start.yaml --plots plots > /dev/null 2>&1
if [ -f "$here/start.safetensors" ]; then cp "$here/start.safetensors" .; else
  run=$("$labbook" runs --format csv | tail -n 1 | cut -d, -f1)
  "$labbook" weights "$run" --out start.safetensors > /dev/null
  cp start.safetensors "$here/"
fi

cat > named.yaml <<YAML
data: {source: spiral, points_per_class: 4, noise: 0.1, split: {val: 0.25, test: 2}, normalize: standard, scale: [1, 2], label_noise: 0.1}
models:
  "1": [{linear: 3}, relu, {linear: classes}]
  "2": {mlp: {hidden: [3, 2], activation: tanh, dropout: 0.1}}
  wide net:
    - {linear: 4, name: a, bias: false}
    - {leaky-relu: 0.02}
    - residual: [{linear: 4}, gelu, {linear: 4}]
      name: r
    - {linear: 4, name: b, from: a}
    - {linear: 4, share: b, name: s}
    - {max: [r, s], name: m}
    - {concat: [m, b], name: c}
    - {batch-norm: , momentum: 0.2}
    - {dropout: 0.25}
    - {linear: classes}
train: {epochs: 2, batch_size: 4, shuffle: once, clip_norm: 1, weight_decay: 1e-5, l1: 1e-4, optimizer: {name: sgd, momentum: 0.9, nesterov: true}, schedule: {name: cosine, min_lr: 1e-4, warmup: 1}, loss: {name: cross-entropy, label_smoothing: 0.1}, log: {every: 1, grad_norm: true}, early_stopping: {patience: 1}}
objective: {maximize: val/accuracy}
over: {model: all}
seeds: 2
YAML
cat > inline.yaml <<YAML
$small
train: {model: {mlp: {hidden: [4]}}, epochs: 1, batch_size: full, shuffle: false, optimizer: {name: adam, beta1: 0.8}}
over: {hidden: [[4], [2, 2]]}
YAML
cat > list.yaml <<YAML
$small
train: {model: [{linear: 2}, tanh, {prototypes: 3}, softplus, {linear: classes}], steps: 3, loss: mse}
YAML
cat > table.yaml <<YAML
data: {source: csv, path: data/table.csv, target: kind, features: [x, y], split: {val: 4}}
model: {mlp: {hidden: [2]}}
train: {epochs: 1}
YAML
cat > numbers.yaml <<YAML
data: {source: csv, path: data/table.csv, target: y, features: [x], shift: 1}
model: {mlp: {hidden: [2]}}
train: {epochs: 1, loss: huber, schedule: {name: step, step_size: 2, gamma: 0.5}}
YAML
cat > begun.yaml <<YAML
$small
model: [{linear: 3}, relu, {linear: classes}]
train: {epochs: 1, init: {name: file, path: start.safetensors}}
YAML
cat > diverged.yaml <<YAML
$small
model: [{linear: 2}]
train: {epochs: 3, lr: 1e30, optimizer: sgd, loss: mse}
YAML
cat > stopped.yaml <<YAML
$small
model: {mlp: {hidden: [2]}}
train: {epochs: 4}
over: {lr: [1e-3, 1e-2, 0.1]}
stop: {name: asha, min_epochs: 1, reduction: 3}
YAML
cat > cloud.yaml <<YAML
data: {source: cloud, points: 5}
model: [{linear: 2}, relu, {linear: features}]
train: {epochs: 0}
YAML
cat > images.yaml <<YAML
data: {source: fashion-mnist, take: 20, split: {val: 10}}
model: [{conv2d: {channels: 1, kernel: 9, stride: 9}}, flatten, {linear: classes}]
train: {epochs: 1, init: {name: uniform, bound: 0.1}}
YAML
for name in named inline list table numbers begun diverged stopped cloud images; do
  "$labbook" run $name.yaml --jobs 1 > $name.log 2>&1 || { cat $name.log >&2; exit 1; }
done
{
  echo "PRAGMA journal_mode=WAL;"
  sqlite3 labbook.sqlite .dump
  echo "PRAGMA application_id=$(sqlite3 labbook.sqlite 'PRAGMA application_id');"
  echo "PRAGMA user_version=$(sqlite3 labbook.sqlite 'PRAGMA user_version');"
} | sed "s|$work|/somewhere|g" > "$here/store.sql"
rm -rf "$here/runs"
cp -r labbook.sqlite.runs "$here/runs"
find "$here/runs" -name lock -delete
sqlite3 labbook.sqlite "SELECT experiment, status, COUNT(*) FROM run_table GROUP BY 1, 2"
