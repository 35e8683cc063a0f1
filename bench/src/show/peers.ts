import { isFast } from '../race/blas.ts';
import type { ImplementationName } from '../race/implementations.ts';
import type { BenchReport } from '../report.ts';
import { implementationLabels } from './labels.ts';

/** Those that multiply matrices by a library. */
const usesLibrary = (name: ImplementationName) => name.startsWith('numpy') || name.startsWith('torch');

/** Whether a ratio to this implementation can be published: not where it multiplies by a reference BLAS, or by nobody knows what. */
export function isFair({ blas }: Pick<BenchReport, 'blas'>, name: ImplementationName): boolean {
  if (!usesLibrary(name)) return true;
  const found = blas?.[name];
  return found !== undefined && isFast(found);
}

/** What an implementation is called at the head of a column, with the library that it multiplies by. */
export function columnLabel({ blas }: Pick<BenchReport, 'blas'>, name: ImplementationName): string {
  if (!usesLibrary(name)) return implementationLabels[name];
  return `${implementationLabels[name]} (${blas?.[name]?.library ?? 'BLAS not known'})`;
}
