"""The same network, trained by scikit-learn and by PyTorch on the rows of `labbook data --out`."""

import dataclasses
import warnings

import numpy as np


@dataclasses.dataclass
class Recipe:
    hidden: list
    rate: float
    batch: int
    epochs: int
    seeds: int
    regression: bool


def targets(recipe, train, judge):
    """Numbers to train on, those to judge by, and the way back."""
    if recipe.regression:
        values = np.array(train[1], dtype=float)
        mean, deviation = values.mean(), values.std() or 1
        return (values - mean) / deviation, np.array(judge[1], dtype=float), (mean, deviation)
    names = sorted(set(train[1]))
    places = {name: place for place, name in enumerate(names)}
    return (np.array([places[name] for name in train[1]]),
            np.array([places.get(name, -1) for name in judge[1]]), None)


def score(recipe, guess, truth, back):
    if not recipe.regression:
        return float(np.mean(guess == truth))
    guess = guess * back[1] + back[0]
    return float(1 - np.sum((guess - truth) ** 2) / np.sum((truth - truth.mean()) ** 2))


def sklearn(recipe, train, judge):
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    y, truth, back = targets(recipe, train, judge)
    kind = MLPRegressor if recipe.regression else MLPClassifier
    values = []
    for seed in range(recipe.seeds):
        model = kind(hidden_layer_sizes=recipe.hidden, solver="adam", alpha=0, learning_rate_init=recipe.rate,
                     batch_size=min(recipe.batch, len(y)), max_iter=recipe.epochs, tol=0,
                     n_iter_no_change=recipe.epochs + 1, random_state=seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model.fit(train[0], y)
        values.append(score(recipe, model.predict(judge[0]), truth, back))
    return values


def torch(recipe, train, judge):
    import torch
    torch.set_num_threads(1)
    y, truth, back = targets(recipe, train, judge)
    x = torch.tensor(train[0], dtype=torch.float32)
    y = torch.tensor(y, dtype=torch.float32 if recipe.regression else torch.int64)
    outputs = 1 if recipe.regression else int(y.max()) + 1
    loss = torch.nn.MSELoss() if recipe.regression else torch.nn.CrossEntropyLoss()
    values = []
    for seed in range(recipe.seeds):
        torch.manual_seed(seed)
        layers, width = [], x.shape[1]
        for hidden in recipe.hidden:
            layers += [torch.nn.Linear(width, hidden), torch.nn.ReLU()]
            width = hidden
        model = torch.nn.Sequential(*layers, torch.nn.Linear(width, outputs))
        optimizer = torch.optim.Adam(model.parameters(), lr=recipe.rate)
        for _ in range(recipe.epochs):
            for rows in torch.randperm(len(x)).split(recipe.batch):
                guess = model(x[rows])
                optimizer.zero_grad()
                loss(guess[:, 0] if recipe.regression else guess, y[rows]).backward()
                optimizer.step()
        with torch.no_grad():
            guess = model(torch.tensor(judge[0], dtype=torch.float32))
            guess = guess[:, 0] if recipe.regression else guess.argmax(1)
        values.append(score(recipe, guess.numpy(), truth, back))
    return values
