import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { InputError } from '@apical/core';
import { type Blas, findBlas, isFast } from './blas.ts';
import { findBrowserLibraries } from './browser-libraries.ts';
import { peerEnvironment } from './peer-environment.ts';
import { peerFile } from './peer-file.ts';

/**
 * How the implementations are called in the results. `apical256` is apical as its command runs it, V8 joining pairs of instructions to 256
 * bits, and `apicalFused` the same with products that are added without being rounded before; `numpy` and `torch` write into arrays that are there already.
 */
export const implementationNames = [
  'apical',
  'apical256',
  'apicalFused',
  'js',
  'cpp',
  'eigen',
  'tfjs',
  'jax',
  'numpy',
  'numpyIdiomatic',
  'torch',
  'torchIdiomatic',
] as const;

export type ImplementationName = (typeof implementationNames)[number];

/** Those that are apical. */
export const ownNames: ReadonlySet<ImplementationName> = new Set(['apical', 'apical256', 'apicalFused']);

/** What lets V8 join pairs of 128-bit instructions to one of 256 bits, and whether this one was built with it. */
const joined = '--experimental-wasm-revectorize';
const canJoin = (process.config.variables as Record<string, unknown>).v8_enable_wasm_simd256_revec === 1;

/** A program that learns: see `Contestant`. */
export interface Implementation {
  readonly name: ImplementationName | 'reference';
  /** What to run, before the folder of a problem. */
  readonly command: readonly string[];
  /** Whether its process goes on with another problem: those in Python, whose libraries take seconds to load, and which learn no other than before. */
  readonly goesOn?: boolean;
}

/** What this machine has. */
export interface Implementations {
  /** Of networks with one hidden layer that learn sample by sample. */
  readonly all: readonly Implementation[];
  /** Of networks of layers. */
  readonly layers: readonly Implementation[];
  /** Networks of layers in float64, which the others are compared with. */
  readonly layersReference?: Implementation;
  /** Networks that predict nothing, and the same in float64. */
  readonly representation: readonly Implementation[];
  readonly representationReference?: Implementation;
  /** Of the languages and libraries. */
  readonly versions: Readonly<Record<string, string>>;
  /** By what those that need a library for it multiply matrices. */
  readonly blas: BlasOf;
  /** What it lacks, and so is left out, and what makes a peer slow. */
  readonly notes: readonly string[];
}

/** By the names of implementations. */
export type BlasOf = { readonly [name in ImplementationName]?: Blas };

/** The float64 truth that networks with one hidden layer are compared with. */
export const reference: Implementation = { name: 'reference', command: nodeCommand('reference') };

const apical: readonly Implementation[] = [
  { name: 'apical', command: nodeCommand('apical') },
  ...(canJoin ? [{ name: 'apical256' as const, command: nodeCommand('apical256', joined) }] : []),
];

const apicalFused: readonly Implementation[] = canJoin
  ? [{ name: 'apicalFused', command: nodeCommand('apicalFused', joined) }]
  : [];

/**
 * Looks for what can be measured, and compiles what has to be.
 *
 * @param folder where to put what is compiled
 * @param python the Python to use; by default the one that has most of NumPy and PyTorch
 * @throws InputError for a Python that was named and does not run
 */
export async function findImplementations(folder: string, python?: string): Promise<Implementations> {
  const pythons = await findPython(python);
  const cpp = await compileCpp(folder);
  const browser = findBrowserLibraries(nodeCommand);
  return {
    all: [...apical, { name: 'js', command: nodeCommand('js') }, ...cpp.all, ...pythons.all],
    layers: [...apical, ...apicalFused, ...cpp.layers, ...browser.layers, ...pythons.layers],
    ...(pythons.layersReference && { layersReference: pythons.layersReference }),
    representation: [...apical, ...pythons.representation],
    ...(pythons.representationReference && { representationReference: pythons.representationReference }),
    versions: { ...cpp.versions, ...browser.versions, ...pythons.versions },
    blas: pythons.blas,
    notes: [...cpp.notes, ...browser.notes, ...pythons.notes],
  };
}

function nodeCommand(name: string, ...options: readonly string[]): string[] {
  return [process.execPath, ...options, fileURLToPath(new URL('../implementations/serve.ts', import.meta.url)), name];
}

/** Of one language. */
export type Found = Pick<Implementations, 'all' | 'layers' | 'versions' | 'notes'>;

/** Where Debian's package and most others put Eigen's headers. */
const eigenFolders = ['/usr/include/eigen3', '/usr/local/include/eigen3', '/opt/homebrew/include/eigen3'];

