/** The weights from the inputs, by whichever name the rule has them. */
export function inputWeights<Weights>(weights: Readonly<Record<string, Weights>>): Weights | undefined {
  const { W1, Wx, W } = weights;
  return W1 ?? Wx ?? W;
}
