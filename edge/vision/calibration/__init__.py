"""Finding out how two cameras stand to each other: from a board both see, or from heads that move."""
