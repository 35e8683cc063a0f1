import { writeSafetensors } from 'apical';
import { commandLine } from '../../experiment/command-line.ts';
import { runConfigOf } from '../../experiment/experiment.ts';
import { type NetworkState, store } from '../../store/store.ts';
import { download } from '../download.ts';
import { formatCount, methodTitles } from '../format.ts';
import { CopyButton } from './copy-button.tsx';

/** One network to take away, as it is after the samples that it has seen. */
export function TakeNetwork({ network: { method, weights, digest } }: { network: NetworkState }) {
  const [samples, experiment] = [store.samplesSeen.value, store.experiment.value];
  const config = runConfigOf(experiment, method, samples);
  const stands = digest !== undefined && samples > 0;
  const text = `${JSON.stringify(config, null, 2)}\n`;
  return (
    <article aria-label={methodTitles[method]}>
      <h3>
        {methodTitles[method]}
        <span class="note"> after {formatCount(samples)} samples</span>
      </h3>
      <WhyNoCommand method={method} />
      <div class="command">
        <code data-testid={`command-${method}`}>{commandLine(config)}</code>
        <CopyButton text={commandLine(config)} />
      </div>
      <p class="buttons">
        <button type="button" disabled={!stands} onClick={() => download(`${method}.json`, 'application/json', text)}>
          Config (JSON)
        </button>
        <button
          type="button"
          disabled={!stands}
          onClick={() => {
            const bytes = writeSafetensors(weights ?? {}, { config: JSON.stringify(config) });
            download(`${method}.safetensors`, 'application/octet-stream', bytes as Uint8Array<ArrayBuffer>);
          }}
        >
          Weights (safetensors)
        </button>
      </p>
    </article>
  );
}

/** Where the command does not give these weights, why. */
function WhyNoCommand({ method }: { method: NetworkState['method'] }) {
  const { experiment, broughtWeights } = store;
  const changes = experiment.value.changes.filter((change) => change.method === method).length;
  if (broughtWeights.value.includes(method)) {
    return <p class="warning">This network began with weights that were brought: add --init and their file.</p>;
  }
  if (experiment.value.set.startsWith('own:')) {
    return <p class="warning">These data are on this page only: the command line cannot learn them.</p>;
  }
  if (changes === 0) return null;
  return (
    <p class="warning">
      Its rates were changed {changes === 1 ? 'once' : `${changes} times`} on the way. No single command does that; the
      address of this page does.
    </p>
  );
}
