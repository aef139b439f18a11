"""A form by its mark: what is made of it, who waits for whom, and what is counted once."""

from __future__ import annotations

import threading
import time

from service.web.once import MOST_REMEMBERED, REMEMBERED_SECONDS, Form, Forms, form_with, new_mark

FORM = Form("een", "sleutel")


def test_the_same_mark_and_words_are_the_same_form() -> None:
    mark = new_mark()
    assert form_with(mark, "Wat kost het?") == form_with(mark, "Wat kost het?")


def test_other_words_or_another_mark_are_another_form() -> None:
    mark = new_mark()
    made = [form_with(mark, "een"), form_with(mark, "twee"), form_with(new_mark(), "een")]
    keys = {each.key for each in made if each}
    tokens = {each.token for each in made if each}
    assert (len(keys), len(tokens), keys & tokens) == (3, 3, set())
    assert all(len(each) == 43 for each in keys | tokens)


def test_what_is_no_mark_of_ours_makes_no_form() -> None:
    for mark in ("", "1", new_mark()[1:], new_mark() + "a", "é" * 43, "=" * 43):
        assert form_with(mark, "een") is None


def test_nothing_of_the_form_says_what_was_asked_or_what_the_token_is() -> None:
    mark = new_mark()
    form = form_with(mark, "een")
    assert form
    assert mark not in (form.key, form.token)
    assert form_with(form.key, "een") != form
    guessed = form_with(form.key, "een")
    assert guessed
    assert guessed.token != form.token


def test_who_sends_the_same_form_waits_and_another_form_does_not() -> None:
    forms, inside, most = Forms(), [0], [0]
    both = threading.Barrier(5)

    def answer() -> None:
        both.wait()
        with forms.one_at_a_time(FORM):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.02)
            inside[0] -= 1

    threads = [threading.Thread(target=answer) for _ in range(4)]
    for thread in threads:
        thread.start()
    with forms.one_at_a_time(Form("twee", "")):
        both.wait()
    for thread in threads:
        thread.join()
    assert most[0] == 1
    assert forms._answering == {}


def test_a_form_is_held_no_longer_when_its_answer_breaks() -> None:
    forms = Forms()
    for _ in range(2):
        try:
            with forms.one_at_a_time(FORM):
                raise RuntimeError
        except RuntimeError:
            assert forms._answering == {}


def test_a_form_counts_once_in_an_hour_and_memory_has_an_end() -> None:
    now = [0.0]
    forms = Forms(lambda: now[0])
    assert [forms.counts(FORM) for _ in range(3)] == [True, False, False]
    now[0] = REMEMBERED_SECONDS + 1
    assert forms.counts(FORM)
    for number in range(MOST_REMEMBERED + 5):
        forms.counts(Form(str(number), ""))
    assert len(forms._counted) <= MOST_REMEMBERED + 1
