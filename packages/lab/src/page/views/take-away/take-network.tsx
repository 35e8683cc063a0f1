import type { Method } from '@apical/experiments';
import { ownPrefix } from '../../data/own-data.ts';
import { commandLine } from '../../experiment/command-line.ts';
import { runConfigOf } from '../../experiment/experiment.ts';
import { laboratory } from '../../store/laboratory.ts';
import { type NetworkState, store } from '../../store/store.ts';
import { download } from '../download.ts';
import { formatCount, methodTitles } from '../format.ts';
import { CopyButton } from './copy-button.tsx';

/** One network to take away, as it stands. */
export function TakeNetwork({ network: { method, digest } }: { network: NetworkState }) {
  return (
    <article aria-label={methodTitles[method]}>
      <h3>{methodTitles[method]}</h3>
      <WhyNoCommand method={method} />
      {digest === undefined ? <p class="note">When it stands.</p> : <Files method={method} />}
    </article>
  );
}

function Files({ method }: { method: Method }) {
  const samples = store.samplesSeen.value;
  const config = runConfigOf(store.experiment.value, method, samples);
  const line = commandLine(config);
  const takeWeights = async () => {
    const bytes = await laboratory.save(method);
    if (bytes) download(`${method}.safetensors`, 'application/octet-stream', bytes);
  };
  const takeConfig = () => download(`${method}.json`, 'application/json', `${JSON.stringify(config, null, 2)}\n`);
  return (
    <>
      <div class="command">
        <code data-testid={`command-${method}`}>{line}</code>
        <CopyButton text={line} />
      </div>
      <p class="buttons">
        <button type="button" disabled={samples === 0} onClick={takeConfig}>
          Config (JSON)
        </button>
        <button type="button" onClick={takeWeights}>
          Weights (safetensors)
        </button>
        <span class="note">after {formatCount(samples)} samples</span>
      </p>
    </>
  );
}

/** Where the command does not give these weights, why. */
function WhyNoCommand({ method }: { method: Method }) {
  const { experiment, broughtWeights } = store;
  const changes = experiment.value.changes.filter((change) => change.method === method).length;
  if (broughtWeights.value.includes(method)) {
    return <p class="warning">This network began with weights that were brought: add --init and their file.</p>;
  }
  if (experiment.value.set.startsWith(ownPrefix)) {
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
