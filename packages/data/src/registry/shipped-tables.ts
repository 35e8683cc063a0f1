/** A table that comes with the package, called by its name. */
export interface ShippedTable {
  readonly name: string;
  readonly title: string;
  readonly homepage: string;
  readonly licence: string;
  /** Its path in the folder of what ships. */
  readonly file: string;
  /** Of the uncompressed file. */
  readonly sha256: string;
  /** The column that is told. */
  readonly target: string;
  readonly samples: number;
  readonly inputs: number;
  readonly classNames: readonly string[];
}

const licence = 'CC BY 4.0 (UCI Machine Learning Repository)';

export const shippedTables: readonly ShippedTable[] = [
  {
    name: 'digits',
    title: 'handwritten digits of 8 × 8 pixels (Alpaydin and Kaynak)',
    homepage: 'https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits',
    licence,
    file: 'digits/digits.csv.gz',
    sha256: 'bf355e7f0ed65efb395babf606b84d03d94ab7f40f1d7203c91605d6678a93ec',
    target: 'digit',
    samples: 1797,
    inputs: 64,
    classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
  {
    name: 'iris',
    title: 'flowers of three species (Fisher)',
    homepage: 'https://archive.ics.uci.edu/dataset/53/iris',
    licence,
    file: 'iris/iris.csv',
    sha256: 'dad19dc3817625a5490ab6be0fdb592efdcd6921badbbaf4275cef90bcfaa994',
    target: 'species',
    samples: 150,
    inputs: 4,
    classNames: ['setosa', 'versicolor', 'virginica'],
  },
  {
    name: 'wine',
    title: 'wines of three cultivars (Aeberhard and Forina)',
    homepage: 'https://archive.ics.uci.edu/dataset/109/wine',
    licence,
    file: 'wine/wine.csv',
    sha256: 'f1266b4cd1d9aa801ebdab87cafee284fe36d68f8e718f49c75986f7cfec0482',
    target: 'cultivar',
    samples: 178,
    inputs: 13,
    classNames: ['1', '2', '3'],
  },
];

/** The table of that name, if there is one. */
export function shippedTable(name: string): ShippedTable | undefined {
  return shippedTables.find((table) => table.name === name);
}
