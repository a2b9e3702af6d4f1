/** A photograph from this telephone, small enough to be sent: 1280 pixels at most, and nothing in it but the picture. */

const LONGEST_PX = 1280;
/** Bytes of JPEG; the cloud takes 400,000 characters of base64. */
const MOST_BYTES = 290_000;
const QUALITIES = [0.75, 0.6, 0.45, 0.3] as const;

/** In base64, without a prefix; null where it is no picture that this browser reads. */
export async function photograph(file: Blob): Promise<string | null> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of QUALITIES) {
    const text = canvas.toDataURL("image/jpeg", quality).split(",")[1] ?? "";
    if (text.length * 0.75 <= MOST_BYTES) return text === "" ? null : text;
  }
  return null;
}
