import { expose } from 'comlink';
import { theorist } from './theorist.ts';
import { createTrainee } from './trainee.ts';

// One file for both: what they are made of is loaded once.
expose({ ...createTrainee(), ...theorist });
