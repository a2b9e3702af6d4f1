import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Field, Trouble } from "../admin/fields";
import { useDoing, useRows } from "../admin/use_doing";
import { Waiting } from "../admin/waiting";
import { Refused } from "../api/client";
import { Dialog } from "../view/dialog";
import { members, POSTS, roster, SHIFTS, stand, type Finding, type Member, type Place, type Roster } from "./api";
import { later } from "./times";
import { faultText } from "./warnings";
import { useTell } from "./words";

/** A week of one site's roster: seven days, two shifts, two posts; what is wrong stands where it is. */
export function Week({ edits, top }: { edits: boolean; top: string }): JSX.Element {
  const tell = useTell();
  const people = useRows(members);
  const reading = useDoing();
  const [site, setSite] = useState(top);
  const [day, setDay] = useState("");
  const [week, setWeek] = useState<Roster | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const { run } = reading;
  const read = useCallback(() => run(async () => setWeek(await roster(site, day))), [run, site, day]);
  useEffect(() => void read(), [read]);
  const sites = [...new Set([top, ...(people.rows ?? []).map((one) => one.site)])].sort();
  const step = (days: number) => (): void => setDay(later(week?.days[0] ?? new Date().toISOString().slice(0, 10), days));
  return (
    <section class="page" aria-label={tell("tab.week")}>
      <div class="card line">
        <Field label={tell("site")}>
          <select name="site" value={site} onChange={(event) => setSite(event.currentTarget.value)}>
            {sites.map((one) => (
              <option key={one} value={one}>
                {one === "" ? tell("site.all") : one}
              </option>
            ))}
          </select>
        </Field>
        <button type="button" class="second" data-action="before" onClick={step(-7)}>
          {tell("week.before")}
        </button>
        <button type="button" class="second" data-action="after" onClick={step(7)}>
          {tell("week.after")}
        </button>
      </div>
      <Trouble trouble={reading.trouble ?? people.doing.trouble} />
      <Waiting rows={week} doing={reading} again={() => Promise.all([people.again(), read()])} />
      {week !== null && <Days week={week} people={people.rows ?? []} {...(edits && { choose: setPlace })} />}
      {place !== null && <Choose site={site} place={place} people={people.rows ?? []} close={() => setPlace(null)} changed={setWeek} />}
    </section>
  );
}

interface DaysProps {
  week: Roster;
  people: readonly Member[];
  choose?: (place: Place) => void;
}

function Days({ week, people, choose }: DaysProps): JSX.Element {
  const tell = useTell();
  const name = (id: string): string => people.find((one) => one.id === id)?.name ?? id;
  return (
    <ol class="week">
      {week.days.map((day) => (
        <li key={day} data-day={day} class={week.working_days.includes(day) ? "" : "off"}>
          <h3>
            {weekday(day)} {day.slice(5)} {!week.working_days.includes(day) && <span class="dim">{tell("week.off")}</span>}
          </h3>
          {SHIFTS.flatMap((shift) =>
            POSTS.map((post) => {
              const place = week.places.find((one) => one.day === day && one.shift === shift && one.post === post) ?? { day, shift, post, persons: [] };
              const wrong = week.findings.filter((one) => one.day === day && one.shift === shift && one.post === post);
              return <Spot key={`${shift} ${post}`} place={place} wrong={wrong} name={name} {...(choose && { choose })} />;
            }),
          )}
        </li>
      ))}
    </ol>
  );
}

interface SpotProps {
  place: Place;
  wrong: readonly Finding[];
  name: (id: string) => string;
  choose?: (place: Place) => void;
}

function Spot({ place, wrong, name, choose }: SpotProps): JSX.Element {
  const tell = useTell();
  const who = place.persons.map(name).join("、") || tell("week.nobody");
  const inside = (
    <>
      <span class="dim small">
        {tell(`shift.${place.shift}`)} · {tell(`post.${place.post}`)}
      </span>
      <span class={place.persons.length === 0 ? "dim" : "who"}>{who}</span>
      {wrong.map((one) => (
        <span key={`${one.what} ${one.person}`} class="wrong" data-fault={one.what}>
          {faultText(tell, one)}
        </span>
      ))}
    </>
  );
  const at = `${place.day} ${place.shift} ${place.post}`;
  if (choose === undefined)
    return (
      <div class="spot" data-place={at}>
        {inside}
      </div>
    );
  return (
    <button type="button" class="spot" data-place={at} onClick={() => choose(place)}>
      {inside}
    </button>
  );
}

interface ChooseProps {
  site: string;
  place: Place;
  people: readonly Member[];
  close: () => void;
  changed: (week: Roster) => void;
}

/** Who stands there: everybody at the site, and above and below it. */
function Choose({ site, place, people, close, changed }: ChooseProps): JSX.Element {
  const tell = useTell();
  const doing = useDoing();
  const [barred, setBarred] = useState("");
  const near = people.filter((one) => isWithin(one.site, site) || isWithin(site, one.site));
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const persons = new FormData(event.currentTarget as HTMLFormElement).getAll("person").map(String);
    setBarred("");
    const deed = async (): Promise<void> => {
      try {
        changed(await stand(site, { ...place, persons }));
      } catch (error) {
        if (!(error instanceof Refused && error.code === "barred")) throw error;
        const { person, until } = error.values;
        const who = people.find((one) => one.id === person)?.name ?? String(person);
        setBarred(tell("week.barred", { who, until: String(until) }));
        return;
      }
      close();
    };
    await doing.run(deed);
  };
  return (
    <Dialog title={`${tell("week.choose")}: ${place.day.slice(5)} ${tell(`shift.${place.shift}`)} · ${tell(`post.${place.post}`)}`} close={close}>
      <form class="card plain" onSubmit={(event) => void save(event)}>
        <fieldset class="choices">
          <legend class="unseen">{tell("week.choose")}</legend>
          {near.map((one) => (
            <label key={one.id} class="check">
              <input type="checkbox" name="person" value={one.id} defaultChecked={place.persons.includes(one.id)} /> {one.name}
              <span class="dim small">
                {one.number} {place.post === "screening" && one.trained_on === null && tell("week.untrained")}
              </span>
            </label>
          ))}
        </fieldset>
        {barred !== "" && (
          <p role="alert" class="trouble">
            {barred}
          </p>
        )}
        <Trouble trouble={doing.trouble} />
        <div class="buttons">
          <button class="primary" disabled={doing.busy}>
            {tell("save")}
          </button>
          <button type="button" class="quiet" onClick={close}>
            {tell("close")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const isWithin = (site: string, top: string): boolean => top === "" || site === top || site.startsWith(`${top}/`);

function weekday(day: string): string {
  const language = document.documentElement.lang === "zh" ? "zh-CN" : "en-GB";
  return new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}
