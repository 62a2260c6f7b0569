"""What can happen to people in aftercare, in any order."""

from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
)
from sqlalchemy import select

from aftercare import escalations, inbox, rights, steering
from aftercare.enrolment import Application, enrol
from aftercare.inbox import Received
from aftercare.service import Refused
from bot.channels import Fate
from conversations.turns import Attachment, Hello, Press, Text
from conversations.words import (
    Channel,
    CheckInStatus,
    Form,
    MessageStatus,
    OutcomeKind,
    Standing,
)
from storage.models import (
    CheckIn,
    Client,
    Enrolment,
    Message,
    StaffMember,
)
from tests.rules.channel import Failing
from tests.rules.world import PEOPLE, World

YES = ("ja", "JA graag")
STOPS = ("STOP", "stop aub", "ik wil geen berichten meer")
DANGER = ("ik wil dood", "mijn man slaat mij")
HELP = ("hulp", "HELP!")
OTHER = ("nee", "1", "2", "3", "4", "goed", "niet goed", "geld", "de huur lukt niet", "blauw",
         "dank je", "ik ben ontslagen", "hoi", "volgende week", "liever Engels", "1 en 2",
         "ik meld me zelf wel", "vraag het me weer", "er komt een deurwaarder")  # fmt: skip
ANSWERS = {
    "invitation": ("ja", "ja", "nee", "wie is dit?"),
    "invitation_again": ("ja", "nee"),
    "check_in": ("1", "2", "3", "3", "4", "niet goed"),
    "what_about": ("1", "2", "3", "5", "6", "geld"),
    "what_about_call": ("1", "2", "3", "5", "6", "thuis"),
    "own_words": ("de huur lukt niet", "nee", "ik slaap slecht", "er komt een deurwaarder"),
    "check_in_again": ("1", "3", "gaat wel"),
    "check_in_also": ("1", "3"),
    **dict.fromkeys(
        ("so_so", "contract_end", "closing_question", "helped", "debt_offer"), ("ja", "nee", "hoi")
    ),
}
WRITTEN = (*YES * 2, *OTHER * 2, *HELP * 2, *STOPS * 3, *DANGER)
"""Danger is rare: it is told again every quarter of an hour, which is what takes the time here."""
VALUES = ("yes", "no", "good", "so_so", "not_good", "job_lost", "money", "work", "health")

REPORTS = (MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.FAILED)


