// The pictures and what is drawn on them. Colour pixels on the colour one, thermal pixels on the thermal one.

const SVG = "http://www.w3.org/2000/svg";
const at = (id) => document.getElementById(id);

function sized(stage, wide, high) {
  at(stage).style.setProperty("--ratio", wide / high);
}

function paint(id, bitmap) {
  const canvas = at(id);
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
}

export function shape(name, values, kind) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(values)) node.setAttribute(key, value);
  node.setAttribute("class", kind);
  return node;
}

export const polygon = (corners, kind) => shape("polygon", { points: corners.map((one) => one.join(",")).join(" ") }, kind);

function label(x, y, size, words) {
  const node = shape("text", { x, y, "font-size": size, "stroke-width": size / 5 }, "");
  node.textContent = words;
  return node;
}

export async function pictures(look, blobs) {
  const bitmaps = await Promise.all(blobs.map((blob) => createImageBitmap(blob)));
  for (const [index, name] of look.pictures.entries()) paint(name, bitmaps[index]);
  at("laid").hidden = !look.pictures.includes("laid");
  sized("stage-colour", ...look.size);
  if (look.thermal_size) {
    sized("stage-thermal", ...look.thermal_size);
    const corners = look.outline.map(([x, y]) => `${100 * x}% ${100 * y}%`).join(",");
    at("laid").style.clipPath = corners ? `polygon(${corners})` : "circle(0)";
  }
}

export function drawings(look) {
  onColour(look);
  onThermal(look);
}

function onColour(look) {
  const [wide, high] = look.size;
  const size = wide / 24;
  const nodes = [polygon(look.facts.zone.map(([x, y]) => [x * wide, y * high]), "zone")];
  for (const face of look.record.faces) {
    const [x1, y1, x2, y2] = face.box;
    nodes.push(shape("rect", { x: x1, y: y1, width: x2 - x1, height: y2 - y1 }, `face face-${face.place}`));
    nodes.push(label(x1, Math.max(size, y1 - size / 4), size, `#${face.track}`));
  }
  at("on-colour").setAttribute("viewBox", `0 0 ${wide} ${high}`);
  at("on-colour").replaceChildren(...nodes);
}

// A thermal pixel's middle is at whole numbers; the picture begins half a pixel before.
function onThermal(look) {
  if (!look.thermal_size) return;
  const [wide, high] = look.thermal_size;
  const size = wide / 20;
  const nodes = [];
  for (const face of look.record.faces) nodes.push(...faceOf(face, size));
  for (const [index, body] of look.facts.references.entries()) nodes.push(...bodyOf(body, index + 1, look.record.reference, size));
  at("on-thermal").setAttribute("viewBox", `-0.5 -0.5 ${wide} ${high}`);
  at("on-thermal").replaceChildren(...nodes);
}

function faceOf(face, size) {
  if (!face.placed) return [];
  const nodes = [polygon(face.placed.outline, "face")];
  for (const [region, outline] of face.placed.regions)
    nodes.push(polygon(outline, `region-${region}${face.placed.read?.region === region ? " region-read" : ""}`));
  const left = Math.min(...face.placed.outline.map(([col]) => col));
  const bottom = Math.max(...face.placed.outline.map(([, row]) => row));
  nodes.push(label(left, bottom + size, size, `#${face.track} ${Math.round(face.placed.height_px)} px`));
  return nodes;
}

function bodyOf(told, number, record, size) {
  const found = record?.bodies.find((body) => body.number === number);
  const sought = shape("circle", { cx: told.col, cy: told.row, r: told.radius_px + told.search_px }, "body-sought");
  const { col, row } = found ?? told;
  const seen = shape("circle", { cx: col, cy: row, r: told.radius_px }, found ? "body-found" : "body-lost");
  return found ? [sought, seen] : [sought, seen, label(col + told.radius_px, row, size, "?")];
}
