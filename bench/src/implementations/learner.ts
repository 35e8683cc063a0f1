/** One implementation of a rule, as its child process runs it. */
export interface Learner {
  /** Learns the samples of these numbers, in this order. */
  learn(numbers: Uint32Array): void;
  /** By the names of `Problem.weights`, row-major; z̄ may be left out. */
  weights(): Record<string, ArrayLike<number>>;
}