class Happenings(World):
    """People write, press and stop; providers fail and report; staff work; time passes."""

    @initialize(form=st.sampled_from([Form.ACTIVE, Form.PASSIVE]))
    def some_are_enrolled(self, form: Form) -> None:
        self._enrol(0, Channel.SMS, Form.ACTIVE, 0)
        self._enrol(1, Channel.TELEGRAM, form, 0)
        self.somebody_writes(0, Channel.SMS, "ja")
        self.a_link_is_opened(1, 1)

    @rule(
        person=st.integers(0, PEOPLE - 1),
        channel=st.sampled_from(Channel),
        form=st.sampled_from([Form.ACTIVE, Form.ACTIVE, Form.PASSIVE]),
        started=st.sampled_from([0, 0, 20, 100, -30]),
        lasts=st.sampled_from([0, 0, 60, 92, 130]),
    )
    def enrolment(
        self, person: int, channel: Channel, form: Form, started: int, lasts: int
    ) -> None:
        self._enrol(person, channel, form, started, lasts)

    def _enrol(
        self, person: int, channel: Channel, form: Form, started: int, lasts: int = 0
    ) -> None:
        day = (self.service.now() - timedelta(days=started)).date()
        application = Application(
            first_name=f"Person{person}",
            municipality=("Velsen", "Beverwijk", "Uitgeest")[person],
            first_working_day=day,
            number=f"+3160000000{person}",
            channel=channel,
            form=form,
            contract_end=day + timedelta(days=lasts) if lasts else None,
        )
        try:
            enrolled = self.do(enrol(self.service, application))
        except Refused:
            return  # this number has a running track
        self.references[person] = enrolled.reference
        if enrolled.link_token:
            self.tokens[person] = enrolled.link_token

    @rule(person=st.integers(0, PEOPLE - 1), sender=st.integers(0, PEOPLE - 1))
    def a_link_is_opened(self, person: int, sender: int) -> None:
        if person in self.tokens and person == sender:
            self.brings(person, Channel.TELEGRAM, Hello(), link=self.tokens[person])

    @rule(
        person=st.integers(0, PEOPLE - 1),
        channel=st.sampled_from(Channel),
        text=st.sampled_from(WRITTEN),
    )
    def somebody_writes(self, person: int, channel: Channel, text: str) -> None:
        before = self.standing(person)
        queued = len(self.out(person))
        receipt = self.brings(person, channel, Text(text))
        if receipt is Received.STRANGER:
            return
        assert receipt is Received.ANSWERED
        track = self.track(person)
        if text in STOPS:
            assert track.standing in (Standing.DECLINED, Standing.WITHDRAWN)
            self.said_stop.add(track.id)
        elif text in YES:
            self.said_yes.add(track.id)
        elif text == "nee" and before in (Standing.INVITED, Standing.LAPSED):
            self.said_stop.add(track.id)
        if text in DANGER:
            self.danger_is_seen(person)
        if text in HELP and before in (Standing.ACTIVE, Standing.COMPLETED):
            new = self.out(person)[queued:]
            assert new or self.last_in(person).escalation_id, "rule 6: not in silence"

    @rule(
        person=st.integers(0, PEOPLE - 1),
        question=st.integers(1, 7),
        value=st.sampled_from(VALUES),
    )
    def somebody_presses(self, person: int, question: int, value: str) -> None:
        before = self.standing(person)
        receipt = self.brings(person, Channel.TELEGRAM, Press(question, value))
        if receipt is Received.STRANGER:
            return
        track = self.track(person)
        if value == "yes":
            self.said_yes.add(track.id)
        if value == "no" and track.standing is not before:
            self.said_stop.add(track.id)

    @rule(person=st.integers(0, PEOPLE - 1), which=st.integers(0, 5), by_button=st.booleans())
    def somebody_answers_what_was_asked(self, person: int, which: int, by_button: bool) -> None:
        asked = [one for one in self.out(person) if one.phrase in ANSWERS]
        if not asked:
            return
        if by_button and asked[-1].buttons:
            button = asked[-1].buttons[which % len(asked[-1].buttons)][1]
            question, _, value = button.partition(":")
            self.somebody_presses(person, int(question), value)
        else:
            texts = ANSWERS[asked[-1].phrase or ""]
            self.somebody_writes(person, asked[-1].channel, texts[which % len(texts)])

    @rule(answers=st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=3))
    def the_next_step_is_asked_and_talked_about(self, answers: list[tuple[int, bool]]) -> None:
        planned = self.rows(
            select(CheckIn).where(CheckIn.status == CheckInStatus.PLANNED).order_by(CheckIn.due_at)
        )
        if not planned:
            return
        due = max(planned[0].due_at, self.service.now())
        self.do(self.house.travel(due + timedelta(minutes=20)))
        (track,) = self.rows(select(Enrolment).where(Enrolment.id == planned[0].enrolment_id))
        (client,) = self.rows(select(Client).where(Client.id == track.client_id))
        for which, by_button in answers:
            self.somebody_answers_what_was_asked(
                int(client.first_name.removeprefix("Person")), which, by_button
            )
            self.do(self.house.tick())

    @rule(person=st.integers(0, PEOPLE - 1), channel=st.sampled_from(Channel))
    def somebody_sends_a_picture(self, person: int, channel: Channel) -> None:
        self.brings(person, channel, Attachment())

    @precondition(lambda self: self.last is not None)
    @rule()
    def the_provider_brings_it_again(self) -> None:
        assert self.last
        before = len(self.rows(select(Message)))
        receipt = self.do(inbox.receive(self.service, self.last))
        assert receipt.received is Received.REPEATED
        assert len(self.rows(select(Message))) == before

    @rule(
        by=st.sampled_from(
            [
                timedelta(seconds=40),
                timedelta(minutes=31),
                timedelta(hours=5),
                timedelta(days=1),
                timedelta(days=1),
                timedelta(days=7),
            ]
        )
    )
    def time_passes(self, by: timedelta) -> None:
        self.do(self.house.travel(self.service.now() + by))
        self.do(self.house.deliver())

    @rule(
        by=st.sampled_from(
            [timedelta(0), timedelta(minutes=3), timedelta(hours=13), timedelta(days=4, hours=9)]
        )
    )
    def the_service_stood_still_and_ticks_again(self, by: timedelta) -> None:
        self.service.clock.travel_to(self.service.now() + by)
        self.do(self.house.tick())
        self.do(self.house.deliver())

    @rule(
        which=st.integers(0, 1),
        failures=st.lists(st.sampled_from(Failing), min_size=1, max_size=3),
    )
    def a_provider_fails(self, which: int, failures: list[Failing]) -> None:
        self.channels[which].failures = failures

    @precondition(lambda self: any(channel.sent for channel in self.channels))
    @rule(
        data=st.data(),
        statuses=st.lists(st.sampled_from(REPORTS), min_size=1, max_size=3),
        closed=st.booleans(),
        tries=st.integers(0, 2),
    )
    def a_provider_reports(
        self, data: st.DataObject, statuses: list[MessageStatus], closed: bool, tries: int
    ) -> None:
        one = data.draw(st.sampled_from(self.seen()[-4:]))
        for status in statuses:
            failed = status is MessageStatus.FAILED
            error = "twilio 30005" if failed else None
            self.do(
                self.house.report(
                    one.parcel.id,
                    one.external_id,
                    Fate(status, error, closed and failed, tries),
                )
            )
            self.statuses_moved_forward()

    @precondition(lambda self: self.look("SELECT 1 FROM escalation WHERE status != 'resolved'"))
    @rule(data=st.data(), step=st.sampled_from(["take", "contacted", "resolve"]))
    def staff_do_something(self, data: st.DataObject, step: str) -> None:
        reference = data.draw(st.sampled_from([one.reference for one in self.open_calls()]))
        (sanne,) = self.rows(select(StaffMember))
        try:
            if step == "take":
                self.do(escalations.take(self.service, reference, sanne))
            elif step == "contacted":
                self.do(escalations.contacted(self.service, reference, sanne))
            else:
                self.do(
                    escalations.resolve(self.service, reference, sanne, OutcomeKind.HELPED, "goed")
                )
        except Refused:
            pass  # this step was taken before

    @rule(
        person=st.integers(0, PEOPLE - 1),
        step=st.sampled_from(["release", "release", "pause", "add", "extend", "form", "language"]),
    )
    def staff_change_the_plan(self, person: int, step: str) -> None:
        if person not in self.references:
            return
        (sanne,) = self.rows(select(StaffMember))
        who = (self.service, self.references[person], sanne, "afgesproken")
        today, track = self.service.now().date(), self.track(person)
        other = Form.PASSIVE if track.form is Form.ACTIVE else Form.ACTIVE
        changes: dict[str, Callable[[], Coroutine[Any, Any, object]]] = {
            "release": lambda: steering.release(*who),
            "pause": lambda: steering.pause(*who, today + timedelta(days=20)),
            "add": lambda: steering.add(*who, today + timedelta(days=5)),
            "extend": lambda: steering.extend(*who, track.first_working_day + timedelta(days=200)),
            "form": lambda: steering.set_form(*who, other),
            "language": lambda: steering.set_language(*who, "nl"),
        }
        with suppress(Refused):  # the track may not run
            self.do(changes[step]())

    @rule(person=st.integers(0, PEOPLE - 1))
    def somebody_stops_by_telephone(self, person: int) -> None:
        if person not in self.references:
            return
        (sanne,) = self.rows(select(StaffMember))
        try:
            self.do(rights.withdraw(self.service, self.references[person], sanne))
        except Refused:
            return
        self.said_stop.add(self.track(person).id)
