import type { Rate } from '@apical/core';
import { useSignal } from '@preact/signals';
import { ratesAt } from '../experiment/experiment.ts';
import { ruleTitle } from '../experiment/rule-title.ts';
import { laboratory } from '../store/laboratory.ts';
import { store } from '../store/store.ts';
import { Fields } from './controls/fields.tsx';
import { LogarithmicSlider } from './controls/logarithmic-slider.tsx';
import { formatRate } from './format.ts';

/** The learning rates of one rule; they act at once. */
export function Rates({ rule }: { rule: string }) {
  const rates = ratesAt(store.experiment.value, rule, Number.POSITIVE_INFINITY);
  const decays = useSignal(false);
  const change = (synapses: string, rate: Rate) =>
    laboratory.chooseRates(rule, { ...rates, [synapses]: rate }, `${rule} ${synapses}`);
  return (
    <Fields legend={`Rates of ${ruleTitle(rule)}`}>
      {Object.entries(rates).map(([synapses, rate]) => (
        <div key={synapses} class="rate">
          <LogarithmicSlider
            label={`η of ${synapses}`}
            value={rate.eta0}
            from={-6}
            to={0}
            onChange={(eta0) => change(synapses, { ...rate, eta0 })}
          />
          {decays.value && (
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
    </Fields>
  );
}

function decayWords(rates: Readonly<Record<string, Rate>>): string {
  const words = Object.values(rates).map(({ t0 }) => (t0 === undefined ? '∞' : formatRate(t0)));
  return [...new Set(words)].join(', ');
}
