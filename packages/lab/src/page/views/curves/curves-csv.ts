import type { KeptRun, NetworkState } from '../../store/store.ts';

/** All that was measured: a line for each number, in full precision. */
export function curvesCsv(
  networks: readonly NetworkState[],
  kept: readonly Pick<KeptRun, 'label' | 'points'>[],
): string {
  const runs = [...networks.map(({ rule, points }) => ({ label: rule as string, points })), ...kept];
  const lines = runs.flatMap(({ label, points }) =>
    points.flatMap(({ samples, readings }) =>
      Object.entries(readings).map(([name, value]) => [quote(label), samples, name, value].join(',')),
    ),
  );
  return `${['run,samples,measure,value', ...lines].join('\n')}\n`;
}

function quote(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
