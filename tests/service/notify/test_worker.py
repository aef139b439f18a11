"""The worker: nothing lost, nothing twice, nobody held up, and never given up."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from service.notify.mail import MailSender
from service.notify.notices import Channels, Notices, Receiver
from service.notify.pace import DEFAULT_PACE, Pace
from service.notify.sending import NotSent, Refused, Sender, Unreachable
from service.notify.webhook import Hook, WebhookSender
from service.notify.worker import Delivered, deliver_due, failing
from service.storage.outbox import Kind, Leased, Notice, Outbox
from tests.service.notify.scene import (
    ANNA,
    BRAM,
    MAIL_ONLY,
    SITE,
    Clock,
    Postbox,
    Site,
    free_port,
    gap,
    mail_server,
    put,
    sender_to,
    serving,
)

VISITOR = Receiver("asking-1", "", "bezoeker@thuis.example")


def middle() -> float:
    return 0.5


class Told:
    """A sender that remembers what it got, and does first what it was told to."""

    def __init__(self, first: Callable[[Leased], None] = lambda notice: None) -> None:
        self.got: list[Leased] = []
        self._first = first

    def send(self, notice: Leased) -> str:
        self._first(notice)
        self.got.append(notice)
        return f"receipt {len(self.got)}"


def failing_with(error: Exception) -> Told:
    def fail(_notice: Leased) -> None:
        raise error

    return Told(fail)


def mails(count: int) -> list[Notice]:
    return [each for number in range(count) for each in MAIL_ONLY.opened(gap(number=number), [ANNA])]


def deliver(outbox: Outbox, sender: Told | MailSender, pace: Pace = DEFAULT_PACE) -> Delivered:
    return deliver_due(outbox, {Kind.MAIL: sender}, pace=pace, chance=middle)


# -- with a real mail server ------------------------------------------------------------------------


def test_everything_arrives_once(engine: Engine, outbox: Outbox) -> None:
    postbox, port = Postbox(), free_port()
    put(engine, outbox, *mails(30))
    with mail_server(postbox, port):
        assert deliver(outbox, sender_to(port)) == Delivered(sent=30)
        assert deliver(outbox, sender_to(port)) == Delivered()
    assert len(set(postbox.ids)) == len(postbox.ids) == 30
    assert outbox.waiting() == 0


def test_after_a_day_without_a_mail_server_all_arrive_once(
    engine: Engine, outbox: Outbox, clock: Clock
) -> None:
    postbox, port = Postbox(), free_port()
    put(engine, outbox, *mails(5))
    sender = sender_to(port)
    for _ in range(24 * 4):
        assert deliver(outbox, sender).sent == 0
        clock.turn(minutes=15)
    put(engine, outbox, *mails(3))  # and meanwhile there is more to tell
    with mail_server(postbox, port):
        for _ in range(8):
            deliver(outbox, sender)
            clock.turn(minutes=15)
    assert len(set(postbox.ids)) == len(postbox.ids) == 8
    assert outbox.waiting() == 0
    assert failing(outbox) == ()


def test_two_workers_at_once_send_nothing_twice(engine: Engine, outbox: Outbox) -> None:
    postbox, port = Postbox(), free_port()
    put(engine, outbox, *mails(60))
    done: list[int] = []
    with mail_server(postbox, port):
        start = threading.Barrier(2)

        def work() -> None:
            start.wait()
            done.append(deliver(outbox, sender_to(port), Pace(batch=5)).sent)

        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert sum(done) == 60
    assert min(done) > 0
    assert max(Counter(postbox.ids).values()) == 1


def test_a_visitors_address_is_gone_from_the_file_when_the_mail_is_out(
    engine: Engine, outbox: Outbox, tmp_path: Path
) -> None:
    postbox, port = Postbox(), free_port()
    put(engine, outbox, *MAIL_ONLY.answer(gap(), VISITOR, "Dat kost € 83,87.", SITE))
    with mail_server(postbox, port):
        deliver(outbox, sender_to(port))
    assert postbox.receivers == [VISITOR.address]
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert VISITOR.address.encode() not in files


def test_each_road_goes_its_own_way(engine: Engine, outbox: Outbox, clock: Clock) -> None:
    every = Notices(SITE, Channels(mail=True, webhook=True))
    put(engine, outbox, *every.opened(gap(), [ANNA, BRAM]), *every.opened(gap(number=13), [ANNA]))
    site, nobody = Site(), sender_to(free_port())
    with serving(site):
        senders: dict[Kind, Sender] = {
            Kind.MAIL: nobody,
            Kind.WEBHOOK: WebhookSender(Hook(site.url, "s" * 32), clock),
        }
        delivered = deliver_due(outbox, senders, chance=middle)
    assert delivered == Delivered(sent=2, failed=1, unreachable=[Kind.MAIL])
    assert len(site.asked) == 2
    assert outbox.waiting() == 3


# -- what a round does ------------------------------------------------------------------------------


def test_no_transaction_is_open_while_something_is_sent(engine: Engine, outbox: Outbox) -> None:
    open_now: set[object] = set()
    event.listen(engine, "begin", open_now.add)
    event.listen(engine, "commit", open_now.discard)
    event.listen(engine, "rollback", open_now.discard)
    seen: list[int] = []
    put(engine, outbox, *mails(3))
    deliver(outbox, Told(lambda _notice: seen.append(len(open_now))))
    assert seen == [0, 0, 0]


def test_what_the_other_side_calls_it_is_kept(engine: Engine, outbox: Outbox) -> None:
    one = gap()
    put(engine, outbox, *MAIL_ONLY.opened(one, [ANNA]))
    deliver(outbox, Told())
    assert [line.receipt for line in outbox.about(str(one.id))] == ["receipt 1"]


def test_a_failure_is_tried_again_later_and_later(engine: Engine, outbox: Outbox, clock: Clock) -> None:
    one, pauses = gap(), []
    put(engine, outbox, *MAIL_ONLY.opened(one, [ANNA]))
    for attempt in range(90):
        assert deliver(outbox, failing_with(NotSent("SMTP 451"))).failed == 1
        [line] = outbox.about(str(one.id))
        assert line.attempts == attempt + 1
        pauses.append((line.next_try - clock.now) / timedelta(minutes=1))
        clock.now = line.next_try - timedelta(seconds=1)
        assert deliver(outbox, Told()) == Delivered()
        clock.turn(seconds=1)
    assert pauses[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert sum(pauses[:77]) > 3 * 24 * 60
    assert set(pauses[77:]) == {24 * 60}
    assert [line.last_error for line in failing(outbox)] == ["SMTP 451"]
    assert deliver(outbox, Told()).sent == 1
    assert failing(outbox) == ()


def test_a_refusal_is_shown_at_once_and_still_tried_once_a_day(
    engine: Engine, outbox: Outbox, clock: Clock
) -> None:
    put(engine, outbox, *mails(1))
    assert deliver(outbox, failing_with(Refused("SMTP 550 (receiver)"))).failed == 1
    assert [line.last_error for line in failing(outbox)] == ["SMTP 550 (receiver)"]
    clock.turn(hours=23)
    assert deliver(outbox, Told()) == Delivered()
    clock.turn(hours=1)
    assert deliver(outbox, Told()) == Delivered(sent=1)
    assert failing(outbox) == ()


def test_a_fault_of_ours_holds_up_nobody_and_shows_no_words(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, *mails(3))

    def break_one(notice: Leased) -> None:
        if notice.payload["facts"]["number"] == 1:
            raise KeyError("anna@merelveen.example")

    assert deliver(outbox, Told(break_one)) == Delivered(sent=2, failed=1)
    assert outbox.waiting() == 1
    [line] = outbox.failing(outbox.now())
    assert line.last_error == "fault: KeyError"


def test_when_nothing_gets_through_the_rest_is_left_alone(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, *mails(40))
    delivered = deliver(outbox, failing_with(Unreachable("ConnectionRefusedError")))
    assert delivered == Delivered(failed=1, unreachable=[Kind.MAIL])
    assert deliver(outbox, Told()).sent == 39


def test_a_road_that_is_not_there_waits_and_is_shown_after_days(
    engine: Engine, outbox: Outbox, clock: Clock
) -> None:
    put(engine, outbox, *mails(1))
    assert deliver_due(outbox, {}) == Delivered()
    assert failing(outbox) == ()
    clock.turn(days=3)
    assert len(failing(outbox)) == 1


def test_who_is_told_to_stop_leaves_the_rest_to_others(engine: Engine, outbox: Outbox) -> None:
    put(engine, outbox, *mails(10))
    sender = Told()
    assert deliver_due(outbox, {Kind.MAIL: sender}, stopped=lambda: len(sender.got) >= 3).sent == 3
    assert deliver(outbox, Told()).sent == 7


def test_a_slow_worker_stops_before_its_lease_does(engine: Engine, outbox: Outbox, clock: Clock) -> None:
    put(engine, outbox, *mails(5))
    pace = Pace(lease_seconds=100, longest_delivery=60)
    others: list[int] = []

    def take_long(_notice: Leased) -> None:
        clock.turn(seconds=45)
        # nobody else may have what this one is still sending
        held = outbox.lease([Kind.MAIL], "other", 1, 10)
        others.append(len(held))
        outbox.release(held)

    slow = Told(take_long)
    assert deliver(outbox, slow, pace).sent == 5
    assert len({one.id for one in slow.got}) == 5
    assert sum(others) == 0


def test_a_database_that_fails_gives_back_what_was_not_tried(
    engine: Engine, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(engine, outbox, *mails(5))

    def broken(_notice: Leased, _receipt: str = "") -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "sent", broken)
        with pytest.raises(OSError, match="disk full"):
            deliver(outbox, Told())
    assert len(outbox.lease([Kind.MAIL], "next", 60, 10)) == 4


# -- pace -------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.integers(1, 10_000), st.integers(0, 400), st.booleans(), st.floats(0, 1))
def test_no_pause_is_longer_than_about_a_day_and_none_is_nothing(
    attempts: int, days: int, refused: bool, chance: float
) -> None:
    pause = DEFAULT_PACE.pause(attempts, timedelta(days=days), refused, chance)
    assert timedelta(seconds=48) <= pause <= timedelta(hours=28.8)


def test_pauses_are_spread() -> None:
    pauses = {DEFAULT_PACE.pause(3, timedelta(), False, chance / 10) for chance in range(11)}
    assert min(pauses) == timedelta(minutes=4) * 0.8
    assert max(pauses) == timedelta(minutes=4) * 1.2
    assert len(pauses) == 11


def test_a_lease_that_is_too_short_for_one_delivery_is_no_pace() -> None:
    with pytest.raises(ValueError, match="outlast"):
        Pace(lease_seconds=60, longest_delivery=60)