async function compileCpp(folder: string): Promise<Found> {
  const compile = async (name: string, file: string, ...options: string[]): Promise<readonly string[]> => {
    const program = path.join(folder, name);
    await promisify(execFile)('g++', [
      ...['-O3', '-march=native', '-ffast-math', '-std=c++17', ...options],
      ...['-o', program, peerFile(file)],
    ]);
    return [program];
  };
  const eigen = eigenFolders.find((each) => existsSync(each));
  try {
    const [naive, layers, withEigen] = await Promise.all([
      compile('naive', 'naive.cpp'),
      compile('layers', 'layers.cpp'),
      eigen && compile('eigen', 'layers.cpp', '-DEIGEN', `-I${eigen}`),
    ]);
    const { stdout } = await promisify(execFile)('g++', ['-dumpfullversion']);
    return {
      all: [{ name: 'cpp', command: naive }],
      layers: [
        { name: 'cpp', command: layers },
        ...(withEigen ? [{ name: 'eigen' as const, command: withEigen }] : []),
      ],
      versions: { 'g++': stdout.trim() },
      notes: eigen ? [] : ['Eigen is left out: its headers are not there (on Debian: apt install libeigen3-dev)'],
    };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return {
      all: [],
      layers: [],
      versions: {},
      notes: [`C++ is left out: g++ ${missing ? 'is not there' : 'failed'}`],
    };
  }
}

/** The libraries' versions as one line of JSON, of those that can be imported. */
const askForVersions = `
import json, platform
versions = {"Python": platform.python_version()}
for key, module in (("NumPy", "numpy"), ("PyTorch", "torch")):
    try:
        versions[key] = str(__import__(module).__version__)
    except Exception:
        pass
print(json.dumps(versions))
`;

async function findPython(named: string | undefined): Promise<Implementations> {
  const candidates = named === undefined ? ['python3', '/usr/bin/python3', '/usr/local/bin/python3'] : [named];
  const found = await Promise.all(
    candidates.map(async (program) => ({ program, versions: await versionsOf(program) })),
  );
  const best = found.toSorted((a, b) => Object.keys(b.versions).length - Object.keys(a.versions).length)[0]!;
  if (named !== undefined && !best.versions.Python) throw new InputError(`${named} is no Python that runs`);
  const { NumPy, PyTorch } = best.versions;
  const numpy = NumPy ? await findBlas(best.program, 'numpy') : undefined;
  const torch = NumPy && PyTorch ? await findBlas(best.program, 'torch') : undefined;
  const script = (name: Implementation['name'], file: string, ...options: string[]): Implementation => ({
    name,
    command: [best.program, peerFile(file), ...options],
    goesOn: true,
  });
  return {
    all: [
      ...(NumPy ? [script('numpy', 'numpy_preallocated.py'), script('numpyIdiomatic', 'numpy_idiomatic.py')] : []),
      ...(NumPy && PyTorch
        ? [script('torch', 'torch_preallocated.py'), script('torchIdiomatic', 'torch_idiomatic.py')]
        : []),
    ],
    layers: [
      ...(NumPy ? [script('numpy', 'numpy_layers.py')] : []),
      ...(NumPy && PyTorch ? [script('torch', 'torch_layers.py')] : []),
    ],
    ...(NumPy && { layersReference: script('reference', 'numpy_layers.py', '--float64') }),
    representation: NumPy ? [script('numpy', 'numpy_representation.py')] : [],
    ...(NumPy && { representationReference: script('reference', 'numpy_representation.py', '--float64') }),
    versions: best.versions,
    blas: {
      ...(numpy && { numpy, numpyIdiomatic: numpy }),
      ...(torch && { torch, torchIdiomatic: torch }),
    },
    notes: [
      ...slowness('NumPy', numpy),
      ...slowness('PyTorch', torch),
      ...(NumPy ? [] : ['NumPy is left out: no Python has it (on Debian: apt install python3-numpy)']),
      ...(NumPy && PyTorch
        ? []
        : ['PyTorch is left out: no Python has it with NumPy (on Debian: apt install python3-torch)']),
    ],
  };
}

function slowness(name: string, blas: Blas | undefined): string[] {
  if (!blas || isFast(blas)) return [];
  const { library, gigaflops } = blas;
  return [
    `${name} multiplies matrices by ${library === 'unknown' ? 'an unknown library' : `the ${library}`}, at ${gigaflops.toFixed(1)} GFLOP/s: no ratio to it says anything (on Debian: apt install libopenblas0-pthread)`,
  ];
}

async function versionsOf(python: string): Promise<Record<string, string>> {
  try {
    const { stdout } = await promisify(execFile)(python, ['-c', askForVersions], { env: peerEnvironment() });
    return JSON.parse(stdout);
  } catch {
    return {};
  }
}
