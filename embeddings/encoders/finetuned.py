"""The layers that our own training changed: what they weigh, and where they stand.

Matrices are kept as int8 with one scale a row: just as the ONNX file that answers questions keeps them,
so nothing more is lost. Biases and layer norms stay float32. Format: safetensors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from embeddings.encoders.base import EncoderFailed, Floats

SHIPPED = Path(__file__).parent.parent / "training" / "weights" / "late_interaction.safetensors"
_SCALE = ".scale"
_LARGEST = 127


def write_layers(weights: Mapping[str, Floats], path: Path) -> None:
    """Write float32 weights by name, the matrices as int8."""
    packed: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {}
    for name, values in weights.items():
        if values.ndim == 2:
            scale = np.maximum(np.abs(values).max(axis=1, keepdims=True), 1e-12) / _LARGEST
            packed[name] = np.round(values / scale).astype(np.int8)
            packed[name + _SCALE] = scale.astype(np.float32)
        else:
            packed[name] = values.astype(np.float32)
    save_file(packed, path)


def read_layers(path: Path = SHIPPED) -> dict[str, Floats]:
    """The weights by name, float32. Raises EncoderFailed when the file is not there or not whole."""
    try:
        packed = load_file(path)
    except (OSError, SafetensorError) as error:
        raise EncoderFailed(f"cannot read the trained layers: {error}") from error
    return {
        name: values.astype(np.float32) * packed.get(name + _SCALE, np.float32(1))
        for name, values in packed.items()
        if not name.endswith(_SCALE)
    }


def layers_digest(path: Path = SHIPPED) -> str:
    """The first 8 hexadecimal digits of the file's SHA-256. Raises EncoderFailed when it is not there."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:8]
    except OSError as error:
        raise EncoderFailed(f"cannot read the trained layers: {error}") from error
