import { extname } from 'node:path';
import {
  allRules,
  auditCircuit,
  type CircuitDescription,
  circuitMermaid,
  circuitSvg,
  describeCircuit,
  findRule,
  InputError,
} from '@apical/core';
import type { Command } from 'commander';
import { formatAudit, formatCircuit } from '../circuit-text.ts';
import type { Context } from '../context.ts';
import { addNetworkOptions, type NetworkOptions, networkSettings } from '../network-options.ts';
import { refuseOverwriting } from '../overwriting.ts';
import { ruleHelp } from '../run-options.ts';

interface CircuitCommandOptions extends NetworkOptions {
  audit?: boolean;
  out?: string;
}

/** What a circuit can be written as, by the file's extension. */
const formats: Readonly<Record<string, (description: CircuitDescription) => string>> = {
  '.svg': circuitSvg,
  '.mmd': circuitMermaid,
  '.json': (description) => `${JSON.stringify(document(description), undefined, 2)}\n`,
};

/** `apical circuit`. */
export function addCircuitCommand(program: Command, context: Context): void {
  const command = program
    .command('circuit')
    .description(
      "draw a learning rule's circuit, or audit what its synapses learn from; both come from the rule's code",
    )
    .summary("draw or audit a learning rule's circuit")
    .argument('<rule>', `learning rule: ${allRules.map(({ name }) => name).join(', ')}, ${ruleHelp}`);
  addNetworkOptions(command, 'one layer of any number')
    .option('--audit', 'say what every synapse learns from, and what would be implausible in the brain')
    .option('--out <file>', 'write it: .svg is a figure, .mmd a Mermaid flowchart, .json data')
    .addHelpText(
      'after',
      `
Examples:
  apical circuit bmvr
  apical circuit bmvr --out bmvr.svg
  apical circuit bmvr --decoupled --activation relu --mean-rate 1e-4 --audit
  apical circuit feedback-alignment --hidden 128,128,128 --activation tanh --output softmax --out deep.svg
  apical circuit sign-symmetry --parameter magnitudes=redrawn --audit
  apical circuit backprop --audit --json`,
    )
    .action((rule: string, options: CircuitCommandOptions) => circuit(rule, options, context));
}

async function circuit(name: string, options: CircuitCommandOptions, { output }: Context): Promise<void> {
  const { audit = false, out, ...networkOptions } = options;
  const { loadRule, ruleOrName, writeOutput } = await import('@apical/experiments');
  const rule = findRule(ruleOrName(await loadRule(name)));
  const description = describeCircuit(rule, networkSettings(rule, networkOptions));
  if (out !== undefined) {
    const write = formats[extname(out).toLowerCase()];
    if (!write) throw new InputError(`${out}: its name must end in one of ${Object.keys(formats).join(', ')}`);
    await refuseOverwriting(out, [name]);
    await writeOutput(out, write(description));
  }
  output.document(audit ? auditCircuit(description) : document(description));
  if (audit) output.result(formatAudit(auditCircuit(description)));
  else if (out === undefined) output.result(formatCircuit(description));
  if (out !== undefined) output.note(`written  ${out}`);
}

function document(description: CircuitDescription): object {
  return { ...description, audit: auditCircuit(description) };
}
