/** The files of a run's folder. */
export const runFiles = {
  config: 'config.json',
  start: 'start.safetensors',
  metrics: 'metrics.jsonl',
  weights: 'weights.safetensors',
  recorded: 'recorded.npz',
  summary: 'summary.json',
} as const;
