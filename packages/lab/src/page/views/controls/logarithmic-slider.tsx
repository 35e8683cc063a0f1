import { formatRate } from '../format.ts';

/** Steps a decade. */
const steps = 40;

interface LogarithmicSliderProps {
  readonly label: string;
  /** Undefined is infinity. */
  readonly value: number | undefined;
  /** The powers of ten at the ends. */
  readonly from: number;
  readonly to: number;
  onChange(value: number): void;
  /** Called at the right end, which is infinity where this is given. */
  onInfinity?(): void;
}

/** A slider for a positive number whose steps are factors. */
export function LogarithmicSlider({ label, value, from, to, onChange, onInfinity }: LogarithmicSliderProps) {
  const end = steps * (to - from) + (onInfinity ? 1 : 0);
  const position = value === undefined ? end : Math.round(steps * (Math.log10(value) - from));
  const words = value === undefined ? '∞' : formatRate(value);
  return (
    <label class="slider">
      <span>
        {label} <b>{words}</b>
      </span>
      <input
        type="range"
        min={0}
        max={end}
        value={position}
        aria-valuetext={words}
        onInput={(event) => {
          const chosen = Number(event.currentTarget.value);
          if (onInfinity && chosen === end) onInfinity();
          else onChange(Number((10 ** (from + chosen / steps)).toPrecision(3)));
        }}
      />
    </label>
  );
}
