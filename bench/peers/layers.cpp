// Networks of layers in float32, in batches or sample by sample: the equations of layers.py. Products of matrices are loops as one
// writes them first, left to the compiler; or, with -DEIGEN, Eigen's.
#include <algorithm>
#include <cmath>

#include "protocol.hpp"
#ifdef EIGEN
#include <Eigen/Core>
#endif

/** Row-major; biases have one row. */
struct Matrix {
  int rows = 0, columns = 0;
  Floats data;
  Matrix() = default;
  Matrix(int rows, int columns) : rows(rows), columns(columns), data(rows * columns) {}
  Matrix(int rows, int columns, Floats data) : rows(rows), columns(columns), data(std::move(data)) {}
  float* row(int i) { return &data[static_cast<std::size_t>(i) * columns]; }
  const float* row(int i) const { return &data[static_cast<std::size_t>(i) * columns]; }
};

#ifdef EIGEN
constexpr const char* implementation = "eigen";
using Map = Eigen::Map<Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;
using ConstMap = Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;
Map at(Matrix& a) { return {a.data.data(), a.rows, a.columns}; }
ConstMap at(const Matrix& a) { return {a.data.data(), a.rows, a.columns}; }

/** out = a bᵀ. */
void timesTransposed(const Matrix& a, const Matrix& b, Matrix& out) {
  if (a.rows == 1) at(out).row(0).transpose().noalias() = at(b) * at(a).row(0).transpose();
  else at(out).noalias() = at(a) * at(b).transpose();
}
/** out = a b. */
void times(const Matrix& a, const Matrix& b, Matrix& out) {
  if (a.rows == 1) at(out).row(0).noalias() = at(a).row(0) * at(b);
  else at(out).noalias() = at(a) * at(b);
}
/** W += rate leftᵀ right. */
void learn(Matrix& W, const Matrix& left, const Matrix& right, float rate) {
  at(W).noalias() += rate * at(left).transpose() * at(right);
}
#else
constexpr const char* implementation = "cpp";

/** out = a bᵀ. */
void timesTransposed(const Matrix& a, const Matrix& b, Matrix& out) {
  for (int s = 0; s < a.rows; s++) {
    for (int i = 0; i < b.rows; i++) {
      const float *x = a.row(s), *w = b.row(i);
      float sum = 0;
      for (int j = 0; j < b.columns; j++) sum += w[j] * x[j];
      out.row(s)[i] = sum;
    }
  }
}
/** out = a b. */
void times(const Matrix& a, const Matrix& b, Matrix& out) {
  std::fill(out.data.begin(), out.data.end(), 0.0f);
  for (int s = 0; s < a.rows; s++) {
    for (int i = 0; i < b.rows; i++) {
      const float factor = a.row(s)[i], *w = b.row(i);
      float* to = out.row(s);
      for (int j = 0; j < b.columns; j++) to[j] += factor * w[j];
    }
  }
}
/** W += rate leftᵀ right. */
void learn(Matrix& W, const Matrix& left, const Matrix& right, float rate) {
  for (int s = 0; s < left.rows; s++) {
    for (int i = 0; i < W.rows; i++) {
      const float factor = rate * left.row(s)[i], *x = right.row(s);
      float* to = W.row(i);
      for (int j = 0; j < W.columns; j++) to[j] += factor * x[j];
    }
  }
}
#endif

/** A chain of layers u_l = W_l h_{l−1} + b_l, h_l = f(u_l), on batches whose samples are rows. */
struct Network {
  const Setup& setup;
  std::vector<int> sizes;
  const int batch, depth;
  const bool relu;
  std::map<std::string, Matrix> w;
  std::vector<Matrix> u, h, delta;
  Matrix y;

  explicit Network(const Setup& setup)
      : setup(setup), sizes(parse(setup.values.at("sizes"))), batch(setup.size("batch")), depth(sizes.size() - 1),
        relu(setup.values.at("activation") == "relu"), u(room()), h(room()), delta(room()), y(batch, sizes.back()) {
    for (int l = 1; l <= depth; l++) {
      const int above = l < depth ? sizes[l + 1] : 1;
      read("W", l, sizes[l], sizes[l - 1]);
      read("b", l, 1, sizes[l]);
      read("B", l, sizes[l], above);
      read("A", l, sizes[l], above);
      read("V", l, sizes[l], sizes.back());
      read("Q", l, sizes[l], sizes[l]);
    }
  }
  virtual ~Network() = default;
  /** Learns the batch in h[0] and y. */
  virtual void learnBatch() = 0;

