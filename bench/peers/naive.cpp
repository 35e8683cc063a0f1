// Loops in float32 as one writes them first, left to the compiler (-O3 -march=native -ffast-math).
#include <algorithm>

#include "protocol.hpp"

/** out = W v, rows × columns. */
void multiply(const float* W, const float* v, float* out, int rows, int columns) {
  for (int i = 0; i < rows; i++) {
    float sum = 0;
    for (int j = 0; j < columns; j++) sum += W[i * columns + j] * v[j];
    out[i] = sum;
  }
}

/** out = Wᵀ v, W rows × columns. */
void multiplyTransposed(const float* W, const float* v, float* out, int rows, int columns) {
  std::fill(out, out + columns, 0.0f);
  for (int i = 0; i < rows; i++) {
    for (int j = 0; j < columns; j++) out[j] += W[i * columns + j] * v[i];
  }
}

/** W = keep · W + factor · a bᵀ. */
void addOuter(float* W, float keep, float factor, const float* a, const float* b, int rows, int columns) {
  for (int i = 0; i < rows; i++) {
    const float change = factor * a[i];
    for (int j = 0; j < columns; j++) W[i * columns + j] = keep * W[i * columns + j] + change * b[j];
  }
}

/** out = A B, A rows × inner, B inner × columns. */
void product(const float* A, const float* B, float* out, int rows, int inner, int columns) {
  std::fill(out, out + rows * columns, 0.0f);
  for (int i = 0; i < rows; i++) {
    for (int l = 0; l < inner; l++) {
      const float a = A[i * inner + l];
      for (int j = 0; j < columns; j++) out[i * columns + j] += a * B[l * columns + j];
    }
  }
}

/** out = W Wᵀ. */
void gram(const float* W, float* out, int rows, int columns) {
  for (int i = 0; i < rows; i++) {
    for (int l = 0; l <= i; l++) {
      float sum = 0;
      for (int j = 0; j < columns; j++) sum += W[i * columns + j] * W[l * columns + j];
      out[i * rows + l] = out[l * rows + i] = sum;
    }
  }
}

/** out = Wᵀ W. */
void gramOfColumns(const float* W, float* out, int rows, int columns) {
  std::fill(out, out + columns * columns, 0.0f);
  for (int r = 0; r < rows; r++) {
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < columns; j++) out[i * columns + j] += W[r * columns + i] * W[r * columns + j];
    }
  }
}

/** W += factor · D. */
void addScaled(float* W, float factor, const float* D, int length) {
  for (int i = 0; i < length; i++) W[i] += factor * D[i];
}

Floats transposed(const Floats& W, int rows, int columns) {
  Floats result(W.size());
  for (int i = 0; i < rows; i++) {
    for (int j = 0; j < columns; j++) result[j * rows + i] = W[i * columns + j];
  }
  return result;
}

/** The weights, and W1 x with what the hidden units make of it: linear, or ReLU minus its running mean. */
struct Network {
  const int m, n, k;
  const float ridge, meanRate, eta1, eta2, etaQ;
  Floats W1, u, z, mean, G, M, dW1;

  explicit Network(const Setup& setup)
      : m(setup.size("m")), n(setup.size("n")), k(setup.size("k")), ridge(setup.number("ridge")),
        meanRate(setup.number("meanRate")), eta1(setup.number("rateW1")), eta2(setup.number("rateW2")),
        etaQ(setup.number("rateQ")), W1(setup.read<float>("W1.f32")), u(k), z(k),
        mean(meanRate > 0 ? setup.read<float>("zbar.f32") : Floats()), G(k * k), M(k * k),
        dW1(W1.size()) {}
  virtual ~Network() = default;
  virtual void learn(const float* x, const float* y) = 0;
  virtual std::map<std::string, Floats> weights() const = 0;

