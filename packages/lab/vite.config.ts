import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * `virtual:worker` is the address of the worker's file, which is bundled with the page: what both are made of is in chunks that they share, and
 * loaded once.
 */
const sharedWorker: Plugin = {
  name: 'shared-worker',
  resolveId: (id) => (id === 'virtual:worker' ? `\0${id}` : undefined),
  load(id) {
    if (id !== '\0virtual:worker') return undefined;
    const file = this.emitFile({ type: 'chunk', id: folder('src/page/training/worker.ts'), name: 'worker' });
    return `export default import.meta.ROLLUP_FILE_URL_${file};`;
  },
};

/** The page: a static folder whose files refer to each other only, so that it works below any address. */
export default defineConfig({
  root: folder('src/page'),
  base: './',
  publicDir: folder('public'),
  plugins: [sharedWorker],
  build: {
    outDir: folder('dist/page'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    // The page is served by the machine that shows it, or once: it is one file.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
});
