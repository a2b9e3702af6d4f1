import type { ComponentChildren, JSX } from "preact";
import { ROLES, type Role } from "./api";
import { refusalHere } from "../words/refusal";
import type { Complaint } from "./use_doing";
import { useTell, type AdminKey } from "./words";

const SITE = "[A-Za-z0-9][A-Za-z0-9_.:\\-]{0,31}(/[A-Za-z0-9][A-Za-z0-9_.:\\-]{0,31}){0,5}";
export const NAME = "[A-Za-z0-9][A-Za-z0-9_.@\\-]{0,62}";

export function Field({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  return (
    <label class="field">
      {label}
      {children}
    </label>
  );
}

export function RoleField({ role }: { role: Role }): JSX.Element {
  const tell = useTell();
  return (
    <Field label={tell("role")}>
      <select name="role">
        {ROLES.map((one) => (
          <option key={one} value={one} selected={one === role}>
            {tell(`role.${one}`)}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface SiteProps {
  site: string;
  known?: readonly string[];
  label?: AdminKey;
}

export function SiteField({ site, known = [], label = "site.empty" }: SiteProps): JSX.Element {
  const tell = useTell();
  return (
    <Field label={tell(label)}>
      <input name="site" defaultValue={site} pattern={SITE} placeholder={tell("site.hint")} list="known-sites" spellcheck={false} autocapitalize="none" autocomplete="off" />
      <datalist id="known-sites">
        {known.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </Field>
  );
}

export function Trouble({ trouble }: { trouble: Complaint | null }): JSX.Element | null {
  const tell = useTell();
  return trouble === null ? null : (
    <p role="alert" class="trouble">
      {typeof trouble === "string" ? tell(trouble) : refusalHere(trouble)}
    </p>
  );
}

/** Something that is shown once: to be selected with one click. */
export function Once({ label, secret }: { label: string; secret: string }): JSX.Element {
  return (
    <p class="once" role="status">
      {label} <code>{secret}</code>
    </p>
  );
}

/** What a form says when it is sent, by the names of its fields. */
export function sent(event: Event): (name: string) => string {
  event.preventDefault();
  const form = new FormData(event.currentTarget as HTMLFormElement);
  return (name) => String(form.get(name) ?? "").trim();
}
