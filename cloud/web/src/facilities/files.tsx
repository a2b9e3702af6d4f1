import type { JSX } from "preact";
import { useTell } from "./words";

const FORMS = ["pdf", "xlsx", "csv"] as const;

/** Links that the browser saves; the cloud writes down who took what. `at`: the address of the file in that form. */
export function Files({ at, label }: { at: (form: string) => string; label?: string }): JSX.Element {
  const tell = useTell();
  return (
    <span class="files" role="group" aria-label={label ?? tell("take.of")}>
      {FORMS.map((form) => (
        <a key={form} class="second" data-form={form} href={at(form)} download>
          {tell("take", { form: form.toUpperCase() })}
        </a>
      ))}
    </span>
  );
}
