import { defineConfig } from "vite";

// The cloud serves the result under `default-src 'self'`: nothing may be inlined as a data address.
export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 400 },
  server: { proxy: { "/api": "http://127.0.0.1:8700" } },
});
