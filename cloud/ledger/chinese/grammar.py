"""Sentences with gaps, known by rule: one text in, the same in another language out, or None where no sentence fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Self

Rules = Mapping[str, "Rule"]

_GAP: Final = re.compile(r"\{(?P<name>\w+)(?P<kind>[#~])?(?::(?P<rule>\w+))?\}")
_KINDS: Final = {None: r".+?", "#": r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?", "~": r"[^\s;,]+"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """`{gap}` stands for any text, `{gap#}` for a number, `{gap~}` for one word; `{gap:rule}` is put by that rule."""

    fits: Callable[[str], re.Match[str] | None]
    other: str
    gaps: Mapping[str, str | None]

    @classmethod
    def of(cls, text: str, other: str) -> Self:
        pattern, gaps, at = "", {}, 0
        for gap in _GAP.finditer(text):
            pattern += f"{re.escape(text[at : gap.start()])}(?P<{gap['name']}>{_KINDS[gap['kind']]})"
            gaps[gap["name"]] = gap["rule"]
            at = gap.end()
        return cls(re.compile(pattern + re.escape(text[at:]), re.DOTALL).fullmatch, other, gaps)

    def put(self, text: str, rules: Rules) -> str | None:
        found = self.fits(text)
        if found is None:
            return None
        filled = {}
        for name, rule in self.gaps.items():
            word = found[name] if rule is None else rules[rule].put(found[name], rules)
            if word is None:
                return None
            filled[name] = word
        return self.other.format_map(filled)


@dataclass(frozen=True, slots=True)
class Rule:
    """The first sentence that fits counts. With a `parts` pair: texts between the first, joined by the second."""

    sentences: tuple[Sentence, ...]
    parts: tuple[str, str] | None = None

    @classmethod
    def of(cls, sentences: Mapping[str, str], parts: tuple[str, str] | None = None) -> Self:
        return cls(tuple(Sentence.of(text, other) for text, other in sentences.items()), parts)

    def put(self, text: str, rules: Rules) -> str | None:
        if self.parts is None:
            return self._one(text, rules)
        between, joined = self.parts
        words = [self._one(part, rules) for part in text.split(between)]
        return None if None in words else joined.join(word for word in words if word is not None)

    def _one(self, text: str, rules: Rules) -> str | None:
        return next((put for one in self.sentences if (put := one.put(text, rules)) is not None), None)
