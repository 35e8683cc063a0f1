"""NumPy as one writes it first: an expression an equation."""

import numpy as np

from protocol import serve


def create(setup):
    return (bmvr if setup.rule == "bmvr" else backprop)(setup)


def bmvr(setup):
    W1, W2T, Q = setup.W1, setup.W2.T.copy(), setup.Q
    activity = hidden_units(setup)
    eta1, eta2, eta_q, ridge = setup.rates["W1"], setup.rates["W2"], setup.rates["Q"], setup.ridge

    def learn(numbers):
        nonlocal W1, W2T, Q
        for t in numbers:
            x, y = setup.X[t], setup.Y[t]
            z, active = activity(W1 @ x)
            n = Q.T @ z
            plateau = W2T @ y - Q @ n
            if active is not None:
                plateau *= active
            dW1 = np.outer(plateau, x)
            dQ = np.outer(z, n) - Q
            if ridge:
                dW1 -= ridge * (Q @ Q.T) @ W1
                dQ += ridge * (W1 @ W1.T) @ Q
            W1 += eta1 * dW1
            W2T += eta2 * (np.outer(z, y) - W2T)
            Q += eta_q * dQ

    return learn, lambda: {"W1": W1, "W2": W2T.T, "Q": Q}


def backprop(setup):
    W1, W2 = setup.W1, setup.W2
    activity = hidden_units(setup)
    eta1, eta2, ridge = setup.rates["W1"], setup.rates["W2"], setup.ridge

    def learn(numbers):
        nonlocal W1, W2
        for t in numbers:
            x, y = setup.X[t], setup.Y[t]
            z, active = activity(W1 @ x)
            error = y - W2 @ z
            delta = W2.T @ error
            if active is not None:
                delta *= active
            dW1 = np.outer(delta, x)
            dW2 = np.outer(error, z)
            if ridge:
                dW1 -= ridge * (W2.T @ W2) @ W1
                dW2 -= ridge * W2 @ (W1 @ W1.T)
            W1 += eta1 * dW1
            W2 += eta2 * dW2

    return learn, lambda: {"W1": W1, "W2": W2}


def hidden_units(setup):
    """z and which units are active (None: all), from W1 x: linear, or ReLU minus its running mean."""
    if not setup.mean_rate:
        return lambda u: (u, None)
    mean = setup.mean

    def activity(u):
        nonlocal mean
        r = np.maximum(u, 0)
        mean += setup.mean_rate * (r - mean)
        return r - mean, u > 0

    return activity


serve("numpyIdiomatic", np.__version__, create)
