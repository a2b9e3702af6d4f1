// Sums and counts of every hour, out of those of five minutes. Running it again writes the same points.
// The five names below are set by `menshen-cloud series setup`.
import "date"

option task = {name: "menshen 1h", every: 1h, offset: 5m}

source = "menshen_5m"
target = "menshen_1h"
start = date.truncate(t: -3h, unit: 1h)
stop = date.truncate(t: now(), unit: 1h)

from(bucket: source)
    |> range(start: start, stop: stop)
    |> aggregateWindow(every: 1h, fn: sum, createEmpty: false, timeSrc: "_start")
    |> to(bucket: target)
