import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Refused } from "../api/client";
import { refusalHere } from "../words/refusal";
import { look } from "../api/gates";
import { answered, useTell, type Tell } from "./words";

interface Props {
  gate: string;
  user: string;
  purpose: string;
  close: () => void;
  ended: () => void;
}

type Told = { state: "waiting" | "showing" | "over" } | { state: "refused"; error: Refused };

/** The gate's picture as it comes, on a canvas: nothing of it is kept. Who looks stands on it. */
export function Picture({ gate, user, purpose, close, ended }: Props): JSX.Element {
  const tell = useTell();
  const canvas = useRef<HTMLCanvasElement>(null);
  const stop = useRef(new AbortController());
  const [told, setTold] = useState<Told>({ state: "waiting" });
  const [shown, setShown] = useState(0);
  useEffect(() => {
    const draw = async (jpeg: Blob): Promise<void> => {
      await paint(canvas.current, jpeg, user);
      setTold({ state: "showing" });
      setShown((count) => count + 1);
    };
    look(gate, purpose, draw, stop.current.signal).then(
      () => setTold({ state: "over" }),
      (error: unknown) => {
        const refused = error instanceof Refused ? error : new Refused(0);
        if (refused.status === 401) ended();
        setTold({ state: "refused", error: refused });
      },
    );
    return () => stop.current.abort();
  }, []);
  return (
    <div class="look" data-look={told.state} data-pictures={shown}>
      <canvas ref={canvas} role="img" aria-label={tell("look.alt", { gate })} hidden={told.state !== "showing"} />
      <p role="status">{line(tell, told)}</p>
      <p class="buttons">
        <button type="button" class="primary" data-action="stop" onClick={close}>
          {tell(told.state === "showing" || told.state === "waiting" ? "look.stop" : "close")}
        </button>
      </p>
    </div>
  );
}

async function paint(canvas: HTMLCanvasElement | null, jpeg: Blob, user: string): Promise<void> {
  const picture = await createImageBitmap(jpeg);
  const pen = canvas?.getContext("2d");
  if (canvas == null || pen == null) return;
  [canvas.width, canvas.height] = [picture.width, picture.height];
  pen.drawImage(picture, 0, 0);
  picture.close();
  pen.font = "15px sans-serif";
  pen.strokeText(user, 8, canvas.height - 10);
  pen.fillStyle = "#ffffff";
  pen.fillText(user, 8, canvas.height - 10);
}

function line(tell: Tell, told: Told): string {
  if (told.state !== "refused") return tell(`look.${told.state}`);
  switch (told.error.status) {
    case 403:
      return tell("answer.forbidden");
    case 409:
      return tell("look.no", { why: whyNot(tell, told.error) });
    case 503:
      return tell("answer.unsent", { why: refusalHere(told.error) });
    case 504:
      return tell("look.late");
    default:
      return tell("away");
  }
}

/** The gate's own words where it said no; the cloud's otherwise. */
const whyNot = (tell: Tell, no: Refused): string => (no.code === "gate_refused" ? answered(tell, String(no.values["why"] ?? no.detail)) : refusalHere(no));
