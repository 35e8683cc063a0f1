import type { RunCurve } from '@apical/experiments';

/** What was measured along a run, as far as the page knows. */
export interface LoadedCurve {
  /** How the run stood when this was asked for. */
  readonly stand: string;
  readonly curve?: RunCurve;
  /** Why there is none. */
  readonly problem?: string;
}

/** Asks the server for the curve of a run. @throws Error that says why it cannot be had */
export async function loadCurve(name: string): Promise<RunCurve> {
  const response = await fetch(`runs/curve?${new URLSearchParams({ run: name })}`).catch((error) => {
    throw new Error('the server does not answer', { cause: error });
  });
  if (!response.ok) throw new Error(`the curve cannot be had: ${(await response.text()).trim()}`);
  return await response.json();
}

/** What the server says of its runs: the name of their folder; undefined where it has none to show. */
export async function loadRunsFolder(): Promise<string | undefined> {
  const response = await fetch('runs/index.json');
  return response.ok ? (await response.json()).folder : undefined;
}
