"""Networks of layers, in batches or sample by sample, written once for NumPy and PyTorch: a backend has their arrays and products.

A backend has: array(numpy array), empty(*shape), product(a, b, out): out = a b; learn(W, left, right, rate): W += rate leftᵀ right;
gain(b, delta, rate): b += rate (sum of delta's rows); f(u, out): out = f(u); gate(signal, u, h): signal *= f′(u); scale(W, by): W *= by;
add(a, b, out), subtract(a, b, out), step(v, d, rate): v += rate d; copy(a, out); select(X, numbers, out); softmax(u, out); sigmoid(u, out).
"""


def create(backend, setup):
    """What `serve` needs: a function that learns samples of given numbers, and one that returns the weights."""
    sizes = [int(size) for size in setup.values["sizes"].split(",")]
    network = rules[setup.rule](backend, setup, sizes)
    batch = int(setup.values["batch"])

    def learn(numbers):
        for first in range(0, len(numbers), batch):
            network.learn(numbers[first : first + batch])

    return learn, network.weights


class Network:
    """A chain of layers u_l = W_l h_{l−1} + b_l, h_l = f(u_l), on batches whose samples are rows."""

    def __init__(self, backend, setup, sizes):
        self.backend, self.values, self.rates = backend, setup.values, setup.group_rates
        self.batch, self.depth = int(setup.values["batch"]), len(sizes) - 1
        self.output = setup.values["output"]
        self.names = [file.stem for file in setup.folder.glob("*.f32") if file.stem not in ("inputs", "targets", "labels")]
        shapes = {name: self.shape(name, sizes) for name in self.names}
        self.w = {name: backend.array(setup.array(name + ".f32", "float32").reshape(shapes[name])) for name in self.names}
        self.X, self.Y = backend.array(setup.X), backend.array(setup.Y)
        self.x, self.y = (backend.empty(self.batch, size) for size in (sizes[0], sizes[-1]))
        self.u, self.h, self.delta = ([None] + [backend.empty(self.batch, size) for size in sizes[1:]] for _ in range(3))
        self.h[0] = self.x

    @staticmethod
    def shape(name, sizes):
        """Rows and columns of a weight matrix; of biases, their number."""
        kind, l = name[0], int(name[1:])
        return {
            "W": (sizes[l], sizes[l - 1]),
            "b": (sizes[l],),
            "B": (sizes[l], sizes[l + 1] if l + 1 < len(sizes) else 1),
            "A": (sizes[l], sizes[l + 1] if l + 1 < len(sizes) else 1),
            "V": (sizes[l], sizes[-1]),
            "Q": (sizes[l], sizes[l]),
        }[kind]

    def weights(self):
        return {name: self.backend.numpy(value) for name, value in self.w.items()}

    def load(self, numbers):
        self.backend.select(self.X, numbers, self.x)
        self.backend.select(self.Y, numbers, self.y)

    def current(self, l, below, out):
        self.backend.product(below, self.w[f"W{l}"].T, out)
        self.backend.add(out, self.w[f"b{l}"], out)

    def forward(self, depth):
        for l in range(1, depth + 1):
            self.current(l, self.h[l - 1], self.u[l])
            if l < self.depth:
                self.backend.f(self.u[l], self.h[l])

    def change(self, l, delta, below):
        """ΔW_l = η (mean of delta belowᵀ), Δb_l = η (mean of delta)."""
        rate = self.rates["W"] / self.batch
        self.backend.learn(self.w[f"W{l}"], delta, below, rate)
        self.backend.gain(self.w[f"b{l}"], delta, rate)


class Backprop(Network):
    """δ_{L+1} = y − p, δ_l = f′(u_l) ⊙ W_{l+1}ᵀ δ_{l+1}."""

    def back(self, l):
        return self.w[f"W{l + 1}"]

    def learn(self, numbers):
        backend, top = self.backend, self.depth
        self.load(numbers)
        self.forward(top)
        outputs = {"linear": lambda u, out: u, "sigmoid": backend.sigmoid, "softmax": backend.softmax}[self.output]
        p = outputs(self.u[top], self.h[top])
        backend.subtract(self.y, p, self.delta[top])
        for l in range(top - 1, 0, -1):
            backend.product(self.delta[l + 1], self.back(l), self.delta[l])
            backend.gate(self.delta[l], self.u[l], self.h[l])
        for l in range(1, top + 1):
            self.change(l, self.delta[l], self.h[l - 1])


