import { fileURLToPath } from 'node:url';

/** The folder of the built page. */
export const pageDirectory = fileURLToPath(new URL('../page', import.meta.url));
