"""`python -m models.evaluation --manifest FILE.csv --root DIR [--model FILE.onnx] --json OUT [--html OUT]`: judge a network."""

from __future__ import annotations

from contract.console import told
from models.evaluation.arguments import parse
from models.evaluation.choosing import choose_threshold
from models.evaluation.judging import judge_network


def main() -> None:
    """Judge, or choose a threshold; write the JSON, print the main figures."""
    asked = parse()
    if asked.choose:
        choose_threshold(asked)
    else:
        judge_network(asked)


if __name__ == "__main__":
    told(main)
