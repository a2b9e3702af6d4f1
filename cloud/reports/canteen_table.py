"""The table of the canteen's slots."""

from __future__ import annotations

from cloud.export import Row, Table
from cloud.reports.facility_words import SLOT_LIGHTS
from cloud.reports.words import Language, say
from cloud.store.reporting.body import Body


def canteen_table(body: Body, language: Language) -> Table:
    """Every slot that was over by then, also those that were fine: it is how many ate when."""
    title = say(("食堂用餐时段", "Slots of the canteen"), language)
    if body.canteen is None:
        return Table(title, ("",), (), empty=say(("本版本不安排用餐时段。", "This version plans no canteen."), language))
    columns = (
        ("区域", "时段", "开始", "结束", "名额", "进入", "状态"),
        ("Site", "Slot", "From", "To", "Places", "Let in", "State"),
    )
    unknown = say(("未知", "not known"), language)
    rows: list[Row] = []
    for one in body.canteen:
        let_in = unknown if one.let_in is None else one.let_in
        rows.append([one.site or "-", one.name, one.begins, one.ends, one.places, let_in, say(SLOT_LIGHTS[one.state], language)])
    return Table(title, columns[language is Language.EN], rows, (10, 12, 12, 12, 7, 7, 9), say(("无", "None"), language))
