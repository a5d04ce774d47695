import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// FLOOR_SERVICE names the service that `npm run dev` passes the hub and the API on to.
const service = process.env['FLOOR_SERVICE'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte()],
  build: {
    // FLOOR_DASHBOARD_OUT lets a test build elsewhere, so that it never swaps files under a running service.
    outDir: process.env['FLOOR_DASHBOARD_OUT'] ?? '../src/FloorMonitor.Service/wwwroot',
    emptyOutDir: true,
    target: 'es2022',
    // Fonts stay files: a wall caches them once, and a style sheet that holds them would block the first paint.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/hubs': { target: service, ws: true },
      '/api': { target: service },
    },
  },
});
