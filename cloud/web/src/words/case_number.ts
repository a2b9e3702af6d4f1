/** What a case is called on the telephone: its year and its running number, such as 2026-0042 (`cloud/ledger/case_numbers.py`). */
export function caseNumber(id: string, raisedAt: string): string {
  const number = /^case-(\d+)$/.exec(id)?.[1];
  return number === undefined ? id : `${new Date(raisedAt).getFullYear()}-${number.padStart(4, "0")}`;
}
