"""Every refusal that a person or a program can meet: its code, its HTTP status and its English sentence.

The code is for good: screens have their words by it (`cloud/web/src/words/refusal_words.ts`), programs may decide by it.
What stands in braces is told beside the code, so that a sentence can be said in another language.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, unique
from typing import Final, TypeAlias

from contract.errors import MenshenError

Value: TypeAlias = str | int | list[str]
"""What fills a place of a sentence; a list is said with commas."""


@unique
class Code(Enum):
    """The name in small letters is the code."""

    _value_: tuple[int, str]

    # of every request
    INVALID = 422, "What was sent does not fit: {field}."
    OTHER_SITE = 403, "This request comes from another site."
    TOO_LARGE = 413, "A request has at most {most} bytes, and says how many."
    LEDGER_AWAY = 503, "The ledger cannot be read or written now. Try again in a moment."
    NOT_SIGNED_IN = 401, "Sign in first."
    ROLE = 403, "The role {role} has no permission {permission}."
    TOKEN = 403, "A token has no permission {permission}, whatever its role."
    CHANGE_PASSWORD_FIRST = 403, "Change your password first: this one is good for that alone."
    TOO_MANY_CHANGES = 429, "Too many changes. Try again in {wait_s} s."
    NO_PHOTOGRAPH = 422, "This is no photograph that can be kept: {why}. Take another one."
    NOT_THERE = 404, "There is no {id}."
    NO_GATE = 404, "There is no gate {gate}."
    NO_SITE = 404, "There is no site {site}."
    BEYOND_REACH = 409, "Your own account reaches no further than {site}."
    NAME_TAKEN = 409, "The name {name} is taken. Choose another one."
    NOT_A_PAGE = 400, "`before` is not the `next` of a page."
    # signing in, accounts
    WRONG_PASSWORD = 401, "User or password is wrong."
    TOO_MANY_FAILURES = 429, "Too many failures. Try again in {wait_s} s."
    OLD_PASSWORD_WRONG = 409, "The old password is wrong."
    PASSWORD_LENGTH = 422, "A password has {least} to {most} characters, this one has {n}. Choose another one."
    PASSWORD_COMMON = 422, "This password is among the most common ones. Four words that have nothing to do with each other do."
    PASSWORD_HAS_NAME = 422, "This password has the user's name in it. Four words that have nothing to do with each other do."
    PASSWORD_REPEATS = 422, "This password is one letter again and again. Four words that have nothing to do with each other do."
    PASSWORD_SAME = 422, "This is the password you have. Choose another one."
    NO_SESSION = 404, "There is no such session."
    NO_ACCOUNT = 404, "There is no account {user}."
    NO_SUCH_ACCOUNT = 409, "There is no account {user}."
    NO_TOKEN = 404, "There is no token {number}."
    PASSWORD_ELSEWHERE = 409, "{user} signs in with a provider. Its password is changed there."
    LAST_ADMINISTRATOR = 409, "This is the last administrator of everything. Make another one first."
    PROVIDER_NAME = 403, "The provider's name for this person cannot be an account's."
    ACCOUNT_DISABLED = 403, "{user} is disabled. Ask an administrator."
    ACCOUNT_IS_LOCAL = 403, "{user} belongs to an account of this cloud's own. Ask an administrator."
    NO_ROLE = 403, "{why}"
    NO_PROVIDER = 404, "This cloud has no provider to sign in with."
    PROVIDER_AWAY = 503, "{why}"
    PROVIDER_FAILED = 502, "{why}"
    NOT_BEGUN_HERE = 403, "This sign-in was not begun in this browser. Begin again."
    # the queue and alarms
    CANNOT_ACKNOWLEDGE = 409, "{id} cannot be acknowledged: it is {state}."
    ACKNOWLEDGED_BY = 409, "{id} cannot be acknowledged: it is {state} by {by}."
    MOVE_DOES_NOT_FIT = 409, "{id} is {state}: {move} does not fit."
    SAFETY_IS_NOT_SHELVED = 422, "An alarm about fire or a lamp that harms is not shelved."
    SHELF_TOO_LONG = 422, "An alarm of priority {priority} is shelved for 1 to {most_min} minutes."
    # cases
    ALREADY_YOURS = 409, "{id} is yours already."
    NOT_TAKEN = 409, "{id} is not taken yet. Take it first."
    CASE_CLOSED = 409, "{id} is closed. What became of it later is a follow-up."
    NO_QUESTIONNAIRE = 422, "There is no questionnaire {version}."
    NOT_ASKED = 422, "Version {version} does not ask {questions}."
    UNANSWERED = 422, "Unanswered: {questions}."
    NOBODY_ASKED = 422, "Nobody has been asked yet."
    CANNOT_END = 422, "{id} cannot end as {outcome}: {missing} missing."
    QUESTIONNAIRE_TAKEN = 409, "There is a questionnaire {version} already; give the new one another name."
    # gates
    PICTURE_ELSEWHERE = 422, "A picture is asked for at /api/gates/{gate}/live."
    ROLE_MAY_NOT = 403, "The role {role} may not {verb}."
    ORDER_WRONG = 422, "{why}."
    NO_COMMAND_KEY = (
        503,
        (
            "This cloud has no key for commands (command.key_file)."
            " Run `menshen-cloud command-key cloud.toml`, and give the gates the key it prints."
        ),
    )
    TOO_MANY_COMMANDS = 503, "Too many commands are on their way. Try again in a few seconds."
    BROKER_AWAY = 503, "The broker is away. Try again when it is back."
    NO_ANSWER = 504, "Gate {gate} did not answer in time. It does not obey this command any more."
    SOMEBODY_LOOKS = 409, "Somebody looks through this gate already, or too many look at once."
    GATE_REFUSED = 409, "{why}"
    TOO_MANY_SCREENS = 503, "Too many screens are connected."
    SERIES_AWAY = 503, "The series cannot be read: {why}"
    NOT_INSIDE = 409, "{visit} is not in the register of {gate}, or was noted as gone."
    # visitors, badges
    NO_RECEPTION = 404, "There is no reception {reception}."
    NAME_BEYOND_REACH = 409, "This name belongs to a reception beyond your own site."
    SLOT_FULL = 409, "There is no room at that time. The next free one: {next}."
    ALL_FULL = 409, "There is no room at that time, nor at another."
    NO_PASSES = 503, "This cloud issues no passes: its settings name no badges.key_file."
    NO_BADGES = 503, "This cloud issues no badges: its settings name no badges.key_file."
    APPOINTMENT_CANCELLED = 409, "This appointment was cancelled."
    NO_APPOINTMENT = 404, "There is no such appointment."
    BADGE_TAKEN = 409, "There is a badge {holder} already, or there was one."
    BADGE_REVOKED = 409, "This badge was revoked."
    NO_BADGE = 404, "There is no badge {holder}."
    NO_BOARD = 404, "There is no such board."
    NO_FILE = 404, "There is no such file."
    # disinfection
    MEETING_SPAN = 422, "The end comes after the begin, and not later than a week after it."
    SLOT_SPAN = 422, "A slot ends after it begins, on the same day."
    SLOT_OVERLAP = 409, "{name} is at the same gate from {begins} to {ends}: whoever goes in would count twice."
    NO_TEAM = 404, "Nobody on the staff is in {teams}."
    # staff
    NOTHING_WORN = 422, "Say which mask, or that the gloves are worn."
    TAKEN_BY_OTHER = 409, "Somebody else has this {what}."
    LAST_DAY = 422, "The last day lies between {first} and {last}."
    ENTRY_CLOSED = 409, "{id} is closed."
    NO_DECLARATION = 404, "There is no declaration {id}."
    NO_ABSENCE = 404, "There is no absence {id}."
    POST_OF_ROTA = 422, "The roster has the posts screening and reception; the others are the rota's."
    NO_PERSONS = 404, "There is no {persons}."
    BARRED = 409, "{person} takes no part in reception until {until}: declared {what}."
    SPAN = 422, "The end comes after the begin, and not later than a month after it."
    # supplies
    NOT_COUNTED = 409, "Nobody has counted {id} yet. Count what is there and enter that first."
    BOOK_HAS_LESS = 409, "The book has only {book}. Count what is there, enter that, then enter this again."
    COUNT_NEEDS_WHY = 422, "The book says {book}. Say why the count differs."
    NOT_SAME_SUPPLY = 409, "{id} is another kind of thing, or is counted in another unit."
    # telling
    NO_CONTACT = 404, "There is no contact {name}."
    NO_MAIL_SERVER = 409, "This cloud has no mail server: name one in [escalation.mail]."
    NO_WEBHOOK = 404, "There is no webhook {name}."
    NO_SUCH_WEBHOOK = 409, "There is no webhook {name}."
    NO_PUSHES = 409, "This cloud sends no web pushes."
    NO_DEVICE = 404, "You have no device {number}."
    # ledger, reports, exports
    NO_REPORT = 404, "There is no report {number}."
    NO_MONTH = 404, "The month {month} has not begun."
    PART_NEEDS = 403, "This part of the ledger needs the permission {permission}."
    NO_HEADS = 404, "This cloud signs no heads: name a file, ledger.head_key_file."
    EVIDENCE_IS_OF_ALL = 403, "The evidence is of every site, and you read for one."
    NO_FONT = 503, "The Chinese font is not built. Run `make web`, or export as XLSX or CSV."
    CANNOT_EXPORT = 422, "{why}"

    @property
    def code(self) -> str:
        return self.name.lower()

    @property
    def status(self) -> int:
        return self.value[0]

    @property
    def sentence(self) -> str:
        return self.value[1]

    def said(self, values: Mapping[str, Value]) -> str:
        """The English sentence with its places filled."""
        return self.sentence.format_map({key: ", ".join(one) if isinstance(one, list) else one for key, one in values.items()})


CODES: Final = tuple(one.code for one in Code)


class RefusedError(MenshenError):
    """What is refused further down, with the code it has at the API.

    Attributes:
        code, values: as the API tells them.
    """

    def __init__(self, code: Code, /, **values: Value) -> None:
        MenshenError.__init__(self, _what(code.said(values)))
        self.code, self.values = code, values


def _what(sentence: str) -> str:
    """As an error says it: without the last full stop, and in small letters where no name begins it."""
    small = sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] == " " else sentence
    return small.removesuffix(".")
