"""Every word of the public pages, Chinese and English."""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["zh", "en"]

WORDS: Final[dict[str, tuple[str, str]]] = {
    "other": ("English", "中文"),
    "visit.title": ("预约", "Appointment"),
    "visit.people": ("几个人来？", "How many people?"),
    "visit.when": ("什么时候来？点一个时间。", "When? Tap a time."),
    "visit.full": ("已满", "full"),
    "visit.left": ("余 {count}", "{count} left"),
    "visit.none": ("暂时没有可预约的时间。", "There is no time to choose at the moment."),
    "visit.least": (
        "不需要姓名、电话和证件号码。预约结束 {hours} 小时后删除。",
        "No name, no telephone number, no document. Forgotten {hours} hours after your visit.",
    ),
    "full.title": ("这个时间已满", "That time is full"),
    "full.next": ("下一个有空的时间：", "The next free time:"),
    "full.take": ("就约这个时间", "Take this time"),
    "full.other": ("看其他时间", "See other times"),
    "full.none": ("没有足够的空位了。", "There is not enough room left."),
    "many.title": ("请稍后再试", "Please try again later"),
    "many.why": ("这个网络的预约太多了。", "Too many appointments were made from this network."),
    "pass.title": ("您的预约", "Your appointment"),
    "pass.one": ("入口出示这个码，只能用一次。", "Show this code at the entrance. It is good once."),
    "pass.each": ("每人一个码，每个码只能用一次。", "One code for each person. Each is good once."),
    "pass.mask": ("请戴口罩，并接受体温检测。", "Please wear a mask; your temperature is measured."),
    "pass.never": ("预约码不能代替检测。", "The code does not replace the check."),
    "pass.reference": ("预约号", "Reference"),
    "pass.people": ("{count} 人", "{count} people"),
    "pass.save": ("保存图片", "Save the picture"),
    "pass.code": ("第 {number} 个入场码", "Entry code {number}"),
    "pass.print": ("打印", "Print"),
    "pass.cancel": ("取消预约", "Cancel the appointment"),
    "pass.keep": ("请保存本页链接或图片。", "Keep the address of this page, or the picture."),
    "pass.cancelled": ("这个预约已取消。", "This appointment was cancelled."),
    "pass.again": ("重新预约", "Make another one"),
    "gone.title": ("没有这个页面", "There is no such page"),
    "gone.why": ("链接不对，或者已经过期。", "The address is wrong, or its time is over."),
    "off.why": ("现在不能发码，请到人工窗口。", "No codes can be made now. Please ask at the staffed lane."),
    "badge.title": ("工作证", "Staff badge"),
    "badge.show": ("把码对准闸机的摄像头。", "Hold the code before the gate's camera."),
    "badge.fresh": ("每半分钟换一次，截图无效。", "It changes every half minute: a photograph is worth nothing."),
    "badge.offline": ("没有网络，还能用 {minutes} 分钟", "No network: good for {minutes} more min"),
    "badge.over": ("需要网络才能继续使用", "Connect to the network to go on"),
    "badge.revoked": ("这个工作证已停用。", "This badge was revoked."),
    "board.title": ("公告", "Notice board"),
    "board.open": ("开放", "Open"),
    "board.shut": ("关闭", "Closed"),
    "board.today": ("今天", "Today"),
    "board.today.closed": ("今天不开放", "Closed today"),
    "board.opens": ("下次开放 {when}", "Opens {when}"),
    "board.inside": ("现在在内 {people} 人", "{people} people inside now"),
    "board.limit": ("最多 {limit} 人", "at most {limit}"),
    "board.full": ("人数已满，请稍候", "Full: please wait"),
    "board.mask": ("请佩戴口罩", "Wear a mask"),
    "board.heat": ("请接受体温检测", "Your temperature is measured"),
    "board.one": ("一个一个进", "One at a time"),
    "board.old": ("{minutes} 分钟前的信息", "As of {minutes} min ago"),
    "board.lost": ("暂时没有最新信息", "No news at the moment"),
}
_DAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日"), ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def word(language: Language, key: str, **values: str | int) -> str:
    """The sentence with its `{places}` filled in."""
    return WORDS[key][language == "en"].format(**values)


def weekday(language: Language, number: int) -> str:
    """From Monday, 0."""
    return _DAYS[language == "en"][number]


def language_of(asked: str | None, accepted: str) -> Language:
    """The one asked for by `lang`, else by the browser, else Chinese."""
    if asked in ("zh", "en"):
        return "en" if asked == "en" else "zh"
    first = accepted.strip().lower()
    return "en" if first and not first.startswith("zh") else "zh"
