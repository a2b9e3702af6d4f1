"""The words of a verdict, as they travel and as they are stored."""

from __future__ import annotations

from enum import StrEnum


class Mask(StrEnum):
    """How the mask is worn. UNSURE is made by the vote over frames, never by the network."""

    ABSENT = "absent"
    WORN = "worn"
    WORN_WRONG = "worn_wrong"
    UNSURE = "unsure"


class Verdict(StrEnum):
    """What the person must do next."""

    PASS = "pass"
    PUT_ON_MASK = "put_on_mask"
    FIX_MASK = "fix_mask"
    RECHECK = "recheck"
    WAIT = "wait"
    CANNOT_MEASURE = "cannot_measure"
    NOT_ADMITTED = "not_admitted"
    HOLD = "hold"


class Region(StrEnum):
    """Where on the face the temperature was taken (IEC 80601-2-59 names the inner canthus)."""

    CANTHUS = "canthus"
    FOREHEAD = "forehead"
    UPPER_FACE = "upper_face"


class CoreRule(StrEnum):
    """What made a skin temperature core-equivalent. All of them add something to it; none multiplies (slope 1)."""

    CONSTANT = "constant"  # an offset for each region
    AMBIENT = "ambient"  # the same, and a term for how warm the surroundings are
    BASELINE = "baseline"  # the same, less how far the site's usual visitor lies from what is usual


class Duty(StrEnum):
    """When in a shift a member of staff was checked."""

    ON = "on"
    """Before work."""
    OFF = "off"
    """After work."""
    DURING = "during"
    """In between; also whoever chose nothing."""


class Hands(StrEnum):
    """How somebody's hands were disinfected before they went in, as far as is known."""

    NONE = "none"
    """They were asked, and nothing shows it."""
    CONFIRMED = "confirmed"
    """By their own word."""
    DISPENSER = "dispenser"
    """A dispenser was used."""


class Reason(StrEnum):
    """Why there is no temperature, or why the person has to wait. Each has its own text on the kiosk."""

    # passing: shown as WAIT, become CANNOT_MEASURE after the time-out
    APPROACH = "approach"  # the face is still too small
    ONE_AT_A_TIME = "one_at_a_time"  # more than one body in the zone
    HOLD_STILL = "hold_still"  # blurred, or the pictures are too far apart while the person moves
    LOOK_HERE = "look_here"  # seen from the side, cut off at the edge, or hardly seen as a face
    FACE_COVERED = "face_covered"  # seen well, and yet the eye is unsure: something before mouth or nose that is no mask
    FOREHEAD_COVERED = "forehead_covered"  # hair or a hat over the forehead and glasses or hair over the eyes: no skin to read
    WASH_HANDS = "wash_hands"  # nobody goes in here before their hands are disinfected
    GATHERING = "gathering"  # not enough frames yet
    FFC = "ffc"  # shutter event running or just over
    WARMING_UP = "warming_up"
    # lasting: no temperature for this person
    COLD_SKIN = "cold_skin"  # arrived from the cold
    ACCLIMATISE = "acclimatise"  # has just come in from the cold or the heat: the skin is not the person's own yet
    NO_WARM_FACE = "no_warm_face"  # a picture, not a visitor
    UNCERTAIN = "uncertain"  # the uncertainty is above the sensor profile's limit
    ADVISORY = "advisory"  # a reading below the limit, from a sensor by which nobody may pass
    # nobody is let in
    CLOSED = "closed"  # outside the opening hours
    STAFF_ONLY = "staff_only"  # no staff badge was shown, and nobody else is let in here
    NOT_LISTED = "not_listed"  # nothing was shown that the list of this key area names
    SETTING_UP = "setting_up"  # a technician has not finished setting this gate up
    FULL = "full"  # as many people are inside as may be
    FIRE = "fire"  # the fire contact is open: the arm is up, for those who leave
    # the gate itself
    REFERENCE_LOST = "reference_lost"
    NOT_REGISTERED = "not_registered"
    COLOUR_LOST = "colour_lost"  # missing, stale, frozen or black
    THERMAL_LOST = "thermal_lost"  # missing, stale, frozen or not a number
    NOT_PAIRED = "not_paired"


PASSING: frozenset[Reason] = frozenset(
    {
        Reason.APPROACH,
        Reason.ONE_AT_A_TIME,
        Reason.HOLD_STILL,
        Reason.LOOK_HERE,
        Reason.FACE_COVERED,
        Reason.FOREHEAD_COVERED,
        Reason.WASH_HANDS,
        Reason.GATHERING,
        Reason.FFC,
        Reason.WARMING_UP,
    }
)
