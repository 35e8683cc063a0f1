import { laboratory } from '../store/laboratory.ts';
import { store } from '../store/store.ts';

/** Learns to a certain sample and stops there. */
export function GoTo() {
  return (
    <form
      class="go-to"
      onSubmit={(event) => {
        event.preventDefault();
        const target = new FormData(event.currentTarget).get('target');
        laboratory.learnTo(Number(target));
      }}
    >
      <label>
        <span>to sample</span>
        <input name="target" type="number" required min={store.samplesSeen.value + 1} step={1} defaultValue="5000" />
      </label>
      <button type="submit" disabled={store.phase.value !== 'paused'}>
        Go
      </button>
    </form>
  );
}
