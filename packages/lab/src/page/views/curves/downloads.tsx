import { store } from '../../store/store.ts';
import { download } from '../download.ts';
import { curvesCsv } from './curves-csv.ts';
import { curvesSvg } from './curves-svg.ts';
import { shownCurves, shownLevel } from './shown-curves.ts';

/** The curves to take away: as a picture, and in numbers. */
export function Downloads({ picture }: { picture(): HTMLCanvasElement | undefined }) {
  const name = store.measure.value.name;
  return (
    <fieldset class="downloads" aria-label="Download the curves">
      <span>Download</span>
      <button
        type="button"
        onClick={() =>
          download(`${name}.svg`, 'image/svg+xml', curvesSvg(store.measure.value.title, shownCurves(), shownLevel()))
        }
      >
        SVG
      </button>
      <button
        type="button"
        onClick={() => picture()?.toBlob((blob) => blob && download(`${name}.png`, 'image/png', blob))}
      >
        PNG
      </button>
      <button
        type="button"
        onClick={() => download('curves.csv', 'text/csv', curvesCsv(store.networks.value, store.kept.value))}
      >
        CSV
      </button>
    </fieldset>
  );
}
