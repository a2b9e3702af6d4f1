"""What is asked in the recheck area. A version never changes: a case names the one it was asked under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

YES: Final = "yes"


@dataclass(frozen=True, slots=True)
class Question:
    """Attributes: key, of its answer; zh and en, how it is asked; more_zh and more_en, what is asked further after a yes."""

    key: str
    zh: str
    en: str
    more_zh: str = ""
    more_en: str = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    version: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Attributes: answer, `yes`, `no` or `declined`; detail, what was said further."""

    answer: str
    detail: str = ""


SHIPPED: Final = Questionnaire(
    "2020-1",
    (
        Question(
            "travel", "过去14天内您去过其他地区吗？", "Have you travelled in the last 14 days?", "哪里、什么时候", "Where, when"
        ),
        Question(
            "epidemic_area",
            "过去14天内您接触过疫区人员吗？",
            "Have you been in contact with people from the epidemic area in the last 14 days?",
            "谁、什么时候",
            "Whom, when",
        ),
        Question(
            "animals",
            "您接触过哺乳动物、禽类，尤其是野生动物吗？",
            "Have you been in contact with mammals or birds, wild animals in particular?",
            "什么动物、在哪里",
            "Which, where",
        ),
        Question(
            "similar_cases",
            "您与有类似症状的人有过密切接触吗？",
            "Have you been in close contact with people who have similar symptoms?",
            "谁、什么时候",
            "Whom, when",
        ),
    ),
)
"""After the work plan of a service centre of 29 January 2020 (揭东政管〔2020〕4号), which names these four."""


def unanswered(asked: Questionnaire, answers: Mapping[str, Answer]) -> Sequence[str]:
    """The keys of what is still to be asked: no answer, or a yes of which nothing further is said where that is asked."""
    return [one.key for one in asked.questions if not _is_whole(one, answers.get(one.key))]


def _is_whole(question: Question, answer: Answer | None) -> bool:
    if answer is None:
        return False
    return answer.answer != YES or not question.more_en or bool(answer.detail.strip())
