import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNetwork, objective, type Samples, type SaveModelOptions, saveModel } from '@apical/core';
import { fitPreprocessing, loadImages, preprocess, writeCsv, writeNpy } from '@apical/data';
import { expect, onTestFinished, test } from 'vitest';
import { evaluateModel } from './evaluate-model.ts';
import { loadModelData } from './model-data.ts';
import { readModelFile } from './model-file.ts';
import { predict } from './predict.ts';

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'apical-models-'));
  onTestFinished(() => rm(made, { recursive: true }));
  return made;
}

async function modelOf(inputs: number, labels: number, options: SaveModelOptions = {}) {
  const rate = { eta0: 0.01 };
  const rates = { W1: rate, W2: rate };
  const network = await createNetwork({ rule: 'backprop', inputs, labels, hidden: 3, seed: 1, rates });
  const path = join(await folder(), 'model.safetensors');
  await writeFile(path, await saveModel(network, options));
  return readModelFile(path);
}

test('new images are standardised with the mean and standard deviation of those that were learned', async () => {
  const learned = await loadImages({ set: 'mnist', split: 'test' });
  const standardised = { inputs: 'standardised', labels: 'one-hot-centred' } as const;
  const model = await modelOf(784, 10, {
    preprocessing: fitPreprocessing(learned, standardised),
    classNames: learned.classNames,
  });
  const data = await loadModelData(model, { set: 'fashion-mnist', split: 'test' });
  const { scale, offset } = preprocess(learned, standardised);
  expect(data.X).toMatchObject({ scale, offset, count: 10_000 });
  expect(data.notes[1]).toBe('class 0 is "0" for the model, "T-shirt/top" in fashion-mnist');
  expect(evaluateModel(model, data).objective).toBe(objective(model.network, data.X as Samples));
});

test('rows of files are prepared like the bytes that were learned, or taken as they are', async () => {
  const model = await modelOf(2, 3, { preprocessing: { inputs: { mean: 1, sd: 2 }, labels: 'one-hot' } });
  const input = join(await folder(), 'x.csv');
  await writeFile(input, writeCsv({ shape: [2, 2], data: Float64Array.of(1, 3, 5, 7) }));
  const prepared = await loadModelData(model, { input });
  expect(prepared.X).toEqual(Float32Array.of(0, 1, 2, 3));
  expect(Array.from((await loadModelData(model, { input, asIs: true })).X as ArrayLike<number>)).toEqual([1, 3, 5, 7]);
  expect(predict(model, prepared, 'outputs')).toEqual({
    values: { shape: [2, 3], data: model.network.predict([0, 1, 2, 3]) },
    columns: ['output 0', 'output 1', 'output 2'],
  });
  expect(predict(model, prepared, 'hidden').values.data).toEqual(model.network.transform([0, 1, 2, 3]));
  expect(() => evaluateModel(model, prepared)).toThrow('neither the classes nor the labels');
});

test('classes count as their labels, by number or one-hot; other labels are measured by objective (1) and R²', async () => {
  const model = await modelOf(2, 3, { preprocessing: { inputs: 'raw', labels: 'one-hot' } });
  const where = await folder();
  const path = (name: string) => join(where, name);
  const [input, classes, labels, other] = [path('x.npy'), path('classes.npy'), path('labels.npy'), path('other.npy')];
  const X = Float32Array.of(1, 2, -3, 4, 0.5, 6, 7, -8);
  const oneHot = [1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0];
  await writeFile(input, writeNpy({ shape: [4, 2], data: X }));
  await writeFile(classes, writeNpy({ shape: [4], data: Uint8Array.of(0, 2, 1, 1) }));
  await writeFile(labels, writeNpy({ shape: [4, 3], data: Int32Array.from(oneHot) }));
  const byClass = evaluateModel(model, await loadModelData(model, { input, labels: classes }));
  const told = await loadModelData(model, { input, labels });
  expect(told.notes[1]).toBe(`${labels}: every row stands for a class, one-hot: taken as classes`);
  expect(evaluateModel(model, told)).toEqual(byClass);
  const third = Math.fround(1 / 3);
  await writeFile(labels, writeNpy({ shape: [4, 3], data: Float32Array.from(oneHot, (y) => y - third) }));
  expect(evaluateModel(model, await loadModelData(model, { input, labels }))).toEqual(byClass);
  const numbers = oneHot.map((y) => y / 2);
  await writeFile(other, writeNpy({ shape: [4, 3], data: Float64Array.from(numbers) }));
  const byLabel = evaluateModel(model, await loadModelData(model, { input, labels: other }));
  const outputs = model.network.predict(X);
  const squareOf = (labels: number[]) => labels.reduce((sum, y, i) => sum + (y - outputs[i]!) ** 2, 0) / 4;
  const square = squareOf(oneHot);
  expect(byLabel).toEqual({
    samples: 4,
    objective: expect.closeTo(squareOf(numbers), 6),
    loss: 'squared',
    r2: model.network.score(X, numbers),
  });
  const predicted = model.network.predictClass(X);
  const confusion = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => [0, 2, 1, 1].filter((c, t) => c === i && predicted[t] === j).length),
  );
  expect(byClass).toEqual({
    samples: 4,
    objective: expect.closeTo(square, 6),
    loss: 'squared',
    accuracy: model.network.score(X, [0, 2, 1, 1]),
    confusion,
  });
});

