import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The page: a static folder whose files refer to each other only, so that it works below any address. */
export default defineConfig({
  root: folder('src/page'),
  base: './',
  publicDir: folder('public'),
  build: {
    outDir: folder('dist/page'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    // The page is served by the machine that shows it, or once: it is one file.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: 'es' },
});
