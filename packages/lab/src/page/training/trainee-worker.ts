import { expose } from 'comlink';
import { createTrainee } from './trainee.ts';

expose(createTrainee());