test('rows of shares are no labels of a model that learned labels less their mean', async () => {
  const preprocessing = { inputs: 'raw', labels: 'one-hot-centred' } as const;
  const [centred, plain] = [
    await modelOf(2, 2, { preprocessing, classNames: ['cat', 'dog'] }),
    await modelOf(2, 2, { preprocessing: { ...preprocessing, labels: 'one-hot' }, classNames: ['cat', 'dog'] }),
  ];
  const where = await folder();
  const [input, labels] = [join(where, 'x.csv'), join(where, 'y.csv')];
  await writeFile(input, '1,2\n3,4\n');
  await writeFile(labels, '0.9,0.1\n0.2,0.8\n');
  await expect(loadModelData(centred, { input, labels })).rejects.toThrow(
    'y.csv: every row sums to 1, but the model learned labels less their mean, which sum to 0: subtract 1/2, or give classes',
  );
  expect((await loadModelData(plain, { input, labels })).Y).toBeDefined();
});

test('a model that calls its classes by numbers takes these for the classes of a file', async () => {
  const preprocessing = { inputs: 'raw', labels: 'one-hot' } as const;
  const [named, plain] = [
    await modelOf(2, 3, { preprocessing, classNames: ['1', '2', '7'] }),
    await modelOf(2, 3, { preprocessing, classNames: ['cat', 'dog', '7'] }),
  ];
  const where = await folder();
  const file = async (name: string, text: string) => {
    await writeFile(join(where, name), text);
    return join(where, name);
  };
  const input = await file('x.csv', '1,2\n3,4\n5,6\n');
  const data = await loadModelData(named, { input, labels: await file('named.csv', '7\n1\n2\n') });
  expect(data.classes).toEqual([2, 0, 1]);
  const same = await loadModelData(plain, { input, labels: await file('plain.csv', '2\n0\n1\n') });
  expect(same.classes).toEqual([2, 0, 1]);
  expect(evaluateModel(named, data)).toEqual(evaluateModel(plain, same));
  const [said, places] = [named, plain].map((model) => Array.from(predict(model, data, 'classes').values.data));
  expect(said).toEqual(places!.map((place) => [1, 2, 7][place]));
  const wrong = await file('wrong.csv', '7\n0\n2\n');
  await expect(loadModelData(named, { input, labels: wrong })).rejects.toThrow(
    'wrong.csv: class 0 at row 1 (from 0); the model has the classes 1, 2, 7',
  );
});

test('files that do not fit the model or each other are refused by name', async () => {
  const model = await modelOf(2, 3);
  const where = await folder();
  const file = async (name: string, text: string) => {
    await writeFile(join(where, name), text);
    return join(where, name);
  };
  const input = await file('x.csv', '1,2\n3,4\n');
  const refused = async (labels: string) => loadModelData(model, { input, labels: await file('y.csv', labels) });
  await expect(refused('1\n')).rejects.toThrow('y.csv: 1 rows, but');
  await expect(refused('1,2\n1,2\n')).rejects.toThrow('y.csv: 2 columns; classes have 1, and the labels that');
  await expect(refused('0\n3\n')).rejects.toThrow('y.csv: class 3 at row 1 (from 0); the model has the classes 0 to 2');
  await expect(refused('0\n0.5\n')).rejects.toThrow('y.csv: class 0.5 at row 1');
  await expect(refused('0\nx\n')).rejects.toThrow('y.csv: line 2, column 1: "x" is not a finite number');
  const narrow = await file('narrow.csv', '1\n');
  await expect(loadModelData(model, { input: narrow })).rejects.toThrow('narrow.csv: rows of 1 numbers, but');
  await expect(loadModelData(model, { set: 'mnist', split: 'test' })).rejects.toThrow('how images become inputs');
  const wide = await modelOf(3, 10, { preprocessing: { inputs: 'unit', labels: 'one-hot' } });
  await expect(loadModelData(wide, { set: 'mnist', split: 'test' })).rejects.toThrow(
    'mnist: images of 784 numbers, but',
  );
  const few = await modelOf(784, 3, { preprocessing: { inputs: 'unit', labels: 'one-hot' } });
  await expect(loadModelData(few, { set: 'mnist', split: 'test' })).rejects.toThrow('mnist: 10 classes, but');
});

