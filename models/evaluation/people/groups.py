"""The groups: which guises are drawn for each, and what is true of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from edge.sim.drawing.canvas import Colour
from edge.sim.drawing.cloth import Cloth
from edge.sim.drawing.guise import Guise
from edge.sim.drawing.look import Hair, Look
from edge.sim.drawing.placement import Placement
from edge.sim.drawing.wear import arm, clear, eyewear, hand, headgear, neck, whiskers
from models.evaluation.people import hall
from models.evaluation.people.truth import (
    ASIDE_BARE,
    ASIDE_MASKED,
    BARE,
    COVERED,
    HANGING,
    MASKED,
    SLIPPED,
    WRONG,
    Truth,
)

_W, _UN, _OC = Placement.WORN, Placement.UNDER_NOSE, Placement.ON_CHIN


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of scene within a group.

    Attributes:
        name: said on the contact sheet and in the table of kinds.
        guise: of the person.
        truth: how the answers are judged.
        face_px: lowest and highest face height in a picture of 480 rows.
        light: what happens to the finished picture.
        poster: the person is printed on paper and hangs on the wall.
        other: a second person enters beside the first.
    """

    name: str
    guise: Guise
    truth: Truth
    face_px: tuple[float, float] = (90.0, 190.0)
    light: hall.Light | None = None
    poster: bool = False
    other: tuple[Guise, Truth] | None = None


def man(look: Look) -> Look:
    """Without lipstick and long hair: whose beard is drawn."""
    hair = Hair.SHORT if look.hair in (Hair.LONG, Hair.BUN) else look.hair
    return replace(look, hair=hair, lipstick=False, beard=0.0, jaw=max(look.jaw, 0.98), brow=max(look.brow, 0.9))


def no_bun(look: Look) -> Look:
    """For under a hat."""
    return replace(look, hair=Hair.SHORT) if look.hair is Hair.BUN else look


def under_cloth(look: Look) -> Look:
    """For under a hood or balaclava: no hair sticks out."""
    return replace(look, hair=Hair.SHORT if look.hair in (Hair.LONG, Hair.BUN) else look.hair)


def bespectacled(look: Look) -> Look:
    return replace(look, glasses=True)


def _skinned(skin: Colour) -> Callable[[Look], Look]:
    dark = sum(skin) < 330

    def change(look: Look) -> Look:
        shades = 0.92 + 0.16 * ((look.seed * 7919) % 101) / 100
        b, g, r = (float(c * shades) for c in skin)
        hair = (26.0, 24.0, 28.0) if dark and look.age < 0.65 else look.hair_colour
        return replace(look, skin=(b, g, r), hair_colour=hair)

    return change


_DARKEST, _BROWN, _PALE = _skinned((46.0, 66.0, 104.0)), _skinned((62.0, 90.0, 140.0)), _skinned((196.0, 212.0, 242.0))


def _own_skin(look: Look) -> Colour:
    b, g, r = look.skin
    return b * 1.04, g * 1.02, r * 0.98


def _black(_look: Look) -> Colour:
    return 36.0, 34.0, 36.0


def _bare_and_masked(name: str, guise: Guise, bare: Truth = BARE, masked: Truth = MASKED) -> tuple[Kind, Kind]:
    """The same guise without and with a mask, whose cloth lies below what is painted over."""
    return Kind(name, guise, bare), Kind(f"{name}, masked", replace(guise, placement=_W), masked)


def _beard(name: str, colour: Colour | None, below_chin: float, density: float) -> Kind:
    return Kind(name, Guise(looks=man, under=(whiskers.beard(colour, below_chin, density),)), BARE)


def _aside(yaw_deg: float) -> tuple[Kind, Kind]:
    bare, masked = (BARE, MASKED) if yaw_deg < 45 else (ASIDE_BARE, ASIDE_MASKED)
    return _bare_and_masked(f"{yaw_deg:.0f} degrees", Guise(yaw_deg=yaw_deg), bare, masked)


