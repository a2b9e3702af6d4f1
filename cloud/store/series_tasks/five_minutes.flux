// Sums and counts of every five minutes: of every number, and of every verdict as a field `verdict=pass`.
// Running it again writes the same points. The five names below are set by `menshen-cloud series setup`.
import "date"

option task = {name: "menshen 5m", every: 5m, offset: 1m}

source = "menshen"
target = "menshen_5m"
start = date.truncate(t: -1h, unit: 1h)
stop = date.truncate(t: now(), unit: 5m)

raw = from(bucket: source) |> range(start: start, stop: stop)

numbers =
    raw
        |> filter(fn: (r) => r._field != "event" and r._field != "mask" and r._field != "verdict")
        |> map(fn: (r) => ({r with _value: float(v: r._value)}))
verdicts =
    raw
        |> filter(fn: (r) => r._measurement == "visit" and r._field == "verdict")
        |> map(fn: (r) => ({r with _field: "verdict=" + r._value, _value: 1.0}))
        |> group(columns: ["_measurement", "_field", "gate", "kind", "_start", "_stop"])

totals = (tables=<-) =>
    tables
        |> aggregateWindow(every: 5m, fn: sum, createEmpty: false, timeSrc: "_start")
        |> map(fn: (r) => ({r with _field: r._field + "_total"}))
counts = (tables=<-) =>
    tables
        |> aggregateWindow(every: 5m, fn: count, createEmpty: false, timeSrc: "_start")
        |> map(fn: (r) => ({r with _field: r._field + "_count", _value: float(v: r._value)}))

union(tables: [numbers |> totals(), numbers |> counts(), verdicts |> totals(), verdicts |> counts()])
    |> to(bucket: target)
