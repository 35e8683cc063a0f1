"""PyTorch as one writes it first: an expression an equation."""

import torch

from protocol import serve


def create(setup):
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    return (bmvr if setup.rule == "bmvr" else backprop)(setup)


def bmvr(setup):
    X, Y = torch.from_numpy(setup.X), torch.from_numpy(setup.Y)
    W1, W2T, Q = torch.from_numpy(setup.W1), torch.from_numpy(setup.W2.T.copy()), torch.from_numpy(setup.Q)
    activity = hidden_units(setup)
    eta1, eta2, eta_q, ridge = setup.rates["W1"], setup.rates["W2"], setup.rates["Q"], setup.ridge

    def learn(numbers):
        nonlocal W1, W2T, Q
        for t in numbers:
            x, y = X[t], Y[t]
            z, active = activity(W1 @ x)
            n = Q.T @ z
            plateau = W2T @ y - Q @ n
            if active is not None:
                plateau *= active
            dW1 = torch.outer(plateau, x)
            dQ = torch.outer(z, n) - Q
            if ridge:
                dW1 -= ridge * (Q @ Q.T) @ W1
                dQ += ridge * (W1 @ W1.T) @ Q
            W1 += eta1 * dW1
            W2T += eta2 * (torch.outer(z, y) - W2T)
            Q += eta_q * dQ

    return learn, lambda: {"W1": W1.numpy(), "W2": W2T.T.numpy(), "Q": Q.numpy()}


def backprop(setup):
    X, Y = torch.from_numpy(setup.X), torch.from_numpy(setup.Y)
    W1, W2 = torch.from_numpy(setup.W1), torch.from_numpy(setup.W2)
    activity = hidden_units(setup)
    eta1, eta2, ridge = setup.rates["W1"], setup.rates["W2"], setup.ridge

    def learn(numbers):
        nonlocal W1, W2
        for t in numbers:
            x, y = X[t], Y[t]
            z, active = activity(W1 @ x)
            error = y - W2 @ z
            delta = W2.T @ error
            if active is not None:
                delta *= active
            dW1 = torch.outer(delta, x)
            dW2 = torch.outer(error, z)
            if ridge:
                dW1 -= ridge * (W2.T @ W2) @ W1
                dW2 -= ridge * W2 @ (W1 @ W1.T)
            W1 += eta1 * dW1
            W2 += eta2 * dW2

    return learn, lambda: {"W1": W1.numpy(), "W2": W2.numpy()}


def hidden_units(setup):
    """z and which units are active (None: all), from W1 x: linear, or ReLU minus its running mean."""
    if not setup.mean_rate:
        return lambda u: (u, None)
    mean = torch.from_numpy(setup.mean)

    def activity(u):
        nonlocal mean
        r = torch.relu(u)
        mean += setup.mean_rate * (r - mean)
        return r - mean, u > 0

    return activity


serve("torchIdiomatic", torch.__version__, create)
