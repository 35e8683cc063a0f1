import { methodStyles } from '../chart-style.ts';
import { curveSwatch, type LegendEntry, pointSwatch, ruleSwatch } from '../legend.ts';
import { methodLabels } from '../method-labels.ts';

/** What the figure's signs mean. */
export const legend: readonly LegendEntry[] = [
  { swatch: curveSwatch(methodStyles.bmvr), label: `${methodLabels.bmvr}, reproduced: mean ± sd` },
  { swatch: pointSwatch(methodStyles.bmvr), label: `${methodLabels.bmvr}, paper: mean ± sd` },
  { swatch: curveSwatch(methodStyles.backprop), label: `${methodLabels.backprop}, reproduced: mean ± sd` },
  { swatch: pointSwatch(methodStyles.backprop), label: `${methodLabels.backprop}, paper: mean ± sd` },
  { swatch: ruleSwatch(), label: 'optimum' },
];
