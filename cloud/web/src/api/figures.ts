/** The figures of the alarm-performance page; see `GET /api/alarm-figures`. Shares are from 0 to 1. */
export interface Often {
  gate: string;
  kind: string;
  count: number;
}

export interface Targets {
  alarms_an_hour: number;
  alarms_an_hour_at_most: number;
  alarms_in_ten_minutes: number;
  flood_share: number;
  hours_over_30_share: number;
  chattering: number;
  stale: number;
  by_priority: [number, number, number];
  source: string;
}

export interface Figures {
  since: string;
  until: string;
  operators: number;
  alarms: number;
  alarms_an_hour: number;
  alarms_in_ten_minutes: number;
  ten_minutes_peak: number;
  flood_share: number;
  hours_over_30_share: number;
  cases_an_hour: number;
  by_priority: [number, number, number];
  most_often: Often[];
  chattering: Often[];
  stale: Often[];
  targets: Targets;
}
