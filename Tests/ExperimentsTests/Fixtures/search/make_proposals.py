"""Writes proposals.json: what random, sobol and tpe propose, worked out anew in plain Python.

python make_proposals.py, beside this file and sobol.csv, which is SciPy's. It follows the comments of
ParzenEstimator and TPEStrategy and the paper of Philox; it shares no line with the program.
"""
import json
import math
from pathlib import Path

HERE = Path(__file__).parent
M64, M32, SEARCH = (1 << 64) - 1, (1 << 32) - 1, 8
CANDIDATES, MOST_GOOD, MOST_BAD = 24, 25, 400


def mix(z):
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M64
    return z ^ (z >> 31)


class Draw:
    def __init__(self, seed, stream):
        state = mix(((seed & M64) + 0x9E3779B97F4A7C15) & M64)
        state = mix(((state ^ (SEARCH << 32)) + stream) & M64)
        self.key = (state & M32, state >> 32)

    def words(self, major, minor):
        c = [minor & M32, (minor & M64) >> 32, major & M32, (major & M64) >> 32]
        k0, k1 = self.key
        for _ in range(10):
            a, b = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
            c = [(b >> 32) ^ c[1] ^ k0, b & M32, (a >> 32) ^ c[3] ^ k1, a & M32]
            k0, k1 = (k0 + 0x9E3779B9) & M32, (k1 + 0xBB67AE85) & M32
        return c

    def uniform(self, major, minor):
        w = self.words(major, minor)
        return ((w[0] << 32 | w[1]) >> 11) * 2.0**-53

    def normal(self, major, minor):
        w = self.words(major, minor)
        a = ((w[0] << 32 | w[1]) >> 11) * 2.0**-53
        b = ((w[2] << 32 | w[3]) >> 11) * 2.0**-53
        return math.sqrt(-2 * math.log(1 - a)) * math.cos(2 * math.pi * b)

    def below(self, bound, major, minor):
        w = self.words(major, minor)
        return (w[0] << 32 | w[1]) * bound >> 64


class Range:
    """A searched range; a choice has the places of its values."""

    def __init__(self, kind, low, high):
        self.kind, self.low, self.high = kind, low, high
        self.choices = high - low + 1 if kind == "choice" else 0

    def value(self, u):
        if self.kind in ("int_uniform", "choice"):
            return min(self.high, self.low + math.floor(u * (self.high - self.low + 1)))
        if self.kind == "uniform":
            x = self.low * (1 - u) + self.high * u
        else:
            x = math.exp(math.log(self.low) * (1 - u) + math.log(self.high) * u)
        return min(self.high, max(self.low, float(f"{x:.5e}")))

    def unit(self, x):
        if self.kind in ("int_uniform", "choice"):
            return (x - self.low + 0.5) / (self.high - self.low + 1)
        if self.kind == "uniform":
            return (x - self.low) / (self.high - self.low)
        return math.log(x / self.low) / math.log(self.high / self.low)


SOBOL = {int(line.split(",")[0]): [float(x) for x in line.split(",")[1:]]
         for line in (HERE / "sobol.csv").read_text().split()}


def sobol(number, ranges, seed):
    shifts = [Draw(seed, 1).words(0, place)[0] for place in range(len(ranges))]
    bits = [int(SOBOL[number][d] * 2**32) ^ s for d, s in enumerate(shifts)]
    return [r.value(b * 2.0**-32) for r, b in zip(ranges, bits)]


def cut(centre, deviation):
    """The logarithm of what a normal density on [0, 1] is divided by, with its sign turned."""
    phi = [0.5 * math.erfc((centre - end) / deviation / math.sqrt(2)) for end in (0, 1)]
    return -math.log(deviation * math.sqrt(2 * math.pi) * (phi[1] - phi[0]))


