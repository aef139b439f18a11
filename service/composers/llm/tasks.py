"""What else a language model may be asked to do. Each is chosen by name, checked, and done without it too."""

from __future__ import annotations

from enum import StrEnum


class Task(StrEnum):
    """Work for the model beside rewording an answer; the values are those of ANTWOORDDUO_MODEL_TASKS."""

    FOLLOW_UP = "vervolgvraag"  # make a question whole that leans on the one before it
    ASK_BACK = "wedervraag"  # word the question back when several texts are meant
    JUDGE = "beoordelen"  # say whether a text answers, as one more feature of the judge
    DRAFT = "voorstel"  # a first version of a text for a duo
    PLAIN = "eenvoudig"  # a duo's text in plain words
    WORDINGS = "vraagvormen"  # questions that a text answers, as extra wordings
