import { filesOfFolder } from '../../data/given-files.ts';
import { laboratory } from '../../store/laboratory.ts';
import { store } from '../../store/store.ts';
import { TakeNetwork } from './take-network.tsx';

/** That a folder is chosen: an attribute that Preact's types lack. */
const asFolder = { webkitdirectory: true };

/** What can be taken away, and brought back: runs as commands and configs, weights as safetensors. */
export function TakeAway() {
  return (
    <section class="panel take-away" aria-labelledby="take-away-title">
      <h2 id="take-away-title">Take away, bring along</h2>
      {store.networks.value.map((network) => (
        <TakeNetwork key={network.rule} network={network} />
      ))}
      <label class="file">
        <span>
          Bring a config (.json) or weights (.safetensors) back, or data of your own (a table, CSV, NPY or Parquet, of
          which any column can be the class: that of texts, unless you choose another; samples and classes as two files,
          NPY, IDX or CSV, or in one NPZ), also together with a config or weights that learned them: here, or by drop
          anywhere
        </span>
        <input
          type="file"
          multiple
          onChange={(event) => {
            const input = event.currentTarget;
            if (input.files) laboratory.bring([...input.files]);
            input.value = '';
          }}
        />
      </label>
      <label class="file">
        <span>Or the folder of a run, of which the weights are taken</span>
        <input
          type="file"
          {...asFolder}
          onChange={(event) => {
            const input = event.currentTarget;
            if (input.files && input.files.length > 0) laboratory.bring(filesOfFolder([...input.files]));
            input.value = '';
          }}
        />
      </label>
    </section>
  );
}