class Density:
    def __init__(self, observations, ranges):
        self.ranges = ranges
        n = len(observations)
        self.smoothing, self.least = 1 / (n + 1), 1 / min(100, n + 2)
        self.points = [self.places(o) for o in observations]
        self.deviations = [[None] * len(ranges) for _ in observations]
        for d, r in enumerate(ranges):
            known = sorted((p[d], i) for i, p in enumerate(self.points) if p[d] is not None)
            for order, (x, i) in enumerate(known):
                gaps = []
                if len(known) == 1:
                    gaps = [x, 1 - x]
                if order > 0:
                    gaps.append(x - known[order - 1][0])
                if order + 1 < len(known):
                    gaps.append(known[order + 1][0] - x)
                self.deviations[i][d] = min(1, max(self.least, max(gaps)))

    def places(self, observation):
        return [None if x is None else x if r.kind == "choice" else r.unit(x)
                for r, x in zip(self.ranges, observation)]

    def add(self, observation):
        point, deviations = self.places(observation), []
        for d in range(len(self.ranges)):
            others = [p[d] for p in self.points if p[d] is not None]
            below = max([x for x in others if x <= point[d]], default=0)
            above = min([x for x in others if x > point[d]], default=1)
            deviations.append(min(1, max(self.least, point[d] - below, above - point[d])))
        self.points.append(point)
        self.deviations.append(deviations)

    def log_density(self, values):
        point = self.places(values)
        terms = []
        for centre, deviation in [*zip(self.points, self.deviations), (None, None)]:
            total = 0
            for d, r in enumerate(self.ranges):
                c = None if centre is None else centre[d]
                if r.kind == "choice":
                    if c is None:
                        total -= math.log(r.choices)
                    else:
                        weight = self.smoothing + (1 if c == point[d] else 0)
                        total += math.log(weight / (1 + self.smoothing * r.choices))
                elif centre is None or c is not None:
                    c, s = (0.5, 1) if centre is None else (c, deviation[d])
                    total += cut(c, s) - 0.5 * ((point[d] - c) / s) ** 2
            terms.append(total)
        top = max(terms)
        return top + math.log(sum(math.exp(t - top) for t in terms) / len(terms))

    def draw(self, random, number, candidate):
        first, result = candidate * (len(self.ranges) + 1), []
        kernel = random.below(len(self.points) + 1, number, first)
        for d, r in enumerate(self.ranges):
            minor = first + 1 + d
            is_broad = kernel == len(self.points)
            c = None if is_broad else self.points[kernel][d]
            u = random.uniform(number, minor)
            if r.kind == "choice":
                own = 0 if c is None else 1 / (1 + self.smoothing * r.choices)
                result.append(c if u < own else min(
                    r.choices - 1, math.floor((u - own) / (1 - own) * r.choices)))
            elif c is None and not is_broad:
                result.append(r.value(u))
            else:
                c, s = (0.5, 1) if is_broad else (c, self.deviations[kernel][d])
                for attempt in range(64):
                    x = c + s * random.normal(number, minor + (attempt << 32))
                    if 0 <= x < 1:
                        break
                else:
                    x = c
                result.append(r.value(x))
        return result


def tpe(numbers, ranges, trials, seed, startup):
    if numbers[0] < startup:
        return [sobol(number, ranges, seed) for number in numbers]
    ranked = sorted(range(len(trials)), key=lambda i: (trials[i][1], i))
    good = ranked[: min(MOST_GOOD, math.ceil(len(trials) / 10))]
    rest = [i for i in range(len(trials)) if i not in set(good)]
    rest = rest[:: max(1, math.ceil(len(rest) / MOST_BAD))]
    better = Density([trials[i][0] for i in good], ranges)
    worse = Density([trials[i][0] for i in rest], ranges)
    random, proposals = Draw(seed, 2), []
    for number in numbers:
        draws = [better.draw(random, number, k) for k in range(CANDIDATES)]
        ratios = [better.log_density(x) - worse.log_density(x) for x in draws]
        proposals.append(draws[ratios.index(max(ratios))])
        worse.add(proposals[-1])
    return proposals


def search(ranges, function, seed, runs, startup, size):
    """Every round with the trials before it."""
    trials, rounds = [], []
    while len(trials) < runs:
        count = startup if not trials else min(size, runs - len(trials))
        numbers = list(range(len(trials), len(trials) + count))
        proposals = tpe(numbers, ranges, trials, seed, startup)
        results = [function(x) for x in proposals]
        rounds.append({"proposals": proposals, "values": [v for v, _ in results],
                       "scores": [None if s == math.inf else s for _, s in results]})
        trials += results
    return rounds


def branin(x):
    first = x[1] - 5.1 / (4 * math.pi**2) * x[0] ** 2 + 5 / math.pi * x[0] - 6
    return x, round(first**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10, 6)


def mixed(x):
    """A setting that one choice has alone, and a choice that always diverges."""
    kind, rate, momentum, width = x
    if kind == 2:
        return [kind, rate, None, width], math.inf
    score = (math.log10(rate) + 3) ** 2 / 4 + 0.1 * (width - 4) ** 2
    own = 4 * (momentum - 0.9) ** 2 if kind == 0 else 0.15
    return [kind, rate, momentum if kind == 0 else None, width], round(score + own, 6)


def steps(x):
    """Many equal scores."""
    return x, float(math.floor(4 * x[0]))


SPACES = {
    "branin": ([Range("uniform", -5, 10), Range("uniform", 0, 15)], branin, 3, 60, 10, 4),
    "mixed": ([Range("choice", 0, 2), Range("log_uniform", 1e-5, 1), Range("uniform", 0, 1),
               Range("int_uniform", 1, 6)], mixed, 5, 60, 12, 3),
    "steps": ([Range("uniform", 0, 1)], steps, -1, 300, 20, 20),
}
searches = [
    {"name": name, "seed": seed, "runs": runs, "startup": startup, "round": size,
     "ranges": [[r.kind, r.low, r.high] for r in ranges],
     "rounds": search(ranges, function, seed, runs, startup, size)}
    for name, (ranges, function, seed, runs, startup, size) in SPACES.items()]
ranges = SPACES["mixed"][0]
plain = [[r.value(SOBOL[n][d]) for d, r in enumerate(ranges)] for n in range(12)]
drawn = [[r.value(Draw(6, 0).uniform(n, d)) for d, r in enumerate(ranges)] for n in range(12)]
text = json.dumps({"searches": searches, "sobol": plain, "random": drawn,
                   "scrambled": [sobol(n, ranges, 6) for n in range(12)]})
(HERE / "proposals.json").write_text(text + "\n")
