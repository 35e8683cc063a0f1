"""PyTorch with every result in a tensor that is there already, and rank-1 updates in place by addr_."""

import torch

from protocol import serve


def create(setup):
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    return (bmvr if setup.rule == "bmvr" else backprop)(setup)


def bmvr(setup):
    X, Y = list(torch.from_numpy(setup.X)), list(torch.from_numpy(setup.Y))
    k, ridge = setup.k, setup.ridge
    W1, W2T, Q = torch.from_numpy(setup.W1), torch.from_numpy(setup.W2.T.copy()), torch.from_numpy(setup.Q)
    W1T, QT = W1.t(), Q.t()
    activity = hidden_units(setup)
    eta1, eta2, eta_q = setup.rates["W1"], setup.rates["W2"], setup.rates["Q"]
    u, interneurons, plateau = torch.empty(k), torch.empty(k), torch.empty(k)
    gram, multiplier, noiseQ = torch.empty(k, k), torch.empty(k, k), torch.empty(k, k)
    decayW1 = torch.empty_like(W1)

    def learn(numbers):
        for t in numbers:
            x, y = X[t], Y[t]
            torch.mv(W1, x, out=u)
            z, active = activity(u)
            torch.mv(QT, z, out=interneurons)
            torch.mv(W2T, y, out=plateau)
            plateau.addmv_(Q, interneurons, alpha=-1)
            if active is not None:
                plateau.mul_(active)
            if ridge:
                torch.mm(Q, QT, out=multiplier)
                torch.mm(multiplier, W1, out=decayW1)
                torch.mm(W1, W1T, out=gram)
                torch.mm(gram, Q, out=noiseQ)
                W1.sub_(decayW1, alpha=eta1 * ridge)
            W1.addr_(plateau, x, alpha=eta1)
            W2T.addr_(z, y, beta=1 - eta2, alpha=eta2)
            Q.addr_(z, interneurons, beta=1 - eta_q, alpha=eta_q)
            if ridge:
                Q.add_(noiseQ, alpha=eta_q * ridge)

    return learn, lambda: {"W1": W1.numpy(), "W2": W2T.t().numpy(), "Q": Q.numpy()}


def backprop(setup):
    X, Y = list(torch.from_numpy(setup.X)), list(torch.from_numpy(setup.Y))
    k, n, ridge = setup.k, setup.n, setup.ridge
    W1, W2 = torch.from_numpy(setup.W1), torch.from_numpy(setup.W2)
    W1T, W2T = W1.t(), W2.t()
    activity = hidden_units(setup)
    eta1, eta2 = setup.rates["W1"], setup.rates["W2"]
    u, delta, error = torch.empty(k), torch.empty(k), torch.empty(n)
    gram, gram2 = torch.empty(k, k), torch.empty(k, k)
    decayW1, decayW2 = torch.empty_like(W1), torch.empty_like(W2)

    def learn(numbers):
        for t in numbers:
            x, y = X[t], Y[t]
            torch.mv(W1, x, out=u)
            z, active = activity(u)
            torch.addmv(y, W2, z, alpha=-1, out=error)
            torch.mv(W2T, error, out=delta)
            if active is not None:
                delta.mul_(active)
            if ridge:
                torch.mm(W2T, W2, out=gram2)
                torch.mm(gram2, W1, out=decayW1)
                torch.mm(W1, W1T, out=gram)
                torch.mm(W2, gram, out=decayW2)
                W1.sub_(decayW1, alpha=eta1 * ridge)
                W2.sub_(decayW2, alpha=eta2 * ridge)
            W1.addr_(delta, x, alpha=eta1)
            W2.addr_(error, z, alpha=eta2)

    return learn, lambda: {"W1": W1.numpy(), "W2": W2.numpy()}


def hidden_units(setup):
    """z and which units are active (None: all), from W1 x: linear, or ReLU minus its running mean."""
    if not setup.mean_rate:
        return lambda u: (u, None)
    k, rate = setup.k, setup.mean_rate
    mean, z, active = torch.from_numpy(setup.mean), torch.empty(k), torch.empty(k, dtype=torch.bool)

    def activity(u):
        torch.gt(u, 0, out=active)
        torch.clamp(u, min=0, out=z)
        mean.lerp_(z, rate)
        z.sub_(mean)
        return z, active

    return activity


serve("torch", torch.__version__, create)
