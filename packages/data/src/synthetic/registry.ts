import { circles } from './circles.ts';
import { coloured } from './coloured.ts';
import { correlatedViews } from './correlated-views.ts';
import type { Generator } from './generator.ts';
import { linearTeacher } from './linear-teacher.ts';
import { moons } from './moons.ts';
import { spiked } from './spiked.ts';
import { spirals } from './spirals.ts';
import { teacher } from './teacher.ts';
import { twoViews } from './two-views.ts';
import { xor } from './xor.ts';
import { yinYang } from './yin-yang.ts';

/** All generators, in the order in which they are listed. A new one is a file and a line here. */
export const generators: readonly Generator[] = [
  moons,
  circles,
  spirals,
  yinYang,
  xor,
  linearTeacher,
  teacher,
  spiked,
  coloured,
  twoViews,
  correlatedViews,
];
