import { defineConfig } from "vite";

// The pure parts and their tests as one file for `node --test`.
export default defineConfig({
  build: { ssr: "tests/all.ts", outDir: "node_modules/.menshen-tests", target: "node20", minify: false },
});
