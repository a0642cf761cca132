"""Makes draws.json: what Labbook draws by key and counter, computed here anew from its definition.

Run it with Python alone: python make_draws.py > draws.json
The generator is Philox 4x32-10 (Salmon and others, 2011), whose published answers are checked first.
Its key is two words of splitmix64 (Steele, Lea, Flood, 2014) over the seed, then over the purpose and
the stream; the counter's low half is the index, its high half the update, epoch or draw.
"""

import json
import math

MASK = (1 << 64) - 1
PURPOSES = {"data": 1, "labelNoise": 2, "split": 3, "take": 4, "initialization": 5, "shuffle": 6,
            "dropout": 7, "search": 8, "bootstrap": 9, "augmentation": 10}


def philox(counter, key):
    c, (k0, k1) = list(counter), key
    for _ in range(10):
        a, b = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
        c = [(b >> 32) ^ c[1] ^ k0, b & 0xFFFFFFFF, (a >> 32) ^ c[3] ^ k1, a & 0xFFFFFFFF]
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c


assert philox([0] * 4, (0, 0)) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
assert philox([0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344], (0xA4093822, 0x299F31D0)) == [
    0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]


def mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


class Draws:
    def __init__(self, seed, purpose, stream=0):
        state = mix((seed + 0x9E3779B97F4A7C15) & MASK)
        # In Swift ^ and &+ have one precedence, left to right.
        state = mix(((state ^ (PURPOSES[purpose] << 32)) + stream) & MASK)
        self.key = (state & 0xFFFFFFFF, state >> 32)

    def words(self, major, minor):
        major, minor = major & MASK, minor & MASK
        return philox([minor & 0xFFFFFFFF, minor >> 32, major & 0xFFFFFFFF, major >> 32], self.key)

    def uniform(self, major, minor):
        w = self.words(major, minor)
        return ((w[0] << 32 | w[1]) >> 11) * 2.0 ** -53

    def normal(self, major, minor):
        w = self.words(major, minor)
        a, b = ((w[0] << 32 | w[1]) >> 11) * 2.0 ** -53, ((w[2] << 32 | w[3]) >> 11) * 2.0 ** -53
        return math.sqrt(-2 * math.log(1 - a)) * math.cos(2 * math.pi * b)

    def below(self, bound, major, minor):
        w = self.words(major, minor)
        return (w[0] << 32 | w[1]) * bound >> 64

    def permutation(self, count, major):
        order = list(range(count))
        for place in range(count - 1, 0, -1):
            other = self.below(place + 1, major, place)
            order[place], order[other] = order[other], order[place]
        return order


def draws(seed, purpose, stream):
    d = Draws(seed, purpose, stream)
    places = [(0, 0), (0, 1), (3, 7), (-2, 5), (1 << 40, (1 << 33) + 1)]
    return {"seed": seed, "purpose": PURPOSES[purpose], "stream": stream, "key": d.key,
            "places": places, "words": [d.words(*p) for p in places],
            "uniform": [d.uniform(*p) for p in places], "normal": [d.normal(*p) for p in places],
            "below": [d.below(1000, *p) for p in places], "permutation": d.permutation(20, 3)}


def weights(kind, bound, deviation):
    """The first weights of a network 3 -> 2 -> 4, its tensors numbered from 0."""
    result = []
    for stream, count in enumerate([6, 2, 8, 4]):
        d = Draws(11, "initialization", stream)
        is_bias = stream % 2 == 1
        inputs, outputs = (3, 2) if stream < 2 else (2, 4)
        if is_bias and kind != "default":
            result.append([0.0] * count)
        elif bound:
            result.append([bound(inputs, outputs) * (2 * d.uniform(0, i) - 1) for i in range(count)])
        else:
            result.append([deviation(inputs, outputs) * d.normal(0, i) for i in range(count)])
    return {"kind": kind, "tensors": result}


def images(seed, flip, shift, height, width):
    """Where in its own image each pixel of a changed image comes from, by update and row of the data."""
    d = Draws(seed, "augmentation")
    places = []
    for update in range(3):
        places.append([])
        for row in range(7):
            words = d.words(update, row)
            turned = flip and words[0] >= 1 << 31
            down = (words[1] * (2 * shift + 1) >> 32) - shift
            right = (words[2] * (2 * shift + 1) >> 32) - shift
            image = []
            for h in range(height):
                for w in range(width):
                    column = width - 1 - w if turned else w
                    i = min(max(h - down, 0), height - 1)
                    j = min(max(column - right, 0), width - 1)
                    image.append(i * width + j)
            places[-1].append(image)
    return {"seed": seed, "flip": flip, "shift": shift, "size": [height, width], "places": places}


print(json.dumps({
    "draws": [draws(1, "data", 0), draws(2, "shuffle", 0), draws(-5, "bootstrap", 3),
              draws(1 << 50, "dropout", 12), draws(0, "search", 1), draws(9, "split", 0),
              draws(9, "take", 0), draws(9, "labelNoise", 0), draws(9, "initialization", 2),
              draws(4, "augmentation", 0)],
    "images": [images(4, False, 2, 4, 5), images(4, True, 0, 4, 5), images(-7, True, 3, 6, 4)],
    "weights": [
        weights("default", lambda i, o: 1 / math.sqrt(i), None),
        weights("kaiming-uniform", lambda i, o: math.sqrt(2 if i == 3 else 1) * math.sqrt(3 / i), None),
        weights("kaiming-normal", None, lambda i, o: math.sqrt((2 if i == 3 else 1) / i)),
        weights("xavier-uniform", lambda i, o: math.sqrt(6 / (i + o)), None),
        weights("xavier-normal", None, lambda i, o: math.sqrt(2 / (i + o))),
        weights("normal", None, lambda i, o: 1.0),
        weights("uniform", lambda i, o: 1.0, None),
    ],
}, separators=(",", ":")))