class FeedbackAlignment(Backprop):
    """δ_l = f′(u_l) ⊙ B_l δ_{l+1}."""

    def back(self, l):
        return self.w[f"B{l}"].T


class DeepBmvr(Network):
    """p_l = f′(u_l) ⊙ (V_l y + A_l p_{l+1} − Q_l n_l), n_l = Q_lᵀ h_l; the products that the rule names, at old weights."""

    def __init__(self, backend, setup, sizes):
        super().__init__(backend, setup, sizes)
        self.depth -= 1
        self.n, self.part = ([None] + [backend.empty(self.batch, size) for size in sizes[1:-1]] for _ in range(2))

    def forward(self, depth):
        for l in range(1, depth + 1):
            self.current(l, self.h[l - 1], self.u[l])
            self.backend.f(self.u[l], self.h[l])

    def learn(self, numbers):
        backend, w, p = self.backend, self.w, self.delta
        self.load(numbers)
        self.forward(self.depth)
        for l in range(self.depth, 0, -1):
            backend.product(self.h[l], w[f"Q{l}"], self.n[l])
            backend.product(self.y, w[f"V{l}"].T, p[l])
            if l < self.depth:
                backend.product(p[l + 1], w[f"A{l}"].T, self.part[l])
                backend.add(p[l], self.part[l], p[l])
            backend.product(self.n[l], w[f"Q{l}"].T, self.part[l])
            backend.subtract(p[l], self.part[l], p[l])
            backend.gate(p[l], self.u[l], self.h[l])
        for l in range(1, self.depth + 1):
            self.change(l, p[l], self.h[l - 1])
            for name, pre in (("V", self.y), ("Q", self.n[l])):
                backend.scale(w[f"{name}{l}"], 1 - self.rates[name])
                backend.learn(w[f"{name}{l}"], self.h[l], pre, self.rates[name] / self.batch)
            if l < self.depth:
                backend.learn(w[f"A{l}"], self.h[l], p[l + 1], self.rates["W"] / self.batch)


class PredictiveCoding(Network):
    """ε_l = v_l − W_l f(v_{l−1}) − b_l; v_l += γ (f′(v_l) ⊙ W_{l+1}ᵀ ε_{l+1} − ε_l), so many steps; ΔW_l = η ε_l f(v_{l−1})ᵀ."""

    def __init__(self, backend, setup, sizes):
        super().__init__(backend, setup, sizes)
        self.steps, self.gamma = int(setup.values["steps"]), 1 / 16
        self.v, self.error, self.pull = ([None] + [backend.empty(self.batch, size) for size in sizes[1:]] for _ in range(3))

    def errors(self):
        backend = self.backend
        for l in range(1, self.depth):
            backend.f(self.v[l], self.h[l])
        for l in range(1, self.depth + 1):
            # What the input drives stays as it is.
            mu = self.u[l]
            if l > 1:
                self.current(l, self.h[l - 1], mu)
            backend.subtract(self.y if l == self.depth else self.v[l], mu, self.error[l])

    def learn(self, numbers):
        backend = self.backend
        self.load(numbers)
        self.forward(self.depth - 1)
        for l in range(1, self.depth):
            backend.copy(self.u[l], self.v[l])
        for _ in range(self.steps):
            self.errors()
            for l in range(1, self.depth):
                backend.product(self.error[l + 1], self.w[f"W{l + 1}"], self.pull[l])
                backend.gate(self.pull[l], self.v[l], self.h[l])
                backend.subtract(self.pull[l], self.error[l], self.pull[l])
                backend.step(self.v[l], self.pull[l], self.gamma)
        self.errors()
        for l in range(1, self.depth + 1):
            self.change(l, self.error[l], self.h[l - 1])


rules = {
    "backprop": Backprop,
    "feedback-alignment": FeedbackAlignment,
    "deep-bmvr": DeepBmvr,
    "predictive-coding": PredictiveCoding,
}
