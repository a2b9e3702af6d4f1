"""Opens a network named in models/manifest.toml, and refuses one that is not what the manifest says."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edge.errors import ModelError
from edge.vision.golden import TOLERANCE, farthest, golden_of
from edge.vision.network import PLAIN, Network, Runner

MANIFEST: Final = Path(__file__).parents[2] / "models" / "manifest.toml"
CLASSES: Final = ("absent", "worn", "worn_wrong")
OUTPUTS: Final = ("p8", "p16", "p32")
CHANNELS: Final = 19
_RESTORE: Final = "Install Menshen again, or put the original weights back"


class ModelMissingError(ModelError, FileNotFoundError):
    """The manifest, its entry or the weights are not there."""


class ModelChangedError(ModelError):
    """The weights are not the bytes the manifest names."""


class ModelAnswersError(ModelError):
    """The weights are right, but what runs them computes something else."""


class ModelUnfitError(ModelError):
    """The network or its manifest entry has other classes, inputs or outputs than the detector reads."""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One entry of the manifest.

    Attributes:
        name: its key.
        file: the weights.
        sha256: of the weights, hexadecimal.
        classes: mask states in output order.
        outputs: names of the outputs, finest level first.
        channels: numbers per prior.
        input_px: (width, height) it was judged at.
        licence: SPDX expression of the weights.
        golden: what it answers to the test card (`edge.vision.golden`); empty where the manifest does not say.
        worn_probability: from which probability of `worn` on a face counts as masked, chosen for these weights on pictures set
            aside for it; None where nobody chose one.
    """

    name: str
    file: Path
    sha256: str
    classes: tuple[str, ...]
    outputs: tuple[str, ...]
    channels: int
    input_px: tuple[int, int]
    licence: str
    golden: dict[str, list[float]]
    worn_probability: float | None


def read_manifest(manifest: Path | None = None) -> tuple[str, dict[str, ModelEntry]]:
    """The default model's name and all entries.

    Raises:
        ModelMissingError: no manifest there.
        ModelUnfitError: it is no TOML or lacks a key.
    """
    path = manifest or MANIFEST
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return str(table["default"]), {name: _entry(name, part, path) for name, part in table["models"].items()}
    except FileNotFoundError as missing:
        raise ModelMissingError("there is no model manifest", where=str(path), remedy=_RESTORE) from missing
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise ModelUnfitError(f"the model manifest cannot be read: {broken}", where=str(path), remedy=_RESTORE) from broken
    except KeyError as lacking:
        raise ModelUnfitError(f"the model manifest lacks the key {lacking}", where=str(path), remedy=_RESTORE) from lacking
    except (AttributeError, TypeError, ValueError) as wrong:
        raise ModelUnfitError(
            f"the model manifest holds a value of the wrong kind: {wrong}", where=str(path), remedy=_RESTORE
        ) from wrong


def _entry(name: str, part: dict[str, object], path: Path) -> ModelEntry:
    def words(key: str) -> tuple[str, ...]:
        value = part[key]
        if not isinstance(value, list):
            raise TypeError(f"models.{name}.{key} must be a list")
        return tuple(str(word) for word in value)

    width, height = (int(number) for number in words("input_px"))
    chosen = part.get("worn_probability")
    return ModelEntry(
        name=name,
        file=path.parent / str(part["file"]),
        sha256=str(part["sha256"]).lower(),
        classes=words("classes"),
        outputs=words("outputs"),
        channels=int(str(part["channels"])),
        input_px=(width, height),
        licence=str(part["licence"]),
        worn_probability=None if chosen is None else float(str(chosen)),
        golden=_golden(name, part.get("golden", {})),
    )


def _golden(name: str, part: object) -> dict[str, list[float]]:
    if not isinstance(part, dict):
        raise TypeError(f"models.{name}.golden must be a table of lists")
    return {str(key): [float(number) for number in row] for key, row in part.items()}


def entry_of(manifest: Path | None = None, *, name: str | None = None) -> ModelEntry:
    """The entry `name`, or the default one. Raises ModelMissingError, ModelUnfitError."""
    default, entries = read_manifest(manifest)
    wanted = name or default
    if wanted not in entries:
        where = str(manifest or MANIFEST)
        raise ModelMissingError(
            f"there is no model named {wanted!r}", where=where, remedy=f"Use one of: {', '.join(sorted(entries))}"
        )
    return entries[wanted]


def open_model(manifest: Path | None = None, *, name: str | None = None, runner: Runner = PLAIN) -> Network:
    """Load the entry `name`, or the default one, after checking hash, classes, shapes and its answers to the test card.

    Raises:
        ModelMissingError, ModelChangedError, ModelUnfitError, ModelAnswersError: with the file and the remedy.
    """
    entry = entry_of(manifest, name=name)
    check_bytes(entry)
    _check_classes(entry)
    network = Network(entry.file, runner)
    _check_shapes(entry, network)
    check_answers(entry, network)
    return network


def check_answers(entry: ModelEntry, network: Network) -> None:
    """Refuse a runtime or provider that answers the test card otherwise than the manifest says; 10 to 30 ms."""
    if not entry.golden:
        return
    off = farthest(entry.golden, golden_of(network, entry.input_px))
    if not off <= TOLERANCE:
        provider = network.runner.provider
        what = f"{provider!r} computes something else than the manifest says: off by {off:.3g}, allowed {TOLERANCE:g}"
        remedy = 'Set model.provider = "cpu"; if that is what runs it now, install onnxruntime again'
        raise ModelAnswersError(what, where=str(entry.file), remedy=remedy)


def check_bytes(entry: ModelEntry) -> None:
    """Refuse weights that are absent or whose hash differs."""
    try:
        found = hashlib.sha256(entry.file.read_bytes()).hexdigest()
    except OSError as missing:
        raise ModelMissingError("the network's weights cannot be read", where=str(entry.file), remedy=_RESTORE) from missing
    if found != entry.sha256:
        what = f"the weights differ from the manifest: sha256 is {found[:12]}..., expected {entry.sha256[:12]}..."
        raise ModelChangedError(what, where=str(entry.file), remedy=_RESTORE)


def _check_classes(entry: ModelEntry) -> None:
    if entry.classes != CLASSES:
        what = f"the classes of {entry.name!r} are {list(entry.classes)}, the detector reads {list(CLASSES)}"
        raise ModelUnfitError(what, where=str(entry.file), remedy="Choose a model with these classes in this order")


def _check_shapes(entry: ModelEntry, network: Network) -> None:
    expected = network.input_shape[:2] == (1, 3) and tuple(network.outputs) == entry.outputs == OUTPUTS
    last = {shape[-1] for shape in network.outputs.values()}
    if not expected or last != {entry.channels} or entry.channels != CHANNELS:
        what = f"input {network.input_shape} and outputs {network.outputs} are not what {entry.name!r} promises"
        remedy = "Export the network with models.training again, or restore the original weights"
        raise ModelUnfitError(what, where=str(entry.file), remedy=remedy)