GROUPS: Final[dict[str, tuple[Kind, ...]]] = {
    "the bearded man": (
        _beard("dark, full", whiskers.DARK, 0.1, 0.95),
        _beard("grey, full", whiskers.GREY, 0.12, 0.95),
        _beard("long", None, 0.75, 1.0),
        _beard("stubble", whiskers.DARK, 0.02, 0.3),
    ),
    "the hand over the mouth": (
        Kind("flat hand", Guise(over=(hand.hand_over_mouth,)), COVERED),
        Kind("both hands", Guise(over=(hand.both_hands,)), COVERED),
        Kind("fist", Guise(over=(hand.fist_before_mouth,)), COVERED),
        Kind("elbow", Guise(over=(arm.elbow_before_mouth,)), COVERED),
        Kind("at the cheek", Guise(over=(hand.hand_at_cheek,)), BARE),
    ),
    "the mask on the chin": (Kind("on the chin", Guise(_OC), WRONG),),
    "the mask under the nose": (
        Kind("bridge out", Guise(_W, nose_shown=(0.36, 0.46)), SLIPPED),
        Kind("tip out", Guise(_UN, nose_shown=(0.6, 0.68)), WRONG),
        Kind("nostrils out", Guise(_UN, nose_shown=(0.68, 0.76)), WRONG),
        Kind("whole nose out", Guise(_UN, nose_shown=(0.76, 0.9)), WRONG),
    ),
    "the mask hanging from one ear": (Kind("one ear", Guise(Placement.ONE_EAR), HANGING),),
    "the mask on the forehead": (Kind("forehead", Guise(Placement.FOREHEAD), HANGING),),
    "the child": (
        Kind("bare", Guise(child=True), BARE, (48.0, 85.0)),
        Kind("masked", Guise(_W, child=True), MASKED, (48.0, 85.0)),
        Kind("under the nose", Guise(_UN, child=True), WRONG, (48.0, 85.0)),
    ),
    "the scarf": (
        Kind("over the mouth", Guise(over=(neck.scarf_over_mouth,)), COVERED),
        Kind("balaclava", Guise(looks=under_cloth, over=(neck.balaclava,)), COVERED),
        Kind("turtleneck", Guise(over=(neck.turtleneck,)), COVERED),
        Kind("round the neck", Guise(over=(neck.scarf_round_neck,)), BARE),
        Kind("round the neck, masked", Guise(_W, under=(neck.scarf_round_neck,)), MASKED),
    ),
    "the side face": (*_aside(30.0), *_aside(60.0), *_aside(90.0)),
    "glasses, hats, hoods": (
        *_bare_and_masked("glasses", Guise(looks=bespectacled)),
        *_bare_and_masked("sunglasses", Guise(over=(eyewear.sunglasses,))),
        *_bare_and_masked("woollen cap", Guise(looks=no_bun, over=(headgear.beanie,))),
        *_bare_and_masked("cap", Guise(looks=no_bun, over=(headgear.cap,))),
        *_bare_and_masked("hat", Guise(looks=no_bun, over=(headgear.brimmed_hat,))),
        *_bare_and_masked("helmet", Guise(looks=no_bun, over=(headgear.hard_hat,))),
        *_bare_and_masked("hood", Guise(looks=under_cloth, over=(headgear.hood,))),
        *_bare_and_masked("head scarf", Guise(looks=under_cloth, over=(headgear.head_scarf,))),
        *_bare_and_masked("fringe", Guise(over=(headgear.long_fringe,))),
    ),
    "the face shield": _bare_and_masked("shield", Guise(looks=no_bun, over=(eyewear.face_shield,))),
    "dark skin": (
        *_bare_and_masked("darkest", Guise(looks=_DARKEST)),
        *_bare_and_masked("brown", Guise(looks=_BROWN)),
        Kind("mask like the skin", Guise(_W, looks=_DARKEST, dye=_own_skin), MASKED),
        Kind("black mask", Guise(_W, looks=_DARKEST, dye=_black), MASKED),
        Kind("under the nose", Guise(_UN, looks=_DARKEST), WRONG),
    ),
    "light skin": (
        *_bare_and_masked("pale", Guise(looks=_PALE)),
        Kind("mask like the skin", Guise(_W, looks=_PALE, dye=_own_skin), MASKED),
        Kind("under the nose", Guise(_UN, looks=_PALE), WRONG),
    ),
    "the unusual mask": (
        Kind("patterned", Guise(_W, Cloth.PATTERNED), MASKED),
        Kind("black", Guise(_W, dye=_black), MASKED),
        Kind("N95", Guise(_W, Cloth.N95), MASKED),
        Kind("clear pane", Guise(_W, cut=clear.with_pane), MASKED),
    ),
    "the transparent mask": (Kind("clear all over", Guise(_W, cut=clear.all_clear), MASKED),),
    "two entering together": (
        Kind("both masked", Guise(_W), MASKED, (80.0, 130.0), other=(Guise(_W), MASKED)),
        Kind("one masked", Guise(_W), MASKED, (80.0, 130.0), other=(Guise(), BARE)),
        Kind("one under the nose", Guise(_UN), WRONG, (80.0, 130.0), other=(Guise(_W), MASKED)),
        Kind("with a child", Guise(_W), MASKED, (100.0, 140.0), other=(Guise(child=True), BARE)),
    ),
    "the poster on the wall": (
        Kind("bare", Guise(), BARE, (70.0, 140.0), poster=True),
        Kind("masked", Guise(_W), MASKED, (70.0, 140.0), poster=True),
    ),
    "backlight": (
        Kind("bare", Guise(), COVERED, light=hall.backlight),
        Kind("masked", Guise(_W), ASIDE_MASKED, light=hall.backlight),
    ),
    "night": (Kind("bare", Guise(), COVERED, light=hall.night), Kind("masked", Guise(_W), ASIDE_MASKED, light=hall.night)),
    "infrared grey": (
        *(Kind("bare", Guise(), BARE, light=hall.infrared), Kind("masked", Guise(_W), MASKED, light=hall.infrared)),
        Kind("under the nose", Guise(_UN), WRONG, light=hall.infrared),
    ),
}
"""Group name to its kinds; scenes of a group go round its kinds in turn."""
