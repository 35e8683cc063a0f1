import { methodTitles } from '../experiment/method-titles.ts';
import type { NetworkState } from '../store/store.ts';
import { Circuit } from './circuit/circuit.tsx';
import { formatObjective } from './format.ts';
import { spotted } from './spotted.ts';
import { Weights } from './weights/weights.tsx';

/** A network: its objective, the digest of its weights, its circuit and its weights. */
export function NetworkPanel({ network }: { network: NetworkState }) {
  const { method, points, digest, failure } = network;
  return (
    <article {...spotted(method, `panel network ${method}`)} aria-labelledby={`title-${method}`}>
      <header>
        <h2 id={`title-${method}`}>{methodTitles[method]}</h2>
        <p>
          <span class="caption">objective (1)</span>
          <strong data-testid={`objective-${method}`}>{formatObjective(points.at(-1)?.readings.objective)}</strong>
        </p>
      </header>
      {failure === undefined ? (
        <p class="digest">
          <span class="caption">SHA-256 of the weights</span>
          <code data-testid={`digest-${method}`} title={digest}>
            {digest ?? '…'}
          </code>
        </p>
      ) : (
        <p class="failure" role="status">
          {failure}
        </p>
      )}
      <Circuit method={method} />
      <Weights method={method} />
    </article>
  );
}
