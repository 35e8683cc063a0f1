import { layersOf } from '@apical/core';
import { ruleTitle } from '@apical/experiments';
import { isPicture } from '../../data/images.ts';
import { store } from '../../store/store.ts';
import { useWatch } from '../use-watch.ts';
import { MatrixMap } from './matrix-map.tsx';
import { ReceptiveFields } from './receptive-fields.tsx';

/** The weights of a network: rows of those from images as images, all others as maps. */
export function Weights({ rule }: { rule: string }) {
  const weights = store.glimpses.value[rule]?.weights;
  const place = useWatch<HTMLElement>('weights');
  const images = store.images.value;
  const pixels = images ? images.shape.height * images.shape.width * images.shape.channels : 0;
  const seen =
    images && isPicture(images) ? Object.entries(weights ?? {}).find(([, { cols }]) => cols === pixels) : undefined;
  const output = `W${layersOf(store.experiment.value.hidden).length + 1}`;
  return (
    <section ref={place} class="weights" aria-label={`Weights of ${ruleTitle(rule)}`}>
      {seen && images && <ReceptiveFields name={seen[0]} weights={seen[1]} shape={images.shape} />}
      <div class="maps">
        {Object.entries(weights ?? {}).map(([name, matrix]) =>
          name === seen?.[0] ? null : (
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
