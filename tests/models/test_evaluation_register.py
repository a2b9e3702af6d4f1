"""A judged network becomes the shipped one: hash, threshold and scores change in the manifest, and nothing else."""

import pytest

from models.evaluation.register import rewritten, with_threshold

BEFORE = (
    'default = "eye"\n[models.eye]\nsha256 = "00ff"\nworn_probability = 0.6  # chosen\nlicence = "Apache-2.0"\n\n'
    "[models.eye.scores]\n# one frame\nmap3 = 0.1\n"
)


def test_registering_changes_hash_and_scores_and_keeps_the_rest() -> None:
    assert rewritten(BEFORE, "eye", "abcd", ["map3 = 0.2"]) == BEFORE.replace("00ff", "abcd").replace("0.1", "0.2")


def test_registering_an_unknown_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="no single entry"):
        rewritten('[models.eye]\nsha256 = "00"\n', "ear", "abcd", [])


def test_the_threshold_it_was_judged_at_is_shipped_with_it() -> None:
    assert with_threshold(BEFORE, "eye", 0.72) == BEFORE.replace("0.6", "0.72")


def test_a_first_threshold_is_added_to_the_entry() -> None:
    without = BEFORE.replace("worn_probability = 0.6  # chosen\n", "")
    after = with_threshold(without, "eye", 0.7)
    assert after == without.replace("[models.eye]\n", "[models.eye]\nworn_probability = 0.7\n")
