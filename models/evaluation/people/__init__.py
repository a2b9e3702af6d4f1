"""Scenes named after the people users complained about: the bearded man, the hand over the mouth, the child, the side face."""