  static std::vector<int> parse(const std::string& text) {
    std::vector<int> sizes;
    for (std::size_t at = 0; at < text.size();) {
      std::size_t length;
      sizes.push_back(std::stoi(text.substr(at), &length));
      at += length + 1;
    }
    return sizes;
  }
  std::vector<Matrix> room() const {
    std::vector<Matrix> made;
    for (const int size : sizes) made.emplace_back(batch, size);
    return made;
  }
  void read(const std::string& kind, int l, int rows, int columns) {
    const std::string name = kind + std::to_string(l);
    if (!std::filesystem::exists(setup.folder / (name + ".f32"))) return;
    w.emplace(name, Matrix(rows, columns, setup.read<float>(name + ".f32")));
  }
  Matrix& of(const char* kind, int l) { return w.at(kind + std::to_string(l)); }
  float rate(const char* name) const { return setup.number(std::string("rate") + name); }

  void current(int l, const Matrix& below, Matrix& out) {
    timesTransposed(below, of("W", l), out);
    const float* b = of("b", l).row(0);
    for (int s = 0; s < batch; s++) {
      for (int i = 0; i < out.columns; i++) out.row(s)[i] += b[i];
    }
  }
  void f(const Matrix& from, Matrix& to) const {
    for (std::size_t i = 0; i < from.data.size(); i++) {
      to.data[i] = relu ? std::max(from.data[i], 0.0f) : 1 / (1 + std::exp(-from.data[i]));
    }
  }
  /** signal *= f′(from), `to` being f(from). */
  void gate(Matrix& signal, const Matrix& from, const Matrix& to) const {
    for (std::size_t i = 0; i < from.data.size(); i++) {
      if (relu) signal.data[i] = from.data[i] > 0 ? signal.data[i] : 0;
      else signal.data[i] *= to.data[i] * (1 - to.data[i]);
    }
  }
  void forward(int top) {
    for (int l = 1; l <= top; l++) {
      current(l, h[l - 1], u[l]);
      if (l < depth) f(u[l], h[l]);
    }
  }
  /** ΔW_l = η (mean of signal belowᵀ), Δb_l = η (mean of signal). */
  void change(int l, const Matrix& signal, const Matrix& below) {
    const float eta = rate("W") / batch;
    learn(of("W", l), signal, below, eta);
    float* b = of("b", l).row(0);
    for (int s = 0; s < batch; s++) {
      for (int i = 0; i < signal.columns; i++) b[i] += eta * signal.row(s)[i];
    }
  }
};

void subtract(const Matrix& a, const Matrix& b, Matrix& out) {
  for (std::size_t i = 0; i < out.data.size(); i++) out.data[i] = a.data[i] - b.data[i];
}

/** δ_{L+1} = y − p, δ_l = f′(u_l) ⊙ W_{l+1}ᵀ δ_{l+1}; of feedback alignment B_l δ_{l+1}. */
struct Backprop : Network {
  using Network::Network;
  void outputs() {
    const std::string& output = setup.values.at("output");
    Matrix& p = h[depth];
    for (int s = 0; s < batch; s++) {
      const float* from = u[depth].row(s);
      const float largest = *std::max_element(from, from + p.columns);
      float sum = 0;
      for (int i = 0; i < p.columns; i++) {
        const float value = output == "linear"    ? from[i]
                            : output == "sigmoid" ? 1 / (1 + std::exp(-from[i]))
                                                  : std::exp(from[i] - largest);
        sum += p.row(s)[i] = value;
      }
      if (output == "softmax") {
        for (int i = 0; i < p.columns; i++) p.row(s)[i] /= sum;
      }
    }
  }
  void learnBatch() override {
    forward(depth);
    outputs();
    subtract(y, h[depth], delta[depth]);
    for (int l = depth - 1; l >= 1; l--) {
      if (setup.values.at("rule") == "backprop") times(delta[l + 1], of("W", l + 1), delta[l]);
      else timesTransposed(delta[l + 1], of("B", l), delta[l]);
      gate(delta[l], u[l], h[l]);
    }
    for (int l = 1; l <= depth; l++) change(l, delta[l], h[l - 1]);
  }
};

