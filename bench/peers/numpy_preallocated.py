"""NumPy with every result in an array that is there already."""

import numpy as np
from numpy import add, dot, greater, maximum, multiply, subtract

from protocol import serve


def scalar(value):
    """An array of one number: ufuncs take it without looking for a common type, as they do for a Python float."""
    return np.array([value], np.float32)


def create(setup):
    return (bmvr if setup.rule == "bmvr" else backprop)(setup)


def bmvr(setup):
    X, Y, k, m, n = list(setup.X), list(setup.Y), setup.k, setup.m, setup.n
    W1, W2T, Q = setup.W1, setup.W2.T.copy(), setup.Q
    W1T, QT = W1.T, Q.T
    activity = hidden_units(setup)
    rates, ridge = setup.rates, setup.ridge
    eta1, eta2, eta_q = scalar(rates["W1"]), scalar(rates["W2"]), scalar(rates["Q"])
    keep2, keep_q = scalar(1 - rates["W2"]), scalar(1 - rates["Q"])
    decay1, noise_q = scalar(rates["W1"] * ridge), scalar(rates["Q"] * ridge)
    u, interneurons, plateau, balance = (np.empty(k, np.float32) for _ in range(4))
    dW1, decayW1 = np.empty((k, m), np.float32), np.empty((k, m), np.float32)
    dW2T = np.empty((k, n), np.float32)
    dQ, noiseQ, gram, multiplier = (np.empty((k, k), np.float32) for _ in range(4))
    scaled = np.empty(k, np.float32)
    plateau_column, scaled_column = plateau[:, None], scaled[:, None]

    def learn(numbers):
        for t in numbers:
            x, y = X[t], Y[t]
            dot(W1, x, u)
            z, active = activity(u)
            dot(QT, z, interneurons)
            dot(Q, interneurons, balance)
            dot(W2T, y, plateau)
            subtract(plateau, balance, plateau)
            if active is not None:
                multiply(plateau, active, plateau)
            multiply(plateau, eta1, plateau)
            multiply(plateau_column, x, dW1)
            if ridge:
                dot(Q, QT, multiplier)
                multiply(multiplier, decay1, multiplier)
                dot(multiplier, W1, decayW1)
                dot(W1, W1T, gram)
                multiply(gram, noise_q, gram)
                dot(gram, Q, noiseQ)
                subtract(W1, decayW1, W1)
            add(W1, dW1, W1)
            multiply(z, eta2, scaled)
            multiply(scaled_column, y, dW2T)
            multiply(W2T, keep2, W2T)
            add(W2T, dW2T, W2T)
            multiply(z, eta_q, scaled)
            multiply(scaled_column, interneurons, dQ)
            multiply(Q, keep_q, Q)
            add(Q, dQ, Q)
            if ridge:
                add(Q, noiseQ, Q)

    return learn, lambda: {"W1": W1, "W2": W2T.T, "Q": Q}


def backprop(setup):
    X, Y, k, m, n = list(setup.X), list(setup.Y), setup.k, setup.m, setup.n
    W1, W2 = setup.W1, setup.W2
    W1T, W2T = W1.T, W2.T
    activity = hidden_units(setup)
    rates, ridge = setup.rates, setup.ridge
    eta1, eta2 = scalar(rates["W1"]), scalar(rates["W2"])
    decay1, decay2 = scalar(rates["W1"] * ridge), scalar(rates["W2"] * ridge)
    u, delta = np.empty(k, np.float32), np.empty(k, np.float32)
    error = np.empty(n, np.float32)
    dW1, decayW1 = np.empty((k, m), np.float32), np.empty((k, m), np.float32)
    dW2, decayW2 = np.empty((n, k), np.float32), np.empty((n, k), np.float32)
    gram, gram2 = np.empty((k, k), np.float32), np.empty((k, k), np.float32)
    delta_column, error_column = delta[:, None], error[:, None]

    def learn(numbers):
        for t in numbers:
            x, y = X[t], Y[t]
            dot(W1, x, u)
            z, active = activity(u)
            dot(W2, z, error)
            subtract(y, error, error)
            dot(W2T, error, delta)
            if active is not None:
                multiply(delta, active, delta)
            multiply(delta, eta1, delta)
            multiply(delta_column, x, dW1)
            multiply(error, eta2, error)
            multiply(error_column, z, dW2)
            if ridge:
                dot(W2T, W2, gram2)
                multiply(gram2, decay1, gram2)
                dot(gram2, W1, decayW1)
                dot(W1, W1T, gram)
                multiply(gram, decay2, gram)
                dot(W2, gram, decayW2)
                subtract(W1, decayW1, W1)
                subtract(W2, decayW2, W2)
            add(W1, dW1, W1)
            add(W2, dW2, W2)

    return learn, lambda: {"W1": W1, "W2": W2}


def hidden_units(setup):
    """z and which units are active (None: all), from W1 x: linear, or ReLU minus its running mean."""
    if not setup.mean_rate:
        return lambda u: (u, None)
    k, rate, zero = setup.k, scalar(setup.mean_rate), scalar(0)
    mean, z, step = setup.mean, np.empty(k, np.float32), np.empty(k, np.float32)
    active = np.empty(k, bool)

    def activity(u):
        greater(u, zero, active)
        maximum(u, zero, z)
        subtract(z, mean, step)
        multiply(step, rate, step)
        add(mean, step, mean)
        subtract(z, mean, z)
        return z, active

    return activity


serve("numpy", np.__version__, create)
