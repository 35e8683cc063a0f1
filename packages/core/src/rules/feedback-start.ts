import type { Initial } from '../circuit/start.ts';

/** How feedback weights start unless something else is said: N(0, 1/n), n being the units that they come from. */
export const feedbackStart: Initial = { normal: 1, fan: 'in' };
