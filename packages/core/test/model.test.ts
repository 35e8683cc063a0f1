import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  createNetwork,
  findRule,
  InputError,
  loadModel,
  type Matrix,
  type NetworkOptions,
  readModelNotes,
  readSafetensors,
  readWeights,
  ruleNames,
  type SaveModelOptions,
  saveModel,
  writeModel,
  writeSafetensors,
} from '../src/index.ts';
import { seal } from '../src/model/seal.ts';
import { normals, randomSamples, relativeError, smallOptions } from './fixtures.ts';
import { hasNumPy, python } from './numpy.ts';

const samples = randomSamples(2, { count: 200 });
const notes: SaveModelOptions = {
  preprocessing: { inputs: { mean: 33.1, sd: 78.6 }, labels: 'one-hot-centred' },
  classNames: ['T-shirt/top', 'Hemd "weiß"', '靴'],
  metadata: { config: '{"seed":1}', note: '"sha256":"' },
};

async function trained(rule: string, changes: Partial<NetworkOptions> = {}) {
  return (await createNetwork(smallOptions(rule, { seed: 4, ...changes }))).fit(samples, { epochs: 3 });
}

const circuits: Partial<NetworkOptions>[] = [{}, { ridge: 0, activation: 'relu', meanRate: 0.01 }];
const subjects = ruleNames.flatMap((rule) => circuits.map((circuit) => ({ rule, circuit })));
subjects.push({ rule: 'bmvr', circuit: { ridge: 0, fused: true } });
subjects.push({ rule: 'bmvr', circuit: { ridge: 0, activation: 'tanh', decoupled: true } });

describe.each(subjects)('$rule, $circuit.activation', ({ rule, circuit }) => {
  test('a loaded model is the one that was saved', async () => {
    const network = await trained(rule, circuit);
    const bytes = await saveModel(network, notes);
    const { network: loaded, ...rest } = await loadModel(bytes);
    expect(rest).toEqual(notes);
    expect(loaded.settings).toEqual(network.settings);
    expect(loaded.samplesSeen).toBe(600);
    expect(loaded.weights()).toEqual(network.weights());
    expect([...loaded.weightNames]).toEqual(Object.keys(loaded.weights()));
    expect(await saveModel(loaded, notes)).toEqual(bytes);
    expect(relativeError(loaded.predict(samples), [...network.predict(samples)])).toBeLessThan(1e-5);
  });

  test('a loaded model goes on learning as the saved one does, but for rounding', async () => {
    const network = await trained(rule, circuit);
    const { network: loaded } = await loadModel(await saveModel(network));
    for (const each of [network, loaded]) each.partialFit(samples);
    expect(loaded.samplesSeen).toBe(800);
    for (const [name, { data }] of Object.entries(network.weights())) {
      expect(relativeError(loaded.weights()[name]!.data, [...data])).toBeLessThan(1e-5);
    }
    loaded.restart();
    expect(loaded.samplesSeen).toBe(600);
  });
});

test('the file is safetensors with the model in its metadata', async () => {
  const network = await trained('bmvr');
  const { tensors, metadata } = readSafetensors(await saveModel(network, notes), 'file');
  expect(tensors).toEqual(network.weights());
  const { format, version, model, sha256, ...texts } = metadata;
  expect({ format, version, texts }).toEqual({ format: 'apical', version: '1', texts: notes.metadata });
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  const { preprocessing, classNames } = notes;
  const known = { ...network.settings, samplesSeen: 600, preprocessing, classNames };
  expect(JSON.parse(model!)).toEqual(known);
});

