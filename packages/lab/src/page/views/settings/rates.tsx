import type { Rate } from '@apical/core';
import { rateWords } from '@apical/experiments';
import { useSignal } from '@preact/signals';
import { ratesAt } from '../../experiment/experiment.ts';
import { laboratory } from '../../store/laboratory.ts';
import { store } from '../../store/store.ts';
import { LogarithmicSlider } from '../controls/logarithmic-slider.tsx';
import { formatRate } from '../format.ts';

/** The learning rates of one rule; they act at once. */
export function Rates({ rule }: { rule: string }) {
  const rates = ratesAt(store.experiment.value, rule, Number.POSITIVE_INFINITY);
  const decays = useSignal(false);
  const change = (synapses: string, rate: Rate) =>
    laboratory.chooseRates(rule, { ...rates, [synapses]: rate }, `${rule} ${synapses}`);
  return (
    <>
      {Object.entries(rates).map(([synapses, rate]) => (
        <div key={synapses} class="rate">
          <LogarithmicSlider
            label={`η of ${synapses}`}
            value={rate.eta0}
            from={-6}
            to={0}
            onChange={(eta0) => change(synapses, { ...rate, eta0 })}
          />
          {isScheduled(rate) && <p class="note">falls by {rateWords(rate)}</p>}
          {decays.value && !isScheduled(rate) && (
            <LogarithmicSlider
              label={`t₀ of ${synapses}`}
              value={rate.t0}
              from={1}
              to={7}
              onChange={(t0) => change(synapses, { eta0: rate.eta0, t0 })}
              onInfinity={() => change(synapses, { eta0: rate.eta0 })}
            />
          )}
        </div>
      ))}
      {!Object.values(rates).every(isScheduled) && (
        <button
          type="button"
          class="link"
          aria-expanded={decays.value}
          onClick={() => {
            decays.value = !decays.value;
          }}
        >
          {decays.value ? 'Hide the decay' : `Decay: η(t) = η / (1 + t/t₀), t₀ = ${decayWords(rates)}`}
        </button>
      )}
    </>
  );
}

/** Whether a rate falls otherwise than as 1 / (1 + t / t0): a config that was brought may say so. */
function isScheduled({ linear, cosine, steps }: Rate): boolean {
  return (linear ?? cosine ?? steps) !== undefined;
}

function decayWords(rates: Readonly<Record<string, Rate>>): string {
  const falling = Object.values(rates).filter((rate) => !isScheduled(rate));
  const words = falling.map(({ t0 }) => (t0 === undefined ? '∞' : formatRate(t0)));
  return [...new Set(words)].join(', ');
}
