"""The command `python -m embeddings.training`: from labelled texts to the weights that are shipped."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from embeddings.encoders.base import Floats
from embeddings.encoders.bundled import PASSAGE_PROMPT, QUERY_PROMPT
from embeddings.encoders.finetuned import layers_digest, read_layers, write_layers
from embeddings.training.alike import Alike, read_alike
from embeddings.training.card import note, texts_of
from embeddings.training.examples import Text, new_and_some_again, read_texts
from embeddings.training.lines import UnusableTexts
from embeddings.training.split import FOR_THE_READER, Part

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__, pretty_exceptions_enable=False)
console = Console(stderr=True)

TEXTS = typer.Option(Path("evals/datasets/texts"), "--texts", help="Labelled texts: a file or a folder.")
MODELS = typer.Option(Path("data/models"), "--models", envvar="ANTWOORDDUO_MODEL_CACHE", help="Model cache.")
WEIGHTS = Path(__file__).parent / "weights"
ALIKE = sorted(Path("evals/datasets/gaps").glob("training*.jsonl"))
SEED = 7


@app.command()
def late(
    texts: Path = TEXTS,
    out: Annotated[Path, typer.Option(help="Where the layers go.")] = WEIGHTS
    / "late_interaction.safetensors",
    steps: Annotated[int, typer.Option(help="Batches of twelve texts; some 7.5 s each on two cores.")] = 450,
    device: Annotated[str, typer.Option(help="cpu or cuda.")] = "cpu",
    alike: Annotated[
        list[Path] | None, typer.Option(help="Questions in groups that ask the same; none by default.")
    ] = None,
    start: Annotated[Path | None, typer.Option(help="Go on from these layers instead of the base.")] = None,
    again: Annotated[
        float,
        typer.Option(
            min=0.0, max=1.0, help="Of the municipalities that --start has seen, the share that comes again."
        ),
    ] = 1.0,
) -> None:
    """Fine-tune late interaction on the training part of the texts, but for what is kept for the reader."""
    import torch

    from embeddings.encoders.conversion import write_sentence_transformer
    from embeddings.training.backbone import Backbone
    from embeddings.training.late import LateInteraction, Progress

    chosen = [text for text in _read(texts) if text.municipality not in FOR_THE_READER]
    seen = texts_of(start.parent, "late_interaction") if start else frozenset()
    shown = new_and_some_again(chosen, seen, again, SEED)
    same = _read_alike(alike or [])
    began = read_layers(start) if start else None
    torch.manual_seed(SEED)
    with tempfile.TemporaryDirectory(prefix="antwoordduo-training-") as folder:
        directory = Path(folder) / "base"
        write_sentence_transformer(directory, QUERY_PROMPT, PASSAGE_PROMPT)
        training = LateInteraction(Backbone(directory, device, began), shown, SEED, same)

        last: list[Progress] = []

        def show(progress: Progress) -> None:
            last[:] = [progress]
            console.print(
                f"step {progress.step} of {steps}, {progress.seconds:.0f} s: contrastive "
                f"{progress.contrastive:.3f}, dense {progress.dense:.3f}, yes/no {progress.yes_no:.3f} "
                f"({progress.yes_no_right:.0%} right), right passage first {progress.first:.0%}, "
                f"alike {progress.alike:.3f}",
                highlight=False,
            )

        training.train(steps, show)
        write_layers({name: value.numpy() for name, value in training.backbone.weights().items()}, out)
    given: dict[str, object] = {"seed": SEED, "steps": steps, "questions alike": len(same)}
    if start:
        given |= {"started from": layers_digest(start), "texts this time": len(shown)}
    note(out.parent, "late_interaction", chosen, given | _figures(last))
    typer.echo(f"{out}: put LAYERS = {layers_digest(out)!r} in embeddings/encoders/bundled.py")


@app.command()
def reader(
    texts: Path = TEXTS,
    out: Annotated[Path, typer.Option(help="Where the reader goes.")] = WEIGHTS / "reader.onnx",
    epochs: Annotated[int, typer.Option(help="Times over all questions; about 24 minutes each.")] = 1,
    models: Path = MODELS,
) -> None:
    """Train the reader over the states of the shipped encoder, on what of the training part is new to it.

    On texts that the encoder was trained on, its states match a question better than they ever do elsewhere.
    """
    from embeddings.training.reader import Progress, cases, export, scores, train

    known = texts_of(WEIGHTS, "late_interaction")
    chosen_texts = [text for text in _read(texts) if text.id not in known]
    if not chosen_texts:
        console.print("[red]Cannot train:[/] the encoder was trained on all of these texts", highlight=False)
        raise typer.Exit(2)
    not_trained_on = _read(texts, Part.CALIBRATION)

    def asked(done: int) -> None:
        console.print(f"{done} questions asked", highlight=False)

    trained_on, unseen = cases(chosen_texts, models, asked), cases(not_trained_on, models, asked)

    last: list[Progress] = []

    def show(progress: Progress) -> None:
        last[:] = [progress]
        console.print(
            f"epoch {progress.epoch} of {epochs}, {progress.seconds:.0f} s: loss {progress.loss:.3f}, "
            f"{progress.right:.0%} right, {progress.first:.0%} rightly first",
            highlight=False,
        )

    network = train(trained_on, epochs, SEED, show)
    export(network, out)
    told = round(area(scores(network, unseen)), 3)
    figures = {"seed": SEED, "epochs": epochs, **_figures(last), "AUROC, its own text answers or not": told}
    note(out.parent, "reader", chosen_texts, figures)
    typer.echo(f"{out}: AUROC answered or not, unseen texts: {told:.3f}")


@app.command()
def askings(
    texts: Path = TEXTS,
    alike: Annotated[list[Path] | None, typer.Option(help="Questions in groups that ask the same.")] = None,
    out: Annotated[Path, typer.Option(help="Where the layers go.")] = WEIGHTS / "askings.onnx",
    steps: Annotated[int, typer.Option(help="Batches of 192 questions; some 1.7 s each on two cores.")] = 700,
    models: Path = MODELS,
) -> None:
    """Train the vectors by which joining knows that two questions ask the same, over the shipped encoder."""
    from embeddings.encoders.bundled import bundled_encoder, transformer_in
    from embeddings.training.askings import Progress, asked_of, export, train

    chosen, same = _read(texts), _read_alike(alike or ALIKE)
    of_texts = asked_of(chosen)
    encoder = bundled_encoder(models)
    known: dict[str, Floats] = {}

    def read(questions: Sequence[str]) -> list[Floats]:
        new = [question for question in dict.fromkeys(questions) if question not in known]
        for question, encoded in zip(new, pool.map(encoder.encode_query, new), strict=True):
            assert encoded.halfway is not None, "the bundled encoder gives states halfway"
            known[question] = encoded.halfway.astype(np.float16)  # half the memory, for a thousandth of it
        return [known[question] for question in questions]

    last: list[Progress] = []

    def show(progress: Progress) -> None:
        last[:] = [progress]
        console.print(
            f"step {progress.step} of {steps}, {progress.seconds:.0f} s: loss {progress.loss:.3f}",
            highlight=False,
        )

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        network = train(transformer_in(models), read, same, of_texts, steps, SEED, show)
    export(network, encoder.name, out)
    given = {"seed": SEED, "steps": steps, "questions alike": len(same), "encoder": encoder.name}
    note(out.parent, "askings", chosen, given | _figures(last))
    typer.echo(f"{out}: now `python -m evals gaps fit` says what joining weighs")


def _figures(last: Sequence[object]) -> dict[str, object]:
    """The last progress that was shown, as the card keeps it."""
    return {name: round(value, 4) for each in last for name, value in vars(each).items()}


def area(told: Sequence[tuple[bool, float]]) -> float:
    """The area under the ROC curve: the chance that a yes scores above a no."""
    yes = [score for answered, score in told if answered]
    no = [score for answered, score in told if not answered]
    wins = sum((one > other) + (one == other) / 2 for one in yes for other in no)
    return wins / max(len(yes) * len(no), 1)


def _read_alike(files: Sequence[Path]) -> list[Alike]:
    try:
        return read_alike(files)
    except (OSError, UnusableTexts) as error:
        console.print(f"[red]Cannot train:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error


def _read(texts: Path, part: Part = Part.TRAINING) -> list[Text]:
    try:
        return read_texts(texts, part)
    except UnusableTexts as error:
        console.print(f"[red]Cannot train:[/] {error}", highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    app()