test('headers are decided for samples and what is known of them together, and told', async () => {
  const model = await modelOf(3, 2, { classNames: ['cat', 'dog'] });
  const where = await folder();
  const load = async (x: string, y: string | Uint8Array, header?: boolean) => {
    const [input, labels] = [join(where, 'x.csv'), join(where, typeof y === 'string' ? 'y.csv' : 'y.npy')];
    await writeFile(input, x);
    await writeFile(labels, y);
    const { count, classes, notes } = await loadModelData(model, { input, labels, header });
    return { count, classes: Array.from(classes!), notes: notes.map((note) => note.replaceAll(`${where}/`, '')) };
  };
  const counted = '0,1,2\n1,0,0\n0,1,0\n';
  const npy = (...classes: number[]) => writeNpy({ shape: [classes.length], data: Uint8Array.from(classes) });
  expect(await load(counted, '0\n0\n1\n')).toMatchObject({ count: 2, classes: [0, 1] });
  expect((await load(counted, '0\n0\n1\n')).notes).toEqual([
    'x.csv: line 1 (0, 1, 2) is taken for names of columns, as pandas writes them; --no-header: it is numbers',
    'inputs: as they are',
    'y.csv: line 1 (0) is taken for names of columns, as pandas writes them; --no-header: it is numbers',
  ]);
  expect(await load(counted, npy(0, 1))).toMatchObject({ count: 2, classes: [0, 1] });
  expect(await load(counted, npy(1, 0, 1))).toMatchObject({
    count: 3,
    classes: [1, 0, 1],
    notes: ['inputs: as they are'],
  });
  expect(await load(counted, '0\n0\n1\n', false)).toMatchObject({ count: 3, classes: [0, 0, 1] });
  expect(await load('1,0,0\n0,1,0\n', '0\n1\n')).toMatchObject({ count: 2, classes: [0, 1] });
  expect(await load('1,0,0\n0,1,0\n', '0,1\n1,0\n')).toMatchObject({ count: 2, classes: [1, 0] });
  expect(await load('1,0,0\n0,1,0\n', 'dog\ncat\n')).toMatchObject({ count: 2, classes: [1, 0] });
  expect(await load('a;b;c\n1;0;0\n', 'animal\ndog\n')).toMatchObject({ count: 1, classes: [1] });
  for (const data of [Int8Array.of(1, 0), Int16Array.of(1, 0), Uint16Array.of(1, 0), BigInt64Array.of(1n, 0n)]) {
    const known = await load('1,0,0\n0,1,0\n', writeNpy({ shape: [2], data }));
    expect(known).toMatchObject({ count: 2, classes: [1, 0] });
  }
  // Texts as NumPy has them, 4 bytes a character.
  const header = Buffer.from(
    "\x93NUMPY\x01\x00\x3d\x00{'descr': '<U3', 'fortran_order': False, 'shape': (2,)}      ",
    'latin1',
  );
  const texts = Buffer.from(Uint32Array.from([...'dogcat'], (letter) => letter.codePointAt(0)!).buffer);
  expect(await load('1,0,0\n0,1,0\n', Buffer.concat([header, texts]))).toMatchObject({ count: 2, classes: [1, 0] });
  await expect(load('1,0,0\n0,1,0\n', 'dog\nbird\n')).rejects.toThrow('none of the classes cat, dog');
});

test('numbers that preparation makes too large are named', async () => {
  const model = await modelOf(2, 2, { preprocessing: { inputs: { mean: 0, sd: 0.01 }, labels: 'one-hot' } });
  const input = join(await folder(), 'x.csv');
  await writeFile(input, '1,2\n3,3e38\n');
  await expect(loadModelData(model, { input })).rejects.toThrow(
    'x.csv: the number at row 1, column 1 (both from 0) is too large',
  );
});
