import type { JSX } from "preact";
import type { Language } from "../words/table";
import { fileOf, FORMS } from "./api";
import { useTell } from "./words";

/** Links that the browser saves; the cloud writes down who took what. */
export function Take({ what, language }: { what: string; language: Language }): JSX.Element {
  const tell = useTell();
  return (
    <>
      {FORMS.map((form) => (
        <a key={form} class="second" data-form={form} href={fileOf(what, form, language)} download>
          {tell("take", { form: form.toUpperCase() })}
        </a>
      ))}
    </>
  );
}