  void drive(const float* x) {
    multiply(W1.data(), x, u.data(), k, m);
    for (int i = 0; i < k; i++) {
      if (meanRate == 0) {
        z[i] = u[i];
      } else {
        const float rectified = std::max(u[i], 0.0f);
        mean[i] += meanRate * (rectified - mean[i]);
        z[i] = rectified - mean[i];
      }
    }
  }
  void gate(Floats& changes) const {
    if (meanRate == 0) return;
    for (int i = 0; i < k; i++) changes[i] = u[i] > 0 ? changes[i] : 0;
  }
};

struct Bmvr : Network {
  Floats W2T, Q, interneurons, balance, plateau, dQ;

  explicit Bmvr(const Setup& setup)
      : Network(setup), W2T(transposed(setup.read<float>("W2.f32"), n, k)), Q(setup.read<float>("Q.f32")),
        interneurons(k), balance(k), plateau(k), dQ(k * k) {}

  void learn(const float* x, const float* y) override {
    drive(x);
    multiplyTransposed(Q.data(), z.data(), interneurons.data(), k, k);
    multiply(Q.data(), interneurons.data(), balance.data(), k, k);
    multiply(W2T.data(), y, plateau.data(), k, n);
    for (int i = 0; i < k; i++) plateau[i] -= balance[i];
    gate(plateau);
    if (ridge > 0) {
      gram(W1.data(), G.data(), k, m);
      gram(Q.data(), M.data(), k, k);
      product(M.data(), W1.data(), dW1.data(), k, k, m);
      product(G.data(), Q.data(), dQ.data(), k, k, k);
      addScaled(W1.data(), -eta1 * ridge, dW1.data(), k * m);
    }
    addOuter(W1.data(), 1, eta1, plateau.data(), x, k, m);
    addOuter(W2T.data(), 1 - eta2, eta2, z.data(), y, k, n);
    addOuter(Q.data(), 1 - etaQ, etaQ, z.data(), interneurons.data(), k, k);
    if (ridge > 0) addScaled(Q.data(), etaQ * ridge, dQ.data(), k * k);
  }
  std::map<std::string, Floats> weights() const override {
    return {{"W1", W1}, {"W2", transposed(W2T, k, n)}, {"Q", Q}};
  }
};

struct Backprop : Network {
  Floats W2, error, delta, dW2;

  explicit Backprop(const Setup& setup)
      : Network(setup), W2(setup.read<float>("W2.f32")), error(n), delta(k), dW2(n * k) {}

  void learn(const float* x, const float* y) override {
    drive(x);
    multiply(W2.data(), z.data(), error.data(), n, k);
    for (int i = 0; i < n; i++) error[i] = y[i] - error[i];
    multiplyTransposed(W2.data(), error.data(), delta.data(), n, k);
    gate(delta);
    if (ridge > 0) {
      gram(W1.data(), G.data(), k, m);
      gramOfColumns(W2.data(), M.data(), n, k);
      product(M.data(), W1.data(), dW1.data(), k, k, m);
      product(W2.data(), G.data(), dW2.data(), n, k, k);
      addScaled(W1.data(), -eta1 * ridge, dW1.data(), k * m);
      addScaled(W2.data(), -eta2 * ridge, dW2.data(), n * k);
    }
    addOuter(W1.data(), 1, eta1, delta.data(), x, k, m);
    addOuter(W2.data(), 1, eta2, error.data(), z.data(), n, k);
  }
  std::map<std::string, Floats> weights() const override { return {{"W1", W1}, {"W2", W2}}; }
};

template <typename Rule>
void run(const Setup& setup) {
  Rule network(setup);
  const auto X = setup.read<float>("inputs.f32"), Y = setup.read<float>("labels.f32");
  const auto order = setup.read<std::uint32_t>("order.u32");
  const auto learn = [&](std::size_t first, std::size_t count) {
    for (std::size_t i = first; i < first + count; i++) {
      const std::size_t t = order[i % order.size()];
      network.learn(&X[t * network.m], &Y[t * network.n]);
    }
  };
  serve(setup, "cpp", learn, [&] { return network.weights(); });
}

int main(int, char** arguments) {
  const Setup setup(arguments[1]);
  if (setup.values.at("rule") == "bmvr") run<Bmvr>(setup);
  else run<Backprop>(setup);
}
