"""What somebody reads who goes faster than is allowed."""

from __future__ import annotations

from service.web.wording import ProblemText

TOO_FAST = ProblemText(
    "U stelt nu te veel vragen achter elkaar",
    "Wacht even en probeer het opnieuw. Wat u typte, is niet weg. Bellen kan ook.",
)
ONE_AT_A_TIME = ProblemText(
    "Uw vorige vraag wordt nog beantwoord", "Wacht op het antwoord. Daarna kunt u weer een vraag stellen."
)
