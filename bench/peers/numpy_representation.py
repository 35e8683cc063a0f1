"""Rules without labels in NumPy, every result in an array that is there already; with --float64, what all are compared with."""

import sys

import numpy as np

from protocol import serve

wide = "--float64" in sys.argv
dtype = np.float64 if wide else np.float32


class Room:
    """Weights by name, and arrays for what is in between."""

    def __init__(self, setup, names, k):
        self.rates = {name: dtype(rate) for name, rate in setup.group_rates.items()}
        self.weights = {}
        for name, shape in names.items():
            self.weights[name] = setup.array(name + ".f32", np.float32).reshape(shape).astype(dtype)
        self.changes = {name: np.empty_like(weights) for name, weights in self.weights.items()}
        self.z, self.a, self.b, self.sum = (np.empty(k, dtype) for _ in range(4))

    def learn(self, name, post, pre, decay):
        """W ← W + η (post preᵀ − decay W)"""
        weights, change, rate = self.weights[name], self.changes[name], self.rates[name]
        np.multiply(post, rate, self.sum)
        if decay:
            np.multiply(weights, dtype(1) - rate * dtype(decay), weights)
        np.multiply(self.sum[:, None], pre, change)
        np.add(weights, change, weights)


def similarity_matching(setup, X, Y, k):
    room = Room(setup, {"W": (k, setup.m), "M": (k, k)}, k)
    W, M, a = room.weights["W"], room.weights["M"], room.a

    def learn(numbers):
        for t in numbers:
            x = X[t]
            np.dot(W, x, a)
            y = np.linalg.solve(M, a)
            room.learn("W", y, x, 1)
            room.learn("M", y, y, 1)

    return learn, room.weights


def adaptive_soft(setup, X, Y, k):
    room = Room(setup, {"W": (k, setup.m), "M": (k, k), "D": (k, 1)}, k)
    W, M, D, u = room.weights["W"], room.weights["M"], room.weights["D"][:, 0], room.a
    system, forgets, keeps = np.empty((k, k), dtype), np.empty(k, dtype), np.empty(k, dtype)
    diagonal, alpha, one = np.diag_indices(k), dtype(1), dtype(1)

    def change(name, y, pre):
        np.multiply(room.weights[name], keeps[:, None], room.weights[name])
        np.multiply(room.sum[:, None], pre, room.changes[name])
        np.add(room.weights[name], room.changes[name], room.weights[name])

    def learn(numbers):
        for t in numbers:
            x = X[t]
            np.dot(W, x, u)
            np.copyto(system, M)
            system[diagonal] += one
            y = np.linalg.solve(system, u)
            np.multiply(y, y, forgets)
            np.add(forgets, alpha, forgets)
            np.add(D, forgets, D)
            np.divide(forgets, D, keeps)
            np.subtract(one, keeps, keeps)
            np.divide(y, D, room.sum)
            change("W", y, x)
            change("M", y, y)
            M[diagonal] = 0

    return learn, room.weights


def bio_cca(setup, X, Y, k):
    room = Room(setup, {"Wx": (k, setup.m), "Wy": (k, setup.n), "M": (k, k)}, k)
    Wx, Wy, M, a, b = room.weights["Wx"], room.weights["Wy"], room.weights["M"], room.a, room.b

    def learn(numbers):
        for t in numbers:
            x, y = X[t], Y[t]
            np.dot(Wx, x, a)
            np.dot(Wy, y, b)
            np.add(a, b, room.z)
            z = np.linalg.solve(M, room.z)
            np.subtract(z, a, a)
            np.subtract(z, b, b)
            room.learn("Wx", a, x, 0)
            room.learn("Wy", b, y, 0)
            room.learn("M", z, z, 1)

    return learn, room.weights


def reduced_rank_regression(setup, X, Y, k):
    room = Room(setup, {"Wx": (k, setup.m), "Wy": (k, setup.n), "Q": (k, k)}, k)
    Wx, Wy, Q, z, a, n = (*(room.weights[name] for name in ("Wx", "Wy", "Q")), room.z, room.a, room.b)
    plateau = np.empty(k, dtype)

    def learn(numbers):
        for t in numbers:
            x, y = X[t], Y[t]
            np.dot(Wx, x, z)
            np.dot(Q.T, z, n)
            np.dot(Wy, y, a)
            np.dot(Q, n, plateau)
            np.subtract(a, plateau, plateau)
            room.learn("Wx", plateau, x, 0)
            room.learn("Wy", z, y, 1)
            room.learn("Q", z, n, 1)

    return learn, room.weights


rules = {
    "similarity-matching": similarity_matching,
    "adaptive-soft": adaptive_soft,
    "bio-cca": bio_cca,
    "reduced-rank-regression": reduced_rank_regression,
}


def create(setup):
    X, Y = setup.X.astype(dtype), setup.Y.astype(dtype)
    learn, weights = rules[setup.rule](setup, X, Y, int(setup.values["cells"]))
    return learn, lambda: weights


serve("reference" if wide else "numpy", np.__version__, create)
