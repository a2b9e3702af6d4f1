import { defineConfig } from "vite";

// The service worker as one file of a name that stays: a browser asks for it by that, beside the page's own files.
export default defineConfig({
  publicDir: false,
  build: {
    target: "es2022",
    emptyOutDir: false,
    rollupOptions: { input: "src/push/worker.ts", output: { entryFileNames: "push.js", format: "iife" } },
  },
});
