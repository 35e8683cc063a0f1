import { runRuleNames } from '@apical/core';
import { store } from '../../store/store.ts';
import { download } from '../download.ts';
import { ruleProperty } from '../rule-colours.ts';
import { ruleLook } from '../rule-look.ts';
import { curvesCsv } from './curves-csv.ts';
import { curvesSvg } from './curves-svg.ts';
import { shownCurves, shownLevel, shownTitle } from './shown-curves.ts';
import { svgAsPng } from './svg-as-png.ts';

/** The curves to take away: as a picture, and in numbers. */
export function Downloads() {
  const { name } = store.measure.value;
  const colours = new Map(runRuleNames.map((rule) => [ruleProperty(rule), ruleLook(rule).light]));
  const inkOf = (colour: string) => colours.get(colour) ?? '#1b2127';
  const figure = () =>
    curvesSvg(shownTitle(store.measure.value), shownCurves(), shownLevel(), inkOf, store.logarithmic.value);
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
