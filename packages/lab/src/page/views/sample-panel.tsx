import { ruleTitle } from '@apical/experiments';
import { isPicture } from '../data/images.ts';
import { store } from '../store/store.ts';
import { DrawingPad } from './drawing-pad.tsx';
import { formatCount } from './format.ts';
import { imageUrl } from './image-url.ts';
import { ruleStyle } from './rule-colours.ts';
import { SampleNumbers } from './sample-numbers.tsx';
import { ScoreBars } from './score-bars.tsx';
import { spotted } from './spotted.ts';
import { useWatch } from './use-watch.ts';

/** The sample that the circuits are shown, an image or numbers, and what each class scores. */
export function SamplePanel() {
  const place = useWatch<HTMLElement>('activity');
  const images = store.images.value;
  const activity = Object.values(store.glimpses.value).find((glimpse) => glimpse.activity)?.activity;
  const isDrawing = store.drawing.value !== undefined;
  return (
    <section ref={place} {...spotted('sample', 'panel sample')} aria-labelledby="sample-title">
      <h2 id="sample-title">{isDrawing ? 'Your drawing' : 'Next sample'}</h2>
      <div class="seen">
        {activity && images && (
          <figure>
            {isPicture(images) ? (
              <img
                class="pixels"
                src={imageUrl(activity.pixels, images)}
                width={112}
                height={112}
                alt={isDrawing ? 'What was drawn' : `Image ${activity.sample}`}
              />
            ) : (
              <SampleNumbers numbers={activity.pixels} names={images.table?.found?.columns} />
            )}
            <figcaption>
              {activity.sample === undefined ? 'no label' : `no. ${formatCount(activity.sample)}`}
              {activity.classNumber !== undefined && `: ${images.classNames[activity.classNumber]}`}
            </figcaption>
          </figure>
        )}
        {images && images.shape.channels === 1 && isPicture(images) && <DrawingPad images={images} />}
      </div>
      {images &&
        store.networks.value.map(({ rule, failure }) => {
          const own = store.glimpses.value[rule]?.activity;
          if (failure !== undefined) {
            return (
              <p key={rule} class="scores" style={ruleStyle(rule)}>
                {ruleTitle(rule)} diverged: it says nothing any more
              </p>
            );
          }
          return (
            own?.scores && (
              <ScoreBars
                key={rule}
                title={ruleTitle(rule)}
                rule={rule}
                scores={own.scores}
                names={images.classNames}
                right={own.classNumber}
              />
            )
          );
        })}
    </section>
  );
}
