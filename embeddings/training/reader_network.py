"""The reader as a network: attention over the token states of a question and a passage together.

Each token is shown with what it meets on the other side (soft alignment, Parikh et al. 2016; Chen et al.
2017), then two layers of attention over both (Vaswani et al. 2017). Out come a logit for "this passage
answers it", a score for "this text comes before the others that were found" (trained over such a list,
Cao et al. 2007), and, over the passage's tokens and a "not here", which of them are the answer, as in
SQuAD 2.0 (Rajpurkar et al. 2018).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own name for it
from torch import nn

STATES = 384
WIDTH = 128
HEADS = 4
LAYERS = 2
DROPOUT = 0.1
_FAR = -1e4


class _Layer(nn.Module):  # type: ignore[misc]
    """Attention and a feed-forward network, each after a norm and added to what came in."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.before_attention = nn.LayerNorm(width)
        self.before_feed = nn.LayerNorm(width)
        self.attention = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.feed = nn.Sequential(nn.Linear(width, 2 * width), nn.GELU(), nn.Linear(2 * width, width))
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, tokens: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        rows, length, width = tokens.shape
        joined = self.attention(self.before_attention(tokens))
        queries, keys, values = joined.view(rows, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        scores = queries @ keys.transpose(2, 3) / math.sqrt(width // HEADS) + bias
        read = (torch.softmax(scores, 3) @ values).transpose(1, 2).reshape(rows, length, width)
        tokens = tokens + self.drop(self.out(read))
        return tokens + self.drop(self.feed(self.before_feed(tokens)))


class ReaderNetwork(nn.Module):  # type: ignore[misc]
    """Unit token states in; (rows,) logits, (rows,) order and (rows, 1 + passage tokens) evidence out.

    The first place of the evidence is "not here". Masks are true where there is a token.
    """

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        self.own = nn.Linear(STATES, width)
        self.met = nn.Linear(STATES, width, bias=False)
        self.both = nn.Linear(STATES, width, bias=False)
        self.features = nn.Linear(3, width)
        self.kinds = nn.Parameter(torch.randn(3, width) * 0.1)
        self.sharpness = nn.Parameter(torch.tensor(math.log(20.0)))
        self.first = nn.LayerNorm(width)
        self.drop = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList([_Layer(width) for _ in range(LAYERS)])
        self.last = nn.LayerNorm(width)
        self.nothing = nn.Linear(width, 1)
        self.evidence = nn.Linear(width, 1)
        self.answers, self.order = _head(width), _head(width)

    def forward(
        self,
        question: torch.Tensor,
        asked: torch.Tensor,
        passage: torch.Tensor,
        there: torch.Tensor,
        title: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        cosines = question @ passage.transpose(1, 2)
        to_passage = cosines.masked_fill(~there[:, None], _FAR)
        to_question = cosines.masked_fill(~asked[:, :, None], _FAR)
        best, best_back = to_passage.amax(2), to_question.amax(1)
        in_title = cosines.masked_fill(~title[:, None], -0.2).amax(2)
        sharp = self.sharpness.exp()
        asks = self._tokens(
            question,
            torch.softmax(to_passage * sharp, 2) @ passage,
            torch.stack([best, in_title, torch.ones_like(best)], -1),
            self.kinds[0],
        )
        says = self._tokens(
            passage,
            torch.softmax(to_question * sharp, 1).transpose(1, 2) @ question,
            torch.stack([best_back, title.float(), torch.zeros_like(best_back)], -1),
            self.kinds[1],
        )
        whole = self.kinds[2].expand(question.shape[0], 1, -1)
        tokens = self.drop(self.first(torch.cat([whole, asks, says], 1)))
        seen = torch.cat([torch.ones_like(asked[:, :1]), asked, there], 1)
        bias = (~seen)[:, None, None].float() * _FAR
        for layer in self.layers:
            tokens = layer(tokens, bias)
        tokens = self.last(tokens)
        return self._heads(tokens, asked, there, best)

    def _tokens(
        self, own: torch.Tensor, met: torch.Tensor, features: torch.Tensor, kind: torch.Tensor
    ) -> torch.Tensor:
        # unit rows of 384 have entries near .05: the factors bring them to about one
        known: torch.Tensor = self.own(own * 10) + self.met(met * 10) + self.both(own * met * 100)
        return known + self.features(features * 4) + kind

    def _heads(
        self, tokens: torch.Tensor, asked: torch.Tensor, there: torch.Tensor, best: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        whole, asks, says = tokens[:, 0], tokens[:, 1 : 1 + asked.shape[1]], tokens[:, 1 + asked.shape[1] :]
        evidence = self.evidence(says)[..., 0].masked_fill(~there, _FAR)
        nothing = self.nothing(whole)
        shares = torch.softmax(evidence, 1)
        count = asked.sum(1, keepdim=True)
        numbers = torch.stack(
            [
                (best * asked).sum(1) / count[:, 0] * 4,
                best.masked_fill(~asked, 2.0).amin(1) * 4,
                (torch.logsumexp(evidence, 1) - nothing[:, 0]) * 0.3,
                shares.amax(1),
            ],
            1,
        )
        mean = (asks * asked[..., None]).sum(1) / count
        pointed = (shares[:, None] @ says)[:, 0]
        together = torch.cat([whole, pointed, mean, numbers], 1)
        answers, order = self.answers(together)[:, 0], self.order(together)[:, 0]
        return answers, order, torch.cat([nothing, evidence], 1)


def _head(width: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(3 * width + 4, width), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(width, 1))


class Alone(nn.Module):  # type: ignore[misc]
    """The same for one question and one passage, without masks: what is shipped."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, question: torch.Tensor, passage: torch.Tensor, title: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        asked = torch.ones_like(question[..., 0], dtype=torch.bool)
        found: tuple[torch.Tensor, torch.Tensor, torch.Tensor] = self.network(
            question, asked, passage, torch.ones_like(title), title
        )
        return found


def loss(
    answers: torch.Tensor,
    evidence: torch.Tensor,
    wanted: torch.Tensor,
    spans: torch.Tensor,
    order: torch.Tensor,
    listed: Sequence[tuple[list[int], list[int]]],
) -> torch.Tensor:
    """Cross-entropy of yes and no, of where, and of which comes first: `spans` sums to one over "not here"
    and the tokens; each of `listed` has the rows that belong before and those that belong after them."""
    told = F.binary_cross_entropy_with_logits(answers, wanted)
    where = -(spans * F.log_softmax(evidence, 1)).sum(1).mean()
    if not listed:
        return told + 0.5 * where
    before = torch.stack([torch.logsumexp(order[first], 0) for first, _ in listed])
    whole = torch.stack([torch.logsumexp(order[first + after], 0) for first, after in listed])
    return told + 0.5 * where + (whole - before).mean()
