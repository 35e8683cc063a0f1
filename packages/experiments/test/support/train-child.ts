// Trains one run in a folder, with a checkpoint several times a second; started as a process of its own, to be killed.
import { runTraining } from '../../src/runs/run-training.ts';
import { killedConfig } from './killed-config.ts';

const [folder = ''] = process.argv.slice(2);
await runTraining(killedConfig, { folder, checkpointSeconds: 0.02, onEvaluation: () => process.send?.('evaluated') });
