import { layersOf } from '@apical/core';
import { ruleTitle } from '@apical/experiments';
import { store } from '../../store/store.ts';
import { useWatch } from '../use-watch.ts';
import { MatrixMap } from './matrix-map.tsx';
import { ReceptiveFields } from './receptive-fields.tsx';

/** The weights of a network: rows of W1 as images, all others as maps. */
export function Weights({ rule }: { rule: string }) {
  const weights = store.glimpses.value[rule]?.weights;
  const place = useWatch<HTMLElement>('weights');
  const images = store.images.value;
  const output = `W${layersOf(store.experiment.value.hidden).length + 1}`;
  return (
    <section ref={place} class="weights" aria-label={`Weights of ${ruleTitle(rule)}`}>
      {weights?.W1 && images && <ReceptiveFields W1={weights.W1} shape={images.shape} />}
      <div class="maps">
        {Object.entries(weights ?? {}).map(([name, matrix]) =>
          name === 'W1' ? null : (
            <MatrixMap
              key={name}
              name={name}
              matrix={matrix}
              rowNames={name === output ? images?.classNames : undefined}
            />
          ),
        )}
      </div>
    </section>
  );
}
