import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRules, representationRules } from '@apical/core';
import { describe, expect, test } from 'vitest';
import { apical, start, temporaryFolder } from './apical.ts';

test('all rules are listed, with what each needs; one with its parameters and synapses', async () => {
  const [all, one, json] = await Promise.all([
    apical('rules'),
    apical('rules', 'weight-mirror'),
    apical('rules', 'weight-mirror', '--json'),
  ]);
  for (const { name, title, year } of allRules)
    expect(all.stdout).toMatch(new RegExp(`^${name} +${title} +${year} +\\w`, 'm'));
  expect(one.code).toBe(0);
  expect(one.stdout).toMatch(/^amplitude +a number, 0 or more +0\.1 +a: the noise/m);
  expect(one.stdout).toMatch(/^B1 +hidden 2 to hidden 1 +at the rate B1 +normal:1:fan-in$/m);
  expect(one.stdout).toMatch(/^b1 +bias to hidden 1 +at the rate of W1 +constant:0$/m);
  expect(JSON.parse(json.stdout)).toMatchObject({
    name: 'weight-mirror',
    needs: expect.arrayContaining(['explicit error', 'noise phase']),
    parameters: { decay: { default: 0 } },
    synapses: expect.arrayContaining([
      expect.objectContaining({ name: 'B2', from: 'label', to: 'hidden 2', rate: 'B2' }),
    ]),
  });
});

test.each(representationRules)('$name, which predicts no labels, is shown', async ({ name }) => {
  expect((await apical('rules', name)).stdout).toMatch(/^labels +(none|a second view, not predicted)$/m);
});

const shown = `import { anyLayers, defineRule, layeredBehaviour, Layers } from '@apical/core';

export default defineRule({
  name: 'weak-backprop',
  title: 'Weak backprop',
  year: 2025,
  source: 'an example',
  shape: anyLayers,
  parameters: { part: { default: 0.5, min: 0, max: 1, says: 'how much of the error goes back' } },
  build(circuit, architecture, { part }) {
    const layers = new Layers(circuit, architecture);
    return layeredBehaviour(layers, (l, above) => layers.W(l + 1).transposed().drive(above).times(part));
  },
});
`;

function moduleOf(text = shown): string {
  const path = join(temporaryFolder(), 'my-rule.ts');
  writeFileSync(path, text);
  return path;
}

const short = ['--hidden', '6,4', '--activation', 'tanh', '--rate', 'W=0.01', '--samples', '2000', '--inputs', 'unit'];

describe("a rule of one's own", () => {
  /** In a process of its own, which reads the module anew, and as Node.js does. */
  const ended = (...args: string[]) => start(args).end;

  test('where it is a rule that there is, it learns the same bits; its parameters are its own', async () => {
    const path = moduleOf();
    const digest = async (...words: string[]) =>
      JSON.parse((await ended('train', ...words, ...short, '--json')).stdout).weightsSha256;
    const [whole, half, backprop] = await Promise.all([
      digest('--rule', path, '--parameter', 'part=1'),
      digest('--rule', path),
      digest('--rule', 'backprop'),
    ]);
    expect(whole).toBe(backprop);
    expect(half).not.toBe(backprop);
    expect((await ended('rules', path)).stdout).toMatch(/^part +a number from 0 to 1 +0\.5 +how much of the error/m);
  });

  test('its runs go on, its models are applied, and contenders and studies are of it, until its file changes', async () => {
    const [path, folder] = [moduleOf(), temporaryFolder()];
    const [run, study] = [join(folder, 'run'), join(folder, 'study.yaml')];
    const axes = `{ rule: ["${path}", backprop], hidden: [3, [3, 3]] }`;
    const base = '{ activation: tanh, samples: 100, rates: { W: { eta0: 0.01 } } }';
    writeFileSync(study, `name: own\nbase: ${base}\naxes: ${axes}\n`);
    expect((await ended('train', '--rule', path, ...short, '--out', run)).code).toBe(0);
    const model = join(run, 'weights.safetensors');
    const sweep = ['sweep', study, '--out', join(folder, 'study')];
    const compare = ['compare', 'backprop', path, ...short, '--seeds', '1', '--out', join(folder, 'compared')];
    const results = await Promise.all([
      ended('resume', run),
      ended('evaluate', model, '--data', 'mnist'),
      ended('predict', model, '--data', 'mnist', '--out', join(folder, 'classes.npy')),
      ended('export', model, '--out', join(folder, 'weights.npz')),
      ended(...compare),
      ended(...sweep),
    ]);
    expect(results.map(({ code, stderr }) => [code, code === 0 ? '' : stderr])).toEqual(results.map(() => [0, '']));
    expect(results[4]?.stdout).toContain('my-rule − backprop');
    expect(results[5]?.stdout).toContain('4 settings, 4 runs ended, 0 of them diverged');
    expect((await ended('sweep', 'status', study, '--out', join(folder, 'study'))).stdout).toContain('4 of 4');
    expect((await ended('runs', 'verify', folder)).code).toBe(0);

    writeFileSync(path, `${shown}\n// another file`);
    const refused = await Promise.all([
      ended('resume', run),
      ended('evaluate', model, '--data', 'mnist'),
      ended(...sweep),
    ]);
    for (const { code, stderr } of refused) {
      expect(code).toBe(2);
      expect(stderr).toMatch(/^apical: .*\n/);
    }
    expect(refused[0]?.stderr).toContain(`${path}: has changed: the rule weak-backprop was in a file with SHA-256 sum`);
    expect(refused[2]?.stderr).toContain(`the module ${path}: SHA-256 `);
  });

  test.each([
    ['', 'is no rule: its name is missing'],
    ['export {}', 'has no rule: its default export, or its export "rule", must be one'],
    ['export const rule = 3', 'is no rule: see defineRule'],
    ['throw new Error("a\\nb")', 'cannot be loaded: Error: a b'],
    ['export default {', 'cannot be loaded: SyntaxError'],
    ['import x from "no-such-package"; export default x', "Cannot find package 'no-such-package'"],
    ['enum A { B }; export default A', 'cannot be loaded: SyntaxError'],
    [shown.replace('weak-backprop', 'backprop'), 'its rule is called backprop, and apical has one of that name'],
    [shown.replace('weak-backprop', 'bio-cca'), 'its rule is called bio-cca, and apical has one of that name'],
    [shown.replace('2025', '"2025"'), 'its year is wrong: "2025"'],
    [shown.replace("  title: 'Weak backprop',\n", ''), 'its title is missing'],
    [
      shown.replace('return', 'circuit.synapses("W1", circuit.stimulus, circuit.label, { constant: 0 }); return'),
      'the circuit has two sets of synapses called W1',
    ],
    [shown.replace('.drive(above)', '.drive(above).nothing()'), 'cannot be laid out: TypeError'],
  ])('a module %j is refused in one line', async (text, message) => {
    const path = moduleOf(text);
    const { code, stdout, stderr } = await ended('train', '--rule', path);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^apical: .*\n$/);
    expect(stderr).toContain(path);
    expect(stderr).toContain(message);
  });
});
