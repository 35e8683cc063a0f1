"""Networks of layers in NumPy, every result in an array that is there already; with --float64, what all are compared with."""

import sys

import numpy as np

import layers
from protocol import serve


class Backend:
    def __init__(self, activation, dtype):
        self.dtype, self.relu = dtype, activation == "relu"
        self.scratch = {}

    def array(self, values):
        return values.astype(self.dtype)

    def numpy(self, values):
        return values

    def empty(self, *shape):
        return np.empty(shape, self.dtype)

    def room(self, shape, dtype, use):
        """An array for what is in between, the same at each call."""
        key = (shape, dtype, use)
        if key not in self.scratch:
            self.scratch[key] = np.empty(shape, dtype)
        return self.scratch[key]

    def product(self, a, b, out):
        # One row is a vector: what NumPy hands to gemv.
        np.dot(a[0], b, out[0]) if len(a) == 1 else np.dot(a, b, out)

    def learn(self, weights, left, right, rate):
        change = self.room(weights.shape, self.dtype, "change")
        scaled = self.room(left.shape, self.dtype, "scaled")
        np.multiply(left, self.dtype(rate), scaled)
        if len(left) == 1:
            np.multiply(scaled.T, right, change)
        else:
            np.dot(scaled.T, right, change)
        np.add(weights, change, weights)

    def gain(self, biases, delta, rate):
        total = self.room(biases.shape, self.dtype, "total")
        np.sum(delta, 0, out=total)
        np.multiply(total, self.dtype(rate), total)
        np.add(biases, total, biases)

    def f(self, u, out):
        return np.maximum(u, self.dtype(0), out) if self.relu else self.sigmoid(u, out)

    def gate(self, signal, u, h):
        if self.relu:
            active = self.room(u.shape, bool, "active")
            np.greater(u, self.dtype(0), active)
            np.multiply(signal, active, signal)
        else:
            slope = self.room(h.shape, self.dtype, "slope")
            np.subtract(self.dtype(1), h, slope)
            np.multiply(slope, h, slope)
            np.multiply(signal, slope, signal)

    def scale(self, weights, by):
        np.multiply(weights, self.dtype(by), weights)

    def add(self, a, b, out):
        np.add(a, b, out)

    def subtract(self, a, b, out):
        np.subtract(a, b, out)

    def step(self, v, d, rate):
        np.multiply(d, self.dtype(rate), d)
        np.add(v, d, v)

    def copy(self, a, out):
        np.copyto(out, a)

    def select(self, values, numbers, out):
        np.take(values, numbers, 0, out, "clip")

    def sigmoid(self, u, out):
        np.negative(u, out)
        np.exp(out, out)
        np.add(out, self.dtype(1), out)
        return np.reciprocal(out, out)

    def softmax(self, u, out):
        np.subtract(u, u.max(1, keepdims=True), out)
        np.exp(out, out)
        return np.divide(out, out.sum(1, keepdims=True), out)


wide = "--float64" in sys.argv
dtype = np.float64 if wide else np.float32
serve(
    "reference" if wide else "numpy",
    np.__version__,
    lambda setup: layers.create(Backend(setup.values["activation"], dtype), setup),
)
