import { expose } from 'comlink';
import { theorist } from './theorist.ts';

expose(theorist);
