import { type NetworkState, store } from '../store/store.ts';
import { formatObjective, methodTitles } from './format.ts';

/** For each network its objective and the digest of its weights. */
export function NetworkCards() {
  return (
    <section class="cards" aria-label="Networks">
      {store.networks.value.map((network) => (
        <NetworkCard key={network.method} network={network} />
      ))}
    </section>
  );
}

function NetworkCard({ network: { method, points, digest, failure } }: { network: NetworkState }) {
  return (
    <article class={`card ${method}`} aria-label={methodTitles[method]}>
      <h2>{methodTitles[method]}</h2>
      <p class="objective">
        <span>objective (1)</span>
        <strong data-testid={`objective-${method}`}>{formatObjective(points.at(-1)?.objective)}</strong>
      </p>
      {failure === undefined ? (
        <p class="digest">
          <span>SHA-256 of the weights</span>
          <code data-testid={`digest-${method}`}>{digest ?? '…'}</code>
        </p>
      ) : (
        <p class="failure" role="status">
          {failure}
        </p>
      )}
    </article>
  );
}
