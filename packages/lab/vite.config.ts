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
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: 'es' },
});
