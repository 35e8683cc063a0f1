import type { ImplementationName } from '../race/implementations.ts';

/** What implementations are called where people read. */
export const implementationLabels: Readonly<Record<ImplementationName, string>> = {
  apical: 'apical',
  apical256: 'apical, 256 bits',
  apicalFused: 'apical, 256 bits, fused',
  js: 'plain JS',
  cpp: 'C++',
  eigen: 'Eigen',
  tfjs: 'TensorFlow.js',
  jax: 'jax-js',
  numpy: 'NumPy',
  numpyIdiomatic: 'NumPy, idiomatic',
  torch: 'PyTorch',
  torchIdiomatic: 'PyTorch, idiomatic',
};

export const ruleLabels: Readonly<Record<string, string>> = {
  bmvr: 'BMVR',
  backprop: 'backprop',
  'feedback-alignment': 'feedback alignment',
  'deep-bmvr': 'deep BMVR',
  'predictive-coding': 'predictive coding',
};

/** A number with three significant digits, and thousands grouped. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return 'no value';
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3, minimumSignificantDigits: value < 1000 ? 3 : 1 });
}

/** Bytes as KiB, MiB or GiB. */
export function bytes(value: number): string {
  if (value < 2 ** 20) return `${threeDigits(value / 2 ** 10)} KiB`;
  return value < 2 ** 30 ? `${threeDigits(value / 2 ** 20)} MiB` : `${threeDigits(value / 2 ** 30)} GiB`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

/** A time in words: 48.3 s, 3 min 20 s. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
