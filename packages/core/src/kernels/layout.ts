import type { Arena } from './memory.ts';

/** The structures of assembly/layout.ts, field by field in the same order: i32 (also addresses) or f64. */
const structures = {
  rate: {
    eta0: 'f64',
    inverseT0: 'f64',
    eta: 'f64',
  },
  denseSynapses: {
    rows: 'i32',
    stride: 'i32',
    values: 'i32',
    residues: 'i32',
    scale: 'i32',
    scratch: 'i32',
    rate: 'i32',
  },
  labelSynapses: {
    labels: 'i32',
    stride: 'i32',
    values: 'i32',
    residues: 'i32',
    common: 'i32',
    sums: 'i32',
    scale: 'i32',
    rate: 'i32',
  },
  leftFactor: {
    rows: 'i32',
    factor: 'i32',
    gram: 'i32',
    effect: 'i32',
    scratch: 'i32',
  },
  regressionSynapses: {
    columns: 'i32',
    left: 'i32',
    current: 'i32',
    changes: 'i32',
    scratch: 'i32',
    rate: 'i32',
  },
  inputSynapses: {
    rows: 'i32',
    columns: 'i32',
    blockRows: 'i32',
    blocks: 'i32',
    chunks: 'i32',
    listed: 'i32',
    values: 'i32',
    left: 'i32',
    common: 'i32',
    sums: 'i32',
    current: 'i32',
    staged: 'i32',
    stagedCount: 'i32',
    stagedNext: 'i32',
    dense: 'i32',
    waitingChange: 'i32',
    waitingLanes: 'i32',
    laneSums: 'i32',
    scratch: 'i32',
    vectorBytes: 'i32',
    transfer: 'i32',
    rate: 'i32',
    ridge: 'f64',
  },
  activation: {
    function: 'i32',
    size: 'i32',
    mean: 'i32',
    meanRate: 'f64',
  },
  activeCells: {
    size: 'i32',
    count: 'i32',
    zeta: 'i32',
    scales: 'i32',
    rows: 'i32',
    values: 'i32',
    zetaBefore: 'i32',
    meanRate: 'f64',
    step: 'f64',
    zetaDotOutput: 'f64',
    valuesDotZeta: 'f64',
  },
  activeSynapses: {
    cells: 'i32',
    stride: 'i32',
    values: 'i32',
    common: 'i32',
    projected: 'i32',
    driven: 'i32',
    gain: 'i32',
    scale: 'i32',
    rate: 'i32',
  },
  source: {
    elementBytes: 'i32',
    inputs: 'i32',
    inputStride: 'i32',
    records: 'i32',
    chunks: 'i32',
    dense: 'i32',
    classes: 'i32',
    classBytes: 'i32',
    targets: 'i32',
    labelStride: 'i32',
    oneHot: 'i32',
    order: 'i32',
    offset: 'f64',
    hot: 'f64',
    cold: 'f64',
  },
  program: {
    code: 'i32',
    label: 'i32',
    labels: 'i32',
    time: 'i32',
    rates: 'i32',
    rateCount: 'i32',
    directions: 'i32',
    gram: 'i32',
    ridge: 'f64',
  },
} as const;

type Structures = typeof structures;
type Fields<Name extends keyof Structures> = { readonly [Field in keyof Structures[Name]]: number };

/** Writes a structure with these fields into the arena; returns its address. f64 fields are aligned to 8 bytes. */
export function writeStructure<Name extends keyof Structures>(arena: Arena, name: Name, fields: Fields<Name>): number {
  const address = arena.allocate(8 * Object.keys(structures[name]).length);
  writeFields(arena, name, address, fields as Partial<Fields<Name>>);
  return address;
}

/** Writes some fields of the structure at the address anew; the others stay. */
export function writeFields<Name extends keyof Structures>(
  arena: Arena,
  name: Name,
  address: number,
  fields: Partial<Fields<Name>>,
): void {
  const layout: Readonly<Record<string, 'i32' | 'f64'>> = structures[name];
  const values: Readonly<Record<string, number | undefined>> = fields;
  const view = new DataView(arena.memory.buffer, address);
  let offset = 0;
  for (const [field, type] of Object.entries(layout)) {
    const value = values[field];
    if (type === 'f64') {
      offset = Math.ceil(offset / 8) * 8;
      if (value !== undefined) view.setFloat64(offset, value, true);
      offset += 8;
    } else {
      if (value !== undefined) view.setInt32(offset, value, true);
      offset += 4;
    }
  }
}