/** p_l = f′(u_l) ⊙ (V_l y + A_l p_{l+1} − Q_l n_l), n_l = Q_lᵀ h_l. */
struct DeepBmvr : Network {
  std::vector<Matrix> n, part;
  explicit DeepBmvr(const Setup& setup) : Network(setup), n(room()), part(room()) {}
  void learnBatch() override {
    const int top = depth - 1;
    std::vector<Matrix>& p = delta;
    forward(top);
    for (int l = top; l >= 1; l--) {
      times(h[l], of("Q", l), n[l]);
      timesTransposed(y, of("V", l), p[l]);
      if (l < top) {
        timesTransposed(p[l + 1], of("A", l), part[l]);
        for (std::size_t i = 0; i < p[l].data.size(); i++) p[l].data[i] += part[l].data[i];
      }
      timesTransposed(n[l], of("Q", l), part[l]);
      subtract(p[l], part[l], p[l]);
      gate(p[l], u[l], h[l]);
    }
    for (int l = 1; l <= top; l++) {
      change(l, p[l], h[l - 1]);
      decayed("V", l, y);
      decayed("Q", l, n[l]);
      if (l < top) learn(of("A", l), h[l], p[l + 1], rate("W") / batch);
    }
  }
  void decayed(const char* name, int l, const Matrix& pre) {
    const float keep = 1 - rate(name);
    for (float& value : of(name, l).data) value *= keep;
    learn(of(name, l), h[l], pre, rate(name) / batch);
  }
};

/** ε_l = v_l − W_l f(v_{l−1}) − b_l; v_l += γ (f′(v_l) ⊙ W_{l+1}ᵀ ε_{l+1} − ε_l), so many steps; ΔW_l = η ε_l f(v_{l−1})ᵀ. */
struct PredictiveCoding : Network {
  static constexpr float gamma = 1.0f / 16;
  std::vector<Matrix> v, error, pull;
  explicit PredictiveCoding(const Setup& setup) : Network(setup), v(room()), error(room()), pull(room()) {}
  void errors() {
    for (int l = 1; l < depth; l++) f(v[l], h[l]);
    for (int l = 1; l <= depth; l++) {
      // What the input drives stays as it is.
      if (l > 1) current(l, h[l - 1], u[l]);
      subtract(l == depth ? y : v[l], u[l], error[l]);
    }
  }
  void learnBatch() override {
    forward(depth - 1);
    for (int l = 1; l < depth; l++) v[l].data = u[l].data;
    for (int step = 0; step < setup.size("steps"); step++) {
      errors();
      for (int l = 1; l < depth; l++) {
        times(error[l + 1], of("W", l + 1), pull[l]);
        gate(pull[l], v[l], h[l]);
        for (std::size_t i = 0; i < v[l].data.size(); i++) v[l].data[i] += gamma * (pull[l].data[i] - error[l].data[i]);
      }
    }
    errors();
    for (int l = 1; l <= depth; l++) change(l, error[l], h[l - 1]);
  }
};

template <typename Rule>
void run(const Setup& setup) {
  Rule network(setup);
  const auto X = setup.read<float>("inputs.f32"), Y = setup.read<float>("labels.f32");
  const auto order = setup.read<std::uint32_t>("order.u32");
  const int m = network.sizes.front(), n = network.sizes.back();
  const auto learn = [&](std::size_t first, std::size_t count) {
    for (std::size_t i = first; i < first + count; i += network.batch) {
      for (int s = 0; s < network.batch; s++) {
        const std::size_t t = order[(i + s) % order.size()];
        std::copy_n(&X[t * m], m, network.h[0].row(s));
        std::copy_n(&Y[t * n], n, network.y.row(s));
      }
      network.learnBatch();
    }
  };
  serve(setup, implementation, learn, [&] {
    std::map<std::string, Floats> weights;
    for (const auto& [name, matrix] : network.w) weights[name] = matrix.data;
    return weights;
  });
}

int main(int, char** arguments) {
  const Setup setup(arguments[1]);
  const std::string& rule = setup.values.at("rule");
  if (rule == "deep-bmvr") run<DeepBmvr>(setup);
  else if (rule == "predictive-coding") run<PredictiveCoding>(setup);
  else run<Backprop>(setup);
}
