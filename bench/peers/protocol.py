"""The child process's side of what bench/src/race/contestant.ts says, for peers in Python."""

import pathlib
import sys
import time

import numpy as np


class Setup:
    """A problem: see bench/src/race/setup.ts."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        values = self.values = dict(line.split(" ") for line in (self.folder / "setup.txt").read_text().splitlines())
        self.rule = values["rule"]
        self.m, self.n = (int(values[name]) for name in "mn")
        self.X = self.array("inputs.f32", np.float32).reshape(-1, self.m)
        self.Y = self.array("labels.f32", np.float32).reshape(len(self.X), self.n)
        self.group_rates = {name[4:]: float(value) for name, value in values.items() if name.startswith("rate")}
        if "k" in values:
            self.read_hidden_layer(values)

    def read_hidden_layer(self, values):
        """Of a network with one hidden layer."""
        self.k = int(values["k"])
        self.ridge = float(values["ridge"])
        self.mean_rate = float(values["meanRate"])
        self.rates = {name: float(values.get("rate" + name, 0)) for name in ("W1", "W2", "Q")}
        self.W1 = self.array("W1.f32", np.float32).reshape(self.k, self.m)
        self.W2 = self.array("W2.f32", np.float32).reshape(self.n, self.k)
        if self.mean_rate:
            self.mean = self.array("zbar.f32", np.float32)
        if self.rule == "bmvr":
            self.Q = self.array("Q.f32", np.float32).reshape(self.k, self.k)

    def array(self, name, dtype):
        return np.fromfile(self.folder / name, dtype)


def serve(name, version, create):
    """`create(setup)` returns a function that learns samples of given numbers, and one that returns the weights."""
    folder = sys.argv[-1]
    while folder:
        folder = serve_problem(Setup(folder), name, version, create)


def serve_problem(setup, name, version, create):
    """Returns the folder of the next problem, or None at the end of the input."""
    order = setup.array("order.u32", np.uint32).astype(np.int64)
    learn, weights = create(setup)
    print("ready", version, flush=True)
    for line in sys.stdin:
        command, _, rest = line.strip().partition(" ")
        if command == "begin":
            return rest
        if command == "learn":
            first, count = map(int, rest.split())
            numbers = order[np.arange(first, first + count) % len(order)].tolist()
            start = time.perf_counter()
            learn(numbers)
            print(time.perf_counter() - start, flush=True)
        else:
            output = setup.folder / name
            output.mkdir(exist_ok=True)
            for key, value in weights().items():
                np.ascontiguousarray(value, np.float64).tofile(output / (key + ".f64"))
            print("written", flush=True)
    return None
