import type { RunStatus } from '@apical/experiments';

/** What stands beside the word, for those who look quickly. */
const signs: Readonly<Record<RunStatus, string>> = {
  finished: '✓',
  running: '▶',
  unfinished: '‖',
  diverged: '✕',
  damaged: '?',
};

export const statuses = Object.keys(signs) as RunStatus[];

export function Status({ status }: { status: RunStatus }) {
  return (
    <span class={`status ${status}`}>
      <span aria-hidden="true">{signs[status]}</span> {status}
    </span>
  );
}
