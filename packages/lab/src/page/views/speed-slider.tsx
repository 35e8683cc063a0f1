import { store } from '../store/store.ts';
import { formatShort } from './format.ts';

/** Samples a second that can be chosen; the last is as fast as it goes. */
const speeds = [1, 2, 5, 10, 25, 60, 150, 400, 1000, 3000, 10_000, Number.POSITIVE_INFINITY];

export function SpeedSlider() {
  const speed = store.speed.value;
  const words = speed === Number.POSITIVE_INFINITY ? 'as fast as it goes' : `${formatShort(speed)} a second`;
  return (
    <label class="speed">
      <span>
        Speed <b>{words}</b>
      </span>
      <input
        type="range"
        min={0}
        max={speeds.length - 1}
        value={speeds.indexOf(speed)}
        aria-valuetext={words}
        onInput={(event) => {
          store.speed.value = speeds[Number(event.currentTarget.value)]!;
        }}
      />
    </label>
  );
}
