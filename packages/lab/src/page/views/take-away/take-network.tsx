import type { RunConfig } from '@apical/experiments';
import { isOwnData, ruleTitle } from '@apical/experiments';
import { ownPrefix } from '../../data/own-data.ts';
import { commandLine } from '../../experiment/command-line.ts';
import { isNumberSet } from '../../experiment/data-of.ts';
import { runConfigOf, withOwnTable } from '../../experiment/run-config.ts';
import { laboratory } from '../../store/laboratory.ts';
import { type NetworkState, store } from '../../store/store.ts';
import { download } from '../download.ts';
import { countWords } from '../format.ts';
import { CopyButton } from './copy-button.tsx';
import { snippetOf } from './snippet.ts';

/** One network to take away, as it stands. */
export function TakeNetwork({ network: { rule, digest, failure } }: { network: NetworkState }) {
  return (
    <article aria-label={ruleTitle(rule)}>
      <h3>{ruleTitle(rule)}</h3>
      {failure !== undefined ? (
        <p class="note">It diverged: there is nothing to take away.</p>
      ) : digest === undefined ? (
        <p class="note">Its files are here when it stands: press Pause.</p>
      ) : (
        <Files rule={rule} />
      )}
    </article>
  );
}

function Files({ rule }: { rule: string }) {
  const samples = store.samplesSeen.value;
  const config = withOwnTable(runConfigOf(store.experiment.value, rule, samples), store.images.value);
  const { reason: hindrance, isUsual = false } = whyNoRun(rule) ?? {};
  const isOwn = store.experiment.value.set.startsWith(ownPrefix);
  const takeWeights = async () => {
    const bytes = await laboratory.save(rule);
    if (bytes) download(`${rule}.safetensors`, 'application/octet-stream', bytes);
  };
  const takeConfig = () => download(`${rule}.json`, 'application/json', `${JSON.stringify(config, null, 2)}\n`);
  return (
    <>
      {hindrance === undefined ? (
        <Command rule={rule} config={config} />
      ) : (
        <p class={isUsual ? 'note' : 'warning'}>{hindrance}</p>
      )}
      {hindrance === undefined && isOwn && (
        <p class="note">
          The page does not know the path of the file: the command and the config have its name, which is a path from
          the folder that the command is run in.
        </p>
      )}
      {hindrance === undefined && hasProgram(rule, config) && <Program config={config} />}
      <p class="buttons">
        <button type="button" disabled={hindrance !== undefined} onClick={takeConfig}>
          Config (JSON)
        </button>
        <button type="button" onClick={takeWeights}>
          Weights (safetensors)
        </button>
        <span class="note">after {countWords(samples, 'sample')}</span>
      </p>
    </>
  );
}

/** The line that gives the same weights. */
function Command({ rule, config }: { rule: string; config: RunConfig }) {
  const init = store.brought.value?.files[rule]?.file;
  const line = commandLine(config, init);
  return (
    <>
      {init !== undefined && (
        <p class="warning">
          It began with weights that were brought: the command needs their file, {init}, and so does the config.
        </p>
      )}
      <div class="command">
        <code data-testid={`command-${rule}`}>{line}</code>
        <CopyButton text={line} />
      </div>
    </>
  );
}

/** The program that gives the same weights. */
function Program({ config }: { config: RunConfig }) {
  const program = snippetOf(config);
  return (
    <details class="program">
      <summary>In TypeScript</summary>
      <div class="command">
        <pre data-testid={`program-${config.rule}`}>{program}</pre>
        <CopyButton text={program} />
      </div>
    </details>
  );
}

/** Whether a program does what the network did: it begins as its rule says, and learns images. */
function hasProgram(rule: string, { data }: RunConfig): boolean {
  return store.brought.value?.files[rule] === undefined && !isNumberSet(data.set) && !isOwnData(data.set);
}

/** Why no command and no config gives the weights of the network, where none does; and whether that is nothing that someone did. */
function whyNoRun(rule: string): { readonly reason: string; readonly isUsual?: boolean } | undefined {
  const { experiment, samplesSeen, brought, images } = store;
  const { changes, set } = experiment.value;
  if (set.startsWith(ownPrefix)) {
    if (images.value?.prepared) {
      const reason =
        'The page prepares these data as those that the network learned before it was brought: no command does that and learns them.';
      return { reason, isUsual: true };
    }
    if (images.value?.noCommand !== undefined) return { reason: images.value.noCommand, isUsual: true };
    if (!images.value?.rows) {
      const reason =
        'The page learns these data as images, by their bytes; the command learns such files as rows of numbers (apical train --data FILE --target FILE), to other weights.';
      return { reason, isUsual: true };
    }
  }
  if (samplesSeen.value === 0) {
    const start = brought.value?.files[rule] ? 'It began with weights that were brought, and' : 'It';
    return { reason: `${start} has learned nothing yet: there is no command for that.`, isUsual: true };
  }
  // Rates that nothing was learned with yet have changed no weight.
  const { length } = changes.filter((change) => change.rule === rule && change.at < samplesSeen.value);
  if (length === 0) return undefined;
  const reason = `Its rates were changed ${length === 1 ? 'once' : `${length} times`} on the way. No single command does that; the address of this page does.`;
  return { reason };
}
