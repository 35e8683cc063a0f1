import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseHTML } from 'linkedom';
import { afterAll, describe, expect, test } from 'vitest';
import { partNames } from '../src/part-names.ts';
import { shapeName, shapes } from '../src/race/shapes.ts';
import type { BenchReport } from '../src/report.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'apical-bench-test-'));
const file = (name: string) => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

function bench(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

test('what was measured is printed, and written as JSON, into a folder that is made', async () => {
  const out = file('results/memory.json');
  const { code, stdout } = await bench('--quick', '--shape', 'bmvr-784-1', '--part', 'memory', '--out', out);
  expect(code).toBe(0);
  const report = JSON.parse(readFileSync(out, 'utf8')) as BenchReport;
  expect(report).toMatchObject({ quick: true, shapes: [], memory: [{ rule: 'bmvr', m: 784, k: 1 }] });
  expect(report.memory![0]!.run).toBeGreaterThan(report.memory![0]!.weights);
  expect(report.machine.cpu).not.toBe('');
  expect(stdout).toContain('BMVR, 784 × 1');
  expect(stdout).toContain(`on ${report.machine.cpu} (`);
  expect(stdout).toContain(`Node.js ${report.versions['Node.js']}`);
  expect(stdout).toContain('A quick run: its numbers say little.');
});

describe('an earlier run', () => {
  const report: BenchReport = {
    ...{ created: '2026-01-02T03:04:05.000Z', version: '0.1.0', quick: false, notes: ['C++ is left out'] },
    machine: { cpu: 'a processor', cores: 2, platform: 'linux x64' },
    versions: { 'Node.js': '24.0.0' },
    blas: {
      numpy: { library: 'OpenBLAS', gigaflops: 40 },
      torch: { library: 'reference BLAS', gigaflops: 1.2 },
    },
    shapes: [
      {
        ...{ rule: 'bmvr', m: 784, k: 2, activation: 'linear', images: 'mnist', samples: 10 },
        microseconds: { apical: 0.125, numpy: 12.5, torch: 25 },
        quartiles: { apical: [0.12, 0.13], numpy: [12, 13], torch: [24, 26] },
        errors: {},
        relativeError: { apical: 1e-6, numpy: 2e-6, torch: 2e-6 },
        maxRelativeError: 2e-6,
      },
    ],
    'in-time': [{ rule: 'burst-network', inputs: 500, cells: 250, dt: 0.1, microseconds: 80 }],
    settling: [
      {
        ...{ hidden: [32, 16], activation: 'tanh', batch: 200, steps: 5 },
        microseconds: { backprop: 4, predictiveCoding: 5 },
      },
    ],
    growth: { hidden: [1, 2, 4].map(point), inputs: [196, 392].map((m) => ({ ...point(8), m })), zeros: [point(64)] },
  };
  const json = file('report.json');
  writeFileSync(json, JSON.stringify(report));

  function point(k: number) {
    return {
      ...{ rule: 'bmvr', m: 784, k, activation: 'relu', zeros: 0.5, microseconds: k },
      quartiles: [k, k] as const,
    };
  }

  test('its tables go between the markers of a document, and nothing else is changed', async () => {
    const document = file('document.md');
    writeFileSync(document, '# Title\n\n<!-- measured: begin -->\nold\n<!-- measured: end -->\n\nMore.\n');
    expect((await bench('--from', json, '--markdown', document)).code).toBe(0);
    const text = readFileSync(document, 'utf8');
    expect(text).toMatch(/^# Title\n\n<!-- measured: begin -->\n\nMeasured on 2026-01-02/);
    expect(text).toMatch(/<!-- measured: end -->\n\nMore\.\n$/);
    expect(text).not.toContain('old');
    expect(text).toContain('- C++ is left out');
    const ratios = text.split('### ').find((part) => part.startsWith('Times as long as apical'));
    expect(ratios).toContain('| rule, m × k | apical | NumPy (OpenBLAS) |\n| --- | ---: | ---: |');
    expect(ratios).toContain('| BMVR, 784 × 2 linear | 1.00 | 100 |');
    expect(text).toContain('| 784, 32, 16, 10; tanh | 200 | 4.00 | 5 | 5.00 | 0.250 |');
  });

  test('ratios to a peer with a reference BLAS, or one of which nothing is known, stand apart', async () => {
    const { stdout } = await bench('--from', json);
    expect(stdout).toContain('NumPy by OpenBLAS, 40.0 GFLOP/s; PyTorch by reference BLAS, 1.2 GFLOP/s.');
    const apart = stdout.slice(stdout.indexOf('Not to be quoted'), stdout.indexOf('Distance of the weights'));
    expect(apart).toMatch(/apical +PyTorch \(reference BLAS\)\n.*\n.* 1\.00 +200\n/);
    const { blas: _, ...unsaid } = report;
    const old = file('old.json');
    writeFileSync(old, JSON.stringify(unsaid));
    const told = (await bench('--from', old)).stdout;
    expect(told).toMatch(/Times as long as apical\nrule, m × k +apical\n/);
    expect(told).toMatch(/Not to be quoted[^\n]*\nrule, m × k +apical +NumPy \(BLAS not known\)/);
  });

  test('its picture is an SVG with a sign for each that was measured', async () => {
    const picture = file('picture.svg');
    expect((await bench('--from', json, '--picture', picture)).code).toBe(0);
    const { document } = parseHTML(readFileSync(picture, 'utf8'));
    const words = [...document.querySelectorAll('text')].map(({ textContent }) => textContent);
    expect(words).toEqual(expect.arrayContaining(['apical', 'NumPy', 'BMVR', '784 × 2 linear', 'hidden units k']));
    expect(words).not.toContain('PyTorch');
    expect(readFileSync(picture, 'utf8')).not.toMatch(/NaN|undefined/);
  });
});

test('the help names all parts', async () => {
  const { code, stdout } = await bench('--help');
  expect(code).toBe(0);
  for (const word of [...partNames, '--out', '--quick', '--whole', 'Examples:']) expect(stdout).toContain(word);
});

describe('a mistake is one line on standard error, and exit code 2', () => {
  test.each([
    [['--shape', 'bmvr-1-1'], shapes.map(shapeName).join(', ')],
    [['--part', 'everything'], partNames.join(', ')],
    [['--qiuck'], "unknown option '--qiuck'"],
    [['now'], 'too many arguments'],
    [['--python', '/no/python', '--quick', '--part', 'shapes'], '/no/python is no Python that runs'],
    [['--from', '/no/report.json'], '/no/report.json cannot be read'],
    [['--from', main], `${main} is not what npm run bench -- --out writes`],
    [['--out', path.join(main, 'out.json')], `${path.join(main, 'out.json')} cannot be written`],
    [['--markdown', '/no/document.md'], '/no/document.md'],
    [['--markdown', main, '--part', 'memory'], `${main} has no lines <!-- measured: begin -->`],
    [['--from', main, '--part', 'memory'], "'--from <file>' cannot be used with option '--part <name...>'"],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await bench(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n').filter((line) => line.startsWith('bench: '))).toHaveLength(1);
    expect(stderr).toMatch(/bench: [^\n]*\n$/);
    expect(stderr).not.toContain(' s  memory');
    expect(stderr).toContain(message);
  });
});
