import { pageWords } from './page-words.ts';
import { store } from './store.ts';

/** Does something, and shows what goes wrong with it. */
export async function attempt(action: () => Promise<void> | void): Promise<void> {
  try {
    await action();
  } catch (error) {
    store.problem.value = pageWords((error as Error).message);
  }
}
