"""The workloads in JAX, as fast as it goes there: the whole loop of updates in one compiled scan.

Usage: jax_scan.py w1|w2|w3|w4|w5   prints one JSON object: seconds without imports, reading data and
compiling (w5: with compiling, the runs of one network under one vmap), steps, rows.
"""
import json
import os
import sys
import time

if sys.argv[1:2] != ["w5"]:  # the flags alone leave a second thread at work in products
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import jax
import jax.numpy as jnp
import numpy as np

FASHION = "/usr/share/datasets/fashion-mnist/"


def spiral(points=1000, classes=3, seed=1):
    draw = np.random.default_rng(seed)
    parts = []
    for k in range(1, classes + 1):
        t = np.linspace(0, 1, points)
        u = 2 * np.pi / classes * (2 * t + k - 1) + draw.normal(size=points) * 0.2
        parts.append(np.stack((t * np.sin(u), t * np.cos(u)), 1))
    return (np.concatenate(parts).astype(np.float32),
            np.repeat(np.arange(classes), points).astype(np.int32))


def fashion(name):
    import gzip
    with gzip.open(FASHION + name + "-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784)
    with gzip.open(FASHION + name + "-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8)
    return images / np.float32(255), labels.astype(np.int32)


def initial(key, sizes):
    layers = []
    for i, o in zip(sizes, sizes[1:]):
        key, a, b = jax.random.split(key, 3)
        bound = 1 / np.sqrt(i)
        layers.append((jax.random.uniform(a, (i, o), minval=-bound, maxval=bound),
                       jax.random.uniform(b, (o,), minval=-bound, maxval=bound)))
    return layers


def forward(layers, x):
    for w, b in layers[:-1]:
        x = jax.nn.relu(x @ w + b)
    w, b = layers[-1]
    return x @ w + b


def measured(layers, x, y):
    scores = forward(layers, x)
    logs = jax.nn.log_softmax(scores)
    loss = -jnp.take_along_axis(logs, y[:, None], 1).mean()
    return loss, (scores.argmax(1) == y).mean()


def adam(layers, state, gradient, lr):
    m, v, t = state
    t = t + 1
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, gradient)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, gradient)
    step = lambda w, m, v: w - lr * (m / (1 - 0.9 ** t)) / (jnp.sqrt(v / (1 - 0.999 ** t)) + 1e-8)
    return jax.tree.map(step, layers, m, v), (m, v, t)


def momentum(layers, state, gradient, lr):
    state = jax.tree.map(lambda b, g: 0.9 * b + g, state, gradient)
    return jax.tree.map(lambda w, b: w - lr * b, layers, state), state


def zeros(layers, optimizer):
    empty = jax.tree.map(jnp.zeros_like, layers)
    return (empty, empty, 0.0) if optimizer is adam else empty


def epoch_of(x, y, batch, optimizer):
    """An epoch over shuffled rows as one scan; the last, smaller batch is left out."""
    count = max(1, len(x) // batch)

    def epoch(layers, state, lr, key):
        order = (jnp.arange(len(x)) if batch >= len(x) else jax.random.permutation(key, len(x)))
        order = order[:count * batch].reshape(count, -1)

        def update(carry, rows):
            layers, state = carry
            (loss, accuracy), gradient = jax.value_and_grad(measured, has_aux=True)(
                layers, x[rows], y[rows])
            return optimizer(layers, state, gradient, lr), (loss, accuracy)

        return jax.lax.scan(update, (layers, state), order)

    return epoch, count


def train(x, y, sizes, batch, epochs, optimizer, lr, test=None):
    x, y = jnp.array(x), jnp.array(y)
    epoch, count = epoch_of(x, y, batch, optimizer)
    run = jax.jit(epoch)
    judge = jax.jit(measured)
    layers = initial(jax.random.PRNGKey(1), sizes)
    jax.block_until_ready(run(layers, zeros(layers, optimizer), lr, jax.random.PRNGKey(0)))
    if test is not None:
        jax.block_until_ready(judge(layers, *test))
    start = time.perf_counter()
    state = zeros(layers, optimizer)
    for number in range(epochs):
        (layers, state), values = run(layers, state, lr, jax.random.PRNGKey(number))
        if test is not None:
            jax.block_until_ready(judge(layers, *test))
    jax.block_until_ready(values)
    return {"seconds": time.perf_counter() - start, "steps": epochs * count,
            "accuracy": float(values[1].mean())}


def full_batch(x, y, sizes, steps, lr):
    """Every update sees all rows, and its loss and accuracy are kept."""
    x, y = jnp.array(x), jnp.array(y)

    @jax.jit
    def run(layers, state):
        def update(carry, _):
            layers, state = carry
            values, gradient = jax.value_and_grad(measured, has_aux=True)(layers, x, y)
            return adam(layers, state, gradient, lr), values
        return jax.lax.scan(update, (layers, state), None, length=steps)

    layers = initial(jax.random.PRNGKey(1), sizes)
    state = zeros(layers, adam)
    jax.block_until_ready(run(layers, state))
    start = time.perf_counter()
    _, values = jax.block_until_ready(run(layers, state))
    return {"seconds": time.perf_counter() - start, "steps": steps,
            "accuracy": float(values[1][-1])}


def w5():
    start = time.perf_counter()
    x, y = map(jnp.array, spiral())
    best = 0.0
    for hidden in ([16], [64], [64, 64], [128, 128, 128]):
        epoch, count = epoch_of(x, y, 64, adam)
        rates = jnp.repeat(jnp.geomspace(1e-4, 1e-1, 8), 2)
        keys = jax.random.split(jax.random.PRNGKey(1), 16)
        layers = jax.vmap(lambda key: initial(key, [2, *hidden, 3]))(keys)
        state = jax.vmap(lambda layers: zeros(layers, adam))(layers)
        run = jax.jit(jax.vmap(epoch, in_axes=(0, 0, 0, 0)))
        for number in range(20):
            keys = jax.vmap(lambda key: jax.random.fold_in(key, number))(keys)
            (layers, state), values = run(layers, state, rates, keys)
        best = max(best, float(values[1].mean(1).max()))
    return {"seconds": time.perf_counter() - start, "steps": 64 * 20 * count, "accuracy": best}


def main(workload):
    if workload == "w1":
        return full_batch(*spiral(), [2, 100, 3], 1000, 1e-3)
    if workload == "w2":
        return train(*spiral(), [2, 100, 3], 32, 20, momentum, 0.01)
    if workload == "w3":
        return train(*fashion("train"), [784, 256, 128, 10], 128, 3, adam, 1e-3, fashion("t10k"))
    if workload == "w4":
        return train(*fashion("train"), [784, 1024, 1024, 10], 256, 1, momentum, 0.01,
                     fashion("t10k"))
    return w5()


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
