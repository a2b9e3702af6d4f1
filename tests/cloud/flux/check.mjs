// InfluxData's own Flux compiler: one JSON text a line in, one JSON object a line out: {valid, texts}, texts the string literals
// it read. The package is made for bundlers: its memory views are taken before the module is there, so they move into a setter.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [folder, scratch] = process.argv.slice(2);
const made = join(folder, "node_modules", "@influxdata", "flux-lsp-browser");
const memory = [];
const source = readFileSync(join(made, "flux-lsp-browser_bg.js"), "utf8")
  .replace(/^import \* as wasm from .*$/m, "let wasm; export function hand(exports) { wasm = exports; takeMemory(); }")
  .replace(/^cached\w*Memory\w* = new \w+\(wasm\.memory\.buffer\);$/gm, (line) => (memory.push(line), ""));
const loaded = join(scratch, "flux.mjs");
writeFileSync(loaded, `${source}\nfunction takeMemory() { ${memory.join(" ")} }\nvar module = undefined;\n`);

const glue = await import(pathToFileURL(loaded).href);
const bytes = readFileSync(join(made, "flux-lsp-browser_bg.wasm"));
const { instance } = await WebAssembly.instantiate(bytes, { "./flux-lsp-browser_bg.js": glue });
glue.hand(instance.exports);
instance.exports.__wbindgen_start?.();

function valid(text) {
  const flux = new glue.Flux(text);
  const answer = flux.is_valid();
  flux.free();
  return answer;
}

function texts(node, found = []) {
  if (Array.isArray(node)) node.forEach((one) => texts(one, found));
  else if (node instanceof Map) [...node.values()].forEach((one) => texts(one, found));
  else if (node && typeof node === "object") {
    if (node.type === "StringLiteral") found.push(node.value);
    else Object.values(node).forEach((one) => texts(one, found));
  }
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  const good = glue.is_valid_flux(text) && valid(text);
  console.log(JSON.stringify({ valid: good, texts: texts(glue.parse(text)) }));
}
