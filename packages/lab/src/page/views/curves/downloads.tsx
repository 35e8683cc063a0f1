import { store } from '../../store/store.ts';
import { download } from '../download.ts';
import { curvesCsv } from './curves-csv.ts';
import { curvesSvg } from './curves-svg.ts';
import { shownCurves, shownLevel } from './shown-curves.ts';
import { svgAsPng } from './svg-as-png.ts';

/** The curves to take away: as a picture, and in numbers. */
export function Downloads() {
  const { name, title } = store.measure.value;
  const figure = () => curvesSvg(title, shownCurves(), shownLevel());
  return (
    <fieldset class="downloads" aria-label="Download the curves">
      <span>Download</span>
      <button type="button" onClick={() => download(`${name}.svg`, 'image/svg+xml', figure())}>
        SVG
      </button>
      <button type="button" onClick={async () => download(`${name}.png`, 'image/png', await svgAsPng(figure()))}>
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
