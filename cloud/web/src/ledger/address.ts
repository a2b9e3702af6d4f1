/** What is sought, as the address keeps it: `#ledger?part=visits&verdict=recheck`. */
export const PARTS = ["visits", "alarms", "cases", "audit"] as const;
export type Part = (typeof PARTS)[number];

export const FIELDS = ["site", "gate", "who", "verdict", "reason", "since", "until", "text"] as const;
export type FieldName = (typeof FIELDS)[number];
export type Filter = Readonly<{ part: Part } & Record<FieldName, string>>;

/** Which fields narrow which part. */
export const OF_PART: Readonly<Record<Part, readonly FieldName[]>> = {
  visits: FIELDS,
  alarms: ["site", "gate", "since", "until", "text"],
  cases: ["site", "gate", "since", "until", "text"],
  audit: ["since", "until", "text"],
};

export const everything = (part: Part): Filter => ({ part, site: "", gate: "", who: "", verdict: "", reason: "", since: "", until: "", text: "" });

/** As the cloud is asked, without what does not narrow this part. */
export function searched(filter: Filter): string {
  const said = OF_PART[filter.part].flatMap((name): [string, string][] => (filter[name] === "" ? [] : [[name, filter[name]]]));
  return new URLSearchParams([["part", filter.part], ...said]).toString();
}

/** What an address asks; what it does not say, or what is no part, is left open. */
export function filterOf(hash: string): Filter {
  const said = new URLSearchParams(hash.split("?")[1] ?? "");
  const part = PARTS.find((one) => one === said.get("part")) ?? "visits";
  const fields = Object.fromEntries(FIELDS.map((name) => [name, said.get(name) ?? ""])) as Record<FieldName, string>;
  return { part, ...fields };
}

/** For a field of local time: 2026-11-21T14:02; empty for what is no time. */
export function local(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? "" : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** And back, in UTC. */
export const utc = (typed: string): string => (typed === "" ? "" : new Date(typed).toISOString());
