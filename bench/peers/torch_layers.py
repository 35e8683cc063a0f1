"""Networks of layers in PyTorch, every result in a tensor that is there already; sums of outer products in place by addmm_ and addr_."""

import torch

import layers
from protocol import serve


class Backend:
    def __init__(self, activation):
        torch.set_num_threads(1)
        torch.set_grad_enabled(False)
        self.relu = activation == "relu"
        self.scratch = {}

    def array(self, values):
        return torch.from_numpy(values)

    def numpy(self, values):
        return values.numpy()

    def empty(self, *shape):
        return torch.empty(*shape)

    def room(self, like, use, **kind):
        key = (tuple(like.shape), use)
        if key not in self.scratch:
            self.scratch[key] = torch.empty_like(like, **kind)
        return self.scratch[key]

    def product(self, a, b, out):
        # One row is a vector.
        if len(a) == 1:
            torch.mv(b.t(), a[0], out=out[0])
        else:
            torch.mm(a, b, out=out)

    def learn(self, weights, left, right, rate):
        if len(left) == 1:
            weights.addr_(left[0], right[0], alpha=rate)
        else:
            weights.addmm_(left.t(), right, alpha=rate)

    def gain(self, biases, delta, rate):
        biases.add_(delta.sum(0), alpha=rate)

    def f(self, u, out):
        return torch.clamp(u, min=0, out=out) if self.relu else torch.sigmoid(u, out=out)

    def gate(self, signal, u, h):
        if self.relu:
            active = self.room(u, "active", dtype=torch.bool)
            torch.gt(u, 0, out=active)
            signal.mul_(active)
        else:
            slope = self.room(h, "slope")
            torch.mul(h, h, out=slope)
            torch.sub(h, slope, out=slope)
            signal.mul_(slope)

    def scale(self, weights, by):
        weights.mul_(by)

    def add(self, a, b, out):
        torch.add(a, b, out=out)

    def subtract(self, a, b, out):
        torch.sub(a, b, out=out)

    def step(self, v, d, rate):
        v.add_(d, alpha=rate)

    def copy(self, a, out):
        out.copy_(a)

    def select(self, values, numbers, out):
        torch.index_select(values, 0, torch.tensor(numbers), out=out)

    def sigmoid(self, u, out):
        return torch.sigmoid(u, out=out)

    def softmax(self, u, out):
        return torch.softmax(u, 1, out=out)


serve("torch", torch.__version__, lambda setup: layers.create(Backend(setup.values["activation"]), setup))
