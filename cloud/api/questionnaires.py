"""What is asked in the recheck area. Versions are added, never changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from cloud.api.allowed import MayChangeQuestions, MayReadBoard
from cloud.api.parts import REFUSALS, PartsOf, Problem
from cloud.api.refused import Refused
from cloud.ledger.questionnaire import Question, Questionnaire
from cloud.refusals import Code
from cloud.store.accounts import note
from cloud.store.questionnaires import add_version, current
from cloud.store.views.cases import QuestionnaireView, shown_questions

router = APIRouter(prefix="/api/questionnaire", tags=["cases"])
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00-\x1f]*$")]
Asked = Annotated[Line, StringConstraints(min_length=3)]


class NewQuestion(BaseModel):
    model_config = ConfigDict(extra="forbid")
    key: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    zh: Annotated[Line, StringConstraints(min_length=1)]
    en: Asked
    more_zh: Line = ""
    more_en: Line = ""


class NewQuestionnaire(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")
    questions: list[NewQuestion] = Field(min_length=1, max_length=50)

    @model_validator(mode="after")
    def _asks_each_once(self) -> NewQuestionnaire:
        if len({one.key for one in self.questions}) < len(self.questions):
            raise ValueError("two questions have the same key")
        return self


@router.get("", responses=REFUSALS)
def questionnaire(_user: MayReadBoard, parts: PartsOf) -> QuestionnaireView:
    """The version that is asked now."""
    with parts.database.reading() as connection:
        return shown_questions(current(connection))


@router.post("", responses={**REFUSALS, 409: {"model": Problem, "description": "there is a version of that name"}})
def new_version(made: NewQuestionnaire, user: MayChangeQuestions, parts: PartsOf) -> QuestionnaireView:
    """Ask this from now on. Cases that were asked under an earlier version stay as they are."""
    version = Questionnaire(made.version, tuple(Question(**one.model_dump()) for one in made.questions))
    with parts.database.writing() as connection:
        if not add_version(connection, version, user.user, parts.now_ms()):
            raise Refused(Code.QUESTIONNAIRE_TAKEN, version=made.version)
        note(connection, user, "new questionnaire", made.version, parts.now_ms(), f"{len(made.questions)} questions")
    return shown_questions(version)
