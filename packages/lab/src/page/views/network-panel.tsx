import { ruleTitle } from '@apical/experiments';
import { lossWords } from '../experiment/loss-words.ts';
import { type NetworkState, store } from '../store/store.ts';
import { Circuit } from './circuit/circuit.tsx';
import { formatObjective, formatShare } from './format.ts';
import { ruleStyle } from './rule-colours.ts';
import { Spectrum } from './spectrum.tsx';
import { spotted } from './spotted.ts';
import { Weights } from './weights/weights.tsx';

/** A network: what it makes small, its accuracy where that is measured, the digest of its weights, its circuit and its weights. */
export function NetworkPanel({ network }: { network: NetworkState }) {
  const { rule, points, digest, failure } = network;
  const { 'accuracy.learned': accuracy, 'accuracy.held-out': heldOut } = points.at(-1)?.readings ?? {};
  return (
    <article {...spotted(rule, 'panel network')} style={ruleStyle(rule)} aria-labelledby={`title-${rule}`}>
      <header>
        <h2 id={`title-${rule}`}>{ruleTitle(rule)}</h2>
        {accuracy !== undefined && (
          <p>
            <span class="caption">accuracy</span>
            <strong data-testid={`accuracy-${rule}`}>{formatShare(accuracy)}</strong>
          </p>
        )}
        {heldOut !== undefined && (
          <p>
            <span class="caption">held out</span>
            <strong data-testid={`held-out-${rule}`}>{formatShare(heldOut)}</strong>
          </p>
        )}
        <p>
          <span class="caption">{lossWords(store.experiment.value, [rule]).caption}</span>
          <strong data-testid={`objective-${rule}`}>{formatObjective(points.at(-1)?.readings.objective)}</strong>
        </p>
      </header>
      {failure === undefined ? (
        <p class="digest">
          <span class="caption">SHA-256 of the weights</span>
          <code data-testid={`digest-${rule}`} title={digest}>
            {digest ?? '…'}
          </code>
        </p>
      ) : (
        <p class="failure" role="status">
          {failure}
        </p>
      )}
      <Spectrum rule={rule} points={points} />
      <Circuit rule={rule} />
      <Weights rule={rule} />
    </article>
  );
}