describe('a file that is not sound is refused, by its name', () => {
  const source = 'runs/one/weights.safetensors';
  const load = (bytes: Uint8Array) => loadModel(bytes, { source });

  async function expectRefusal(bytes: Uint8Array): Promise<void> {
    const error: unknown = await load(bytes).catch((reason) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(/^runs\/one\/weights\.safetensors: .+$/);
  }

  test('whichever byte is changed', async () => {
    const bytes = await saveModel(await trained('bmvr'), notes);
    for (const change of [0x01, 0x20, 0x80, 0xff]) {
      for (let place = 0; place < bytes.length; place++) {
        await expectRefusal(bytes.with(place, bytes[place]! ^ change));
      }
    }
  });

  test('wherever it is cut, and longer than it was', async () => {
    const bytes = await saveModel(await trained('bmvr'), notes);
    for (let length = 0; length < bytes.length; length++) await expectRefusal(bytes.subarray(0, length));
    await expectRefusal(Uint8Array.of(...bytes, 0));
  });

  test('changed data are told from what was saved', async () => {
    const bytes = await saveModel(await trained('bmvr'));
    bytes[bytes.length - 1]! ^= 1;
    await expect(load(bytes)).rejects.toThrow(/damaged, or changed after .* SHA-256 sum was [0-9a-f]{64} and is now/);
  });

  /** A sealed file as `saveModel` writes it, but for what is changed. */
  async function forged(change: {
    weights?: (weights: Record<string, Matrix>) => Record<string, Matrix>;
    texts?: Record<string, string>;
    model?: Record<string, unknown>;
  }): Promise<Uint8Array> {
    const { tensors, metadata } = readSafetensors(await saveModel(await trained('bmvr'), notes), 'file');
    const model = JSON.stringify({ ...JSON.parse(metadata.model!), ...change.model });
    const texts = { ...metadata, model, ...change.texts, sha256: '0'.repeat(64) };
    return seal(writeSafetensors(change.weights?.(tensors) ?? tensors, texts));
  }

  const W = { rows: 2, cols: 2, data: new Float32Array(4) };

  test.each<[string, Parameters<typeof forged>[0], string]>([
    [
      'no model',
      { texts: { format: 'pt' } },
      'a safetensors file, but not a model: its metadata has no "format": "apical"',
    ],
    ['another version', { texts: { version: '2' } }, 'a model file of version 2, and this apical reads version 1'],
    ['a missing matrix', { weights: ({ Q: _, ...rest }) => rest }, 'weights.Q is missing'],
    ['one too many', { weights: (all) => ({ ...all, R: W }) }, 'weights.R: this bmvr network has none, only W1, W2, Q'],
    ['another shape', { weights: (all) => ({ ...all, W1: W }) }, 'weights.W1 is 2 × 2, but this network needs 2 × 7'],
    [
      'NaN',
      { weights: (all) => ({ ...all, Q: { ...W, data: Float32Array.of(0, 0, Number.NaN, 0) } }) },
      'weights.Q has NaN at row 1, column 0; every weight must be a finite number',
    ],
    ['no JSON', { texts: { model: '{' } }, 'its description: is not JSON'],
    ['no object', { texts: { model: '[]' } }, 'its description is not an object'],
    ['no rule', { model: { rule: undefined } }, 'its description has rule: undefined'],
    ['an unknown rule', { model: { rule: 'hebb' } }, 'its rule "hebb" is none of the library\'s'],
    ['rates that are none', { model: { rates: { W1: 0.1 } } }, 'its description has rates: {"W1":0.1}'],
    ['a rate too few', { model: { rates: { W1: { eta0: 1 }, W2: { eta0: 1 } } } }, 'rates.Q is missing'],
    ['t that is none', { model: { samplesSeen: -1 } }, 'samplesSeen must be a whole number, zero or more, not -1'],
    ['sizes that no memory has', { model: { inputs: 1e12 } }, "the kernels' memory is full"],
    ['more than is known', { model: { momentum: 0.9 } }, 'its description has momentum, which is not known'],
    ['names too few', { model: { classNames: ['one'] } }, 'classNames has 1 names; 3 are needed'],
    [
      'other inputs',
      { model: { preprocessing: { inputs: 'zca', labels: 'one-hot' } } },
      'preprocessing.inputs must be raw',
    ],
    [
      'a spread of zero',
      { model: { preprocessing: { inputs: { mean: 0, sd: 0 }, labels: 'one-hot' } } },
      'preprocessing.inputs must be raw, unit, unit-length or { mean, sd } with sd > 0, not {"mean":0,"sd":0}',
    ],
    [
      'other labels',
      { model: { preprocessing: { inputs: 'raw', labels: 'words' } } },
      'preprocessing.labels must be one-hot',
    ],
  ])('%s', async (_, change, message) => {
    const bytes = await forged(change);
    await expectRefusal(bytes);
    await expect(load(bytes)).rejects.toThrow(`${source}: ${message}`);
  });
});

test('weights are read from models that are sound, and from other safetensors files', async () => {
  const network = await trained('bmvr');
  const bytes = await saveModel(network);
  expect(await readWeights(bytes, 'file')).toEqual(network.weights());
  await expect(readWeights(bytes.with(-1, bytes.at(-1)! ^ 1), 'file')).rejects.toThrow('file: damaged');
  expect(await readWeights(writeSafetensors(network.weights()), 'file')).toEqual(network.weights());
});

test('a model that another program saved again, its parts in another order, is the model that was saved', async () => {
  const network = await trained('bmvr');
  const again = rewritten(await saveModel(network, notes));
  const { network: loaded, ...rest } = await loadModel(again);
  expect(rest).toEqual(notes);
  expect(loaded.weights()).toEqual(network.weights());
  again[again.length - 1]! ^= 1;
  await expect(loadModel(again)).rejects.toThrow('damaged, or changed after it was saved');
});

test('weights that were changed on purpose are loaded where the file says so', async () => {
  const network = await trained('bmvr');
  const bytes = await saveModel(network, notes);
  const changed = rewritten(bytes, (weights) => ({
    ...weights,
    Q: { ...weights.Q!, data: weights.Q!.data.map(() => 2) },
  }));
  await expect(loadModel(changed)).rejects.toThrow('changed on purpose, say so in its metadata, "sha256": "unsealed"');
  const said = rewritten(changed, (weights) => weights, { sha256: 'unsealed' });
  expect((await loadModel(said)).network.weights().Q!.data.every((value) => value === 2)).toBe(true);
});

test('a file without weights is not weights to start from', async () => {
  await expect(readWeights(writeSafetensors({}), 'w')).rejects.toThrow('w: there are no weights in it');
});

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** The same, or other, weights and texts, as another program would write them: in the opposite order, with spaces in its header. */
function rewritten(
  bytes: Uint8Array,
  change = (weights: Record<string, Matrix>) => weights,
  texts: Record<string, string> = {},
): Uint8Array {
  const { tensors, metadata } = readSafetensors(bytes, 'file');
  const weights = Object.entries(change(tensors)).reverse();
  let end = 0;
  const entries = weights.map(([name, { rows, cols, data }]) => {
    const offsets = [end, end + data.byteLength];
    end += data.byteLength;
    return [name, { data_offsets: offsets, shape: [rows, cols], dtype: 'F32' }];
  });
  const reversed = Object.fromEntries(Object.entries({ ...metadata, ...texts }).reverse());
  const header = Buffer.from(JSON.stringify({ ...Object.fromEntries(entries), __metadata__: reversed }, null, 1));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Uint8Array.from(Buffer.concat([length, header, ...weights.map(([, { data }]) => bytesOf(data))]));
}

test('what could not be loaded is not saved', async () => {
  const network = await trained('bmvr');
  await expect(saveModel(network, { classNames: ['a', 'b'] })).rejects.toThrow('classNames has 2 names; 3 are needed');
  await expect(saveModel(network, { metadata: { version: '7' } })).rejects.toThrow(
    "metadata.version is the model's own",
  );
  await expect(saveModel(network, { metadata: { epoch: 3 } as never })).rejects.toThrow(
    'metadata.epoch must be a text',
  );
  await expect(saveModel(network, { classNames: [1, 2, 3] as never })).rejects.toThrow('classNames must be texts');
  await expect(saveModel(network, { classnames: [] } as never)).rejects.toThrow(
    'there is no option "classnames" of saveModel; there are preprocessing, classNames, metadata',
  );
  const { settings, samplesSeen } = network;
  const W1 = { rows: 1, cols: 1, data: Float32Array.of(Number.POSITIVE_INFINITY) };
  await expect(writeModel({ settings, samplesSeen, weights: { W1 } })).rejects.toThrow('W1 has Infinity at row 0');
});

const script = `
import hashlib, json, sys
import numpy as np
file = open(sys.argv[1], 'rb').read()
length = int.from_bytes(file[:8], 'little')
header = json.loads(file[8:8 + length])
metadata = header.pop('__metadata__')
sha256 = metadata['sha256']
opened = file.replace(sha256.encode(), b'0' * 64)
W = {name: np.frombuffer(file[8 + length:][slice(*t['data_offsets'])], '<f4').reshape(t['shape']).astype(float) for name, t in header.items()}
x = np.array(json.loads(sys.argv[2])).reshape(-1, W['W1'].shape[1])
print(json.dumps({
  'sound': hashlib.sha256(opened).hexdigest() == sha256,
  'rule': json.loads(metadata['model'])['rule'],
  'predicted': (x @ W['W1'].T @ W['W2'].T).ravel().tolist(),
}))
`;

test.skipIf(!hasNumPy)('Python finds the sum right, and predicts from the file what the network does', async () => {
  const network = await trained('backprop');
  const folder = mkdtempSync(join(tmpdir(), 'apical-model-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'model.safetensors'), await saveModel(network, notes));
  const x = normals(1, 21);
  const answer = execFileSync(python, ['-c', script, join(folder, 'model.safetensors'), JSON.stringify(x)]);
  const { sound, rule, predicted } = JSON.parse(answer.toString());
  expect({ sound, rule }).toEqual({ sound: true, rule: 'backprop' });
  expect(relativeError(network.predict(x), predicted)).toBeLessThan(1e-5);
});

test("a model of a rule of one's own is loaded with that rule, and with no other", async () => {
  const own = { ...findRule('backprop'), name: 'own' };
  const network = (await createNetwork({ ...smallOptions('backprop'), rule: own })).fit(samples);
  const file = await saveModel(network);
  await expect(loadModel(file)).rejects.toThrow('model: its rule "own" is none of the library\'s');
  await expect(loadModel(file, { rule: findRule('bmvr') })).rejects.toThrow(
    'its rule is "own", and the one that is given "bmvr"',
  );
  const loaded = await loadModel(file, { rule: own });
  expect(loaded.network.predict(samples)).toEqual(network.predict(samples));
});

test('what is known of the data is read without making the network; a changed file is refused', async () => {
  const rates = { W1: { eta0: 0.01 }, W2: { eta0: 0.01 } };
  const network = await createNetwork({ rule: 'backprop', inputs: 3, labels: 2, hidden: 2, rates });
  const notes = {
    preprocessing: { inputs: { mean: [1, 2, 3], sd: [4, 5, 6] }, labels: 'one-hot-centred' },
    classNames: ['cat', 'dog'],
  } as const;
  const bytes = await saveModel(network, notes);
  expect(await readModelNotes(bytes, 'm')).toEqual(notes);
  expect(await readModelNotes(await saveModel(network), 'm')).toEqual({});
  const changed = Uint8Array.from(bytes);
  changed[changed.length - 2]! ^= 1;
  await expect(readModelNotes(changed, 'm')).rejects.toThrow('m: ');
});
