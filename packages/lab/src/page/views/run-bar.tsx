import { learnedBefore } from '../store/brought-weights.ts';
import { laboratory } from '../store/laboratory.ts';
import { store } from '../store/store.ts';
import { formatCount, formatShort } from './format.ts';
import { GoTo } from './go-to.tsx';
import { SpeedSlider } from './speed-slider.tsx';

/** Play, pause, steps, reset, speed, and how far the networks are. */
export function RunBar() {
  const phase = store.phase.value;
  const playing = phase === 'playing';
  const unit = store.experiment.value.batch === 1 ? 'sample' : 'batch';
  const learned = learnedBefore(store.brought.value)?.map(formatCount).join(' and ');
  return (
    <section class="run-bar" aria-label="Run">
      <div class="buttons">
        <button
          type="button"
          class="round quiet"
          onClick={() => laboratory.reset()}
          title="Begin anew (R)"
          aria-label="Reset"
        >
          ↺
        </button>
        <button
          type="button"
          class="play"
          disabled={phase === 'busy'}
          onClick={() => (playing ? laboratory.pause() : laboratory.play())}
          title={playing ? 'Pause (space)' : 'Play (space)'}
          aria-label={playing ? 'Pause' : 'Play'}
        >
          <PlaySymbol playing={playing} />
        </button>
        <button
          type="button"
          class="step"
          disabled={phase !== 'paused'}
          onClick={() => laboratory.learnOne()}
          title={`Learn one ${unit} (S)`}
        >
          +1 {unit}
        </button>
        <button
          type="button"
          class="step"
          disabled={phase !== 'paused'}
          onClick={() => laboratory.learnEpoch()}
          title="Learn to the end of the epoch (E)"
        >
          +1 epoch
        </button>
      </div>
      <GoTo />
      <dl class="counters">
        {learned !== undefined && (
          <div title="By the networks whose weights were brought, before that: what is counted and drawn here begins then">
            <dt>Learned before</dt>
            <dd data-testid="learned-before">{learned}</dd>
          </div>
        )}
        <div>
          <dt>Samples</dt>
          <dd data-testid="samples">{formatCount(store.samplesSeen.value)}</dd>
        </div>
        <div>
          <dt>Epochs</dt>
          <dd>{store.epochs.value.toFixed(2)}</dd>
        </div>
        <div>
          <dt>Samples/s</dt>
          <dd>{playing ? formatShort(store.pace.value) : '–'}</dd>
        </div>
      </dl>
      <SpeedSlider />
    </section>
  );
}

function PlaySymbol({ playing }: { playing: boolean }) {
  return (
    <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
      <path fill="currentColor" d={playing ? 'M6 4h4v16H6zM14 4h4v16h-4z' : 'M7 4l13 8-13 8z'} />
    </svg>
  );
}
