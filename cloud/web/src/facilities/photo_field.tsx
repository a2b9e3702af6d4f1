import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { photograph } from "./photograph";
import { useTell } from "./words";

/** Takes a photograph with the telephone, shows it, and lets it be taken away again. It is read here and sent with the round. */
export function PhotoField({ photo, taken }: { photo: string | null; taken: (photo: string | null) => void }): JSX.Element {
  const tell = useTell();
  const [unread, setUnread] = useState(false);
  const read = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined) return;
    const text = await photograph(file);
    input.value = ""; // the same one may be chosen once more
    setUnread(text === null);
    taken(text);
  };
  return (
    <div class="photo">
      <label class="second take">
        {tell("round.photo")}
        <input class="unseen" type="file" name="photo" accept="image/*" capture="environment" onChange={(event) => void read(event.currentTarget)} />
      </label>
      {unread && (
        <p class="trouble" role="alert">
          {tell("round.photo.not")}
        </p>
      )}
      {photo !== null && (
        <figure>
          <img src={`data:image/jpeg;base64,${photo}`} alt={tell("round.photo.shown")} />
          <button type="button" class="second" onClick={() => taken(null)}>
            {tell("round.photo.drop")}
          </button>
        </figure>
      )}
    </div>
  );
}
