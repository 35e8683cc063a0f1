import type { Circuit } from '../circuit/circuit.ts';
import type { Signal, State } from '../circuit/signal.ts';
import { Synapses } from '../circuit/synapses.ts';
import {
  conductances,
  DendriticCircuit,
  dendriticShape,
  labelPotentials,
  type Potentials,
  silence,
} from './dendritic-circuit.ts';
import { defineRule } from './rule.ts';

/**
 * Dendritic microcircuits in time: a sample is shown for a while, in steps of dt by Euler, and potentials follow their currents,
 * `du_l/dt = −gL u_l + gB (vB_l − u_l) + gA (vA_l − u_l)`. They go on from sample to sample, as do the low-passed input and label, and what
 * synapses gain, `dΔ/dt = (g − Δ) / τW`. Synapses learn all the time, `dW/dt = η Δ`, but for a lag at the start of each sample, in which
 * potentials come to rest.
 */
export const dendriticMicrocircuitDynamics = defineRule({
  name: 'dendritic-microcircuit-dynamics',
  title: 'Dendritic microcircuit in time',
  year: 2018,
  source: 'Sacramento, Ponte Costa, Bengio and Senn 2018',
  shape: dendriticShape,
  parameters: {
    dt: { default: 0.5, above: 0, says: 'a step of time, in ms' },
    lag: { default: 40, min: 0, whole: true, says: 'how many steps a sample is shown before synapses learn' },
    plastic: { default: 60, min: 0, whole: true, says: 'how many more steps it is shown, in which they learn' },
    tau0: { default: 3, above: 0, says: 'the time constant by which inputs and labels are low-passed, in ms' },
    tauW: { default: 30, above: 0, says: 'that by which what synapses gain is low-passed' },
    ...conductances,
    ...labelPotentials,
    silence,
  },
  usualRates: { W: 0.003, WIP: 0.003, WPI: 0.003 },
  build(circuit, architecture, parameters) {
    const { dt, lag, plastic, tau0, tauW, gL, gB, gA, gD, gSom } = parameters;
    const cells = new DendriticCircuit(circuit, architecture, parameters);
    const { forward, layers, depth, top } = cells;

    /** A step of du/dt = −gL u + Σ g (v − u), whose conductances are gL + Σ g together. */
    const advance = (u: State<string>, current: Signal<string>, conductance: number, of: string) => {
      const change = current.minus(u.times(conductance, `g${of}`)).as(`u̇${of}`);
      u.becomes(u.plus(change.times(dt, 'dt')));
    };

    /** What arrives of a signal in each step: r ← r + dt/τ0 (x − r), which goes on from sample to sample. */
    function lowpassed(x: Signal<string>, name: string, symbol: string) {
      const state = circuit.state(name, x.population, 0, 'ever');
      return () => {
        const next = state.plus(x.minus(state).times(dt / tau0, 'dt/τ0')).as(symbol);
        state.becomes(next);
        return next;
      };
    }

    /** Silent cells, which last a sample or for ever, and a step of time with what arrives in it, a target or none. */
    function silent(lasts: 'sample' | 'ever', input: () => Signal<string>, target?: () => Signal<string>) {
      const u = forward.map((layer) => circuit.state(`u${layer.l}`, layer.cells, 0, lasts));
      const uI = layers.map(({ l, interneuron }) => circuit.state(`uI${l}`, interneuron, 0, lasts));

      const step = (): Potentials => {
        const vB: Signal<string>[] = [];
        const vI: Signal<string>[] = [];
        const vA: Signal<string>[] = [];
        const r: Signal<string>[] = [input()];
        const rI: Signal<string>[] = [];
        for (const [i, own] of u.entries()) r[i + 1] = cells.phi(own, `r${i + 1}`);
        for (const [i, own] of uI.entries()) rI[i + 1] = cells.phi(own, `rI${i + 1}`);
        for (const [i, own] of u.entries()) {
          const l = i + 1;
          vB[l] = cells.basal(l, r[i]!);
          let current = vB[l]!.times(gB, 'gB'); //  −gL u + gB (vB − u) + gA (vA − u), at the top + gSom (target − u)
          let conductance = gL + gB;
          if (l < top) {
            vA[l] = cells.apical(l, r[l + 1]!, rI[l]!);
            current = current.plus(vA[l]!.times(gA, 'gA'));
            conductance += gA;
          } else if (target) {
            current = current.plus(target().times(gSom, 'gSom'));
            conductance += gSom;
          }
          advance(own, current, conductance, `${l}`);
        }
        for (const { l, T } of layers) {
          const own = uI[l - 1]!;
          vI[l] = cells.dendrite(l, r[l]!);
          //  −gL uI + gD (vI − uI) + gSom (u above − uI)
          const current = vI[l]!.times(gD, 'gD').plus(T.drive(u[l]!).times(gSom, 'gSom'));
          advance(own, current, gL + gD + gSom, `I${l}`);
        }
        return { r, rI, vB, vI, vA };
      };
      return { u, step };
    }

    /** The potentials at the end of a sample that is shown without a label, not low-passed, to cells that are silent at first. */
    function shown(x: Signal<'stimulus'>) {
      const { u, step } = silent('sample', () => x);
      circuit.repeat(lag + plastic, () => void step());
      return u;
    }

    return {
      transform: (x) => cells.phi(shown(x)[depth - 1]!, `r${depth}`),
      predict: (x) => cells.labelOf(shown(x)[depth]! as Signal<'label'>),
      learn(x, y) {
        const { step } = silent('ever', lowpassed(x, 'x̄', 'r0'), lowpassed(cells.target(y), 't̄', 'ȳ'));
        const gained = new Map(
          plasticOf(circuit).map((each) => [each, circuit.state(`low_${each.name}`, each.each, 0, 'ever')]),
        );
        circuit.phase('lag', () => circuit.repeat(lag, () => void step()));
        circuit.repeat(plastic, () => {
          circuit.phase('plasticity', () => {
            cells.learn(step(), (synapses, post, pre) => {
              const kept = gained.get(synapses)!;
              const change = synapses
                .outer(post, pre)
                .minus(kept)
                .times(dt / tauW, 'dt/τW');
              kept.becomes(kept.plus(change)); //  Δ ← Δ + dt/τW (g − Δ)
              synapses.grow(kept.times(dt, 'dt')); //  W ← W + η dt Δ
            });
          });
        });
      },
    };
  },
});

function plasticOf(circuit: Circuit): readonly Synapses<string, string>[] {
  return circuit.allSynapses.flatMap((each) => (each instanceof Synapses ? [each] : []));
}
