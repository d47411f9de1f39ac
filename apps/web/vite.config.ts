import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.MEND_DEV_SERVER ?? 'http://127.0.0.1:4321';

/** The page is served with `script-src 'self'`: nothing inline, nothing from elsewhere. */
export default defineConfig({
  base: '/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    // Every browser of the target preloads modules by itself.
    modulePreload: { polyfill: false },
    // Small files stay files, so that no data URL is needed for a font or a script.
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  server: {
    proxy: {
      '/api': server,
      '/healthz': server,
      '/socket.io': { target: server, ws: true },
      '/sync': { target: server, ws: true },
    },
  },
});
