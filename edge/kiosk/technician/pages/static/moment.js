// The newest moment that the gate's record is about: JSON, and a blob for each of its pictures.

// Length and JSON, then length and bytes of each picture (edge/kiosk/technician/looker.py).
function unpacked(buffer) {
  const view = new DataView(buffer);
  const parts = [];
  for (let start = 0; start < buffer.byteLength; ) {
    const length = view.getUint32(start);
    parts.push(buffer.slice(start + 4, start + 4 + length));
    start += 4 + length;
  }
  return [JSON.parse(new TextDecoder().decode(parts[0])), parts.slice(1).map((part) => new Blob([part]))];
}

// After moment `number`; null when the session is over.
export async function moment(number) {
  const answer = await fetch(`/look?after=${number}`);
  return answer.status === 401 ? null : unpacked(await answer.arrayBuffer());
}
