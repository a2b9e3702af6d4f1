import type { JSX } from "preact";
import { useSay, word } from "../words/say";
import type { Language } from "../words/table";
import { Dialog } from "./dialog";
import { Later } from "./later";
import type { Sounding } from "./use_sound";

interface Props {
  sounding: Sounding;
  language: Language;
  close: () => void;
}

/** Switch the sound, hear each priority, and have pushes shown with the page closed. */
export function SoundDialog({ sounding, language, close }: Props): JSX.Element {
  const say = useSay();
  return (
    <Dialog title={say("sound.title")} close={close}>
      <div class="sheet">
        <p class="dim">{say("sound.what")}</p>
        <label class="choice">
          <input type="checkbox" checked={sounding.sound !== "off"} onChange={(event) => sounding.turn(event.currentTarget.checked)} />
          {say("sound.switch")}
        </label>
        <p class="buttons">
          {[1, 2, 3].map((priority) => (
            <button key={priority} type="button" class="quiet framed" data-test={priority} onClick={() => sounding.test(priority)}>
              {say("sound.test", { priority: word(say, "priority", String(priority)) })}
            </button>
          ))}
        </p>
        <Later load={() => import("../push/choice")} props={{ language }} />
        <form method="dialog">
          <button class="primary">{say("keys.close")}</button>
        </form>
      </div>
    </Dialog>
  );
}
