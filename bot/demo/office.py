"""What the colleagues of the demo did besides helping: what there is to find in the other pages."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy import select

from aftercare import absences, emergency_reads, list_enrolment, management, notice_addresses
from aftercare.lists import House as ListHouse
from aftercare.lists import read_list
from aftercare.service import Service
from aftercare.sheets import Table
from bot.demo.cast import at
from conversations.understanding.labels import Label
from conversations.words import Side
from evaluation.lookback import Period
from staff import meanings, reviews
from staff.access import viewer_of
from staff.meanings import Judgement
from storage.models import Client, Enrolment, Message, Municipality, ReviewItem, StaffMember
from storage.notices import MAIL

_LIST = Table(
    ("Voornaam", "Mobiel nummer", "Gemeente", "Eerste werkdag", "Taal"),
    (
        (2, ("Noor", "06 00 12 34 81", "Heemskerk", "9-3-2026", "Nederlands")),
        (3, ("Bilal", "06 00 12 34 82", "Heemskerk", "9-3-2026", "Arabisch")),
    ),
)
_PERIOD = Period(date(2026, 1, 1), date(2026, 2, 28))

Scenes = list[tuple[datetime, Callable[[], Awaitable[None]]]]


class Office:
    """The colleagues at their desks. `clients`: ids by name, filled while the past is played."""

    def __init__(
        self, service: Service, staff: Mapping[str, StaffMember], clients: Mapping[str, int]
    ) -> None:
        self._service, self._staff, self._clients = service, staff, clients

    def scenes(self) -> Scenes:
        """What happened, and when."""
        return [
            (at(2025, 8, 13, 9, 30), self._set_a_price),
            (at(2026, 2, 12, 16, 40), self._read_in_an_emergency),
            (at(2026, 2, 19, 9, 30), self._choose_notices),
            (at(2026, 2, 20, 11, 0), self._say_what_was_meant),
            (at(2026, 2, 26, 15, 0), self._enrol_a_list),
            (at(2026, 2, 27, 9, 0), self._review),
            (at(2026, 2, 27, 16, 0), self._plan_a_holiday),
        ]

    async def _read_in_an_emergency(self) -> None:
        client_id = self._clients["Samira"]
        async with self._service.database.read() as session:
            reference, enrolment = (
                await session.execute(
                    select(Client.reference, Enrolment.id)
                    .join(Enrolment, Enrolment.client_id == Client.id)
                    .where(Client.id == client_id)
                )
            ).one()
        await emergency_reads.read_along(
            self._service,
            reference,
            self._staff["mourad"],
            Side.MUNICIPALITY,
            [enrolment],
            "Samira kwam niet op haar werk en neemt niet op. Het team van Velsen was niet te "
            "bereiken.",
        )

    async def _choose_notices(self) -> None:
        await notice_addresses.add(
            self._service,
            self._staff["sanne"],
            MAIL,
            "",
            opens=time(8),
            closes=time(18),
            digest_at=None,
        )

    async def _say_what_was_meant(self) -> None:
        mourad = self._staff["mourad"]
        async with self._service.database.read() as session:
            viewer = await viewer_of(session, mourad, self._service.now())
            message = await session.scalar(
                select(Message.id)
                .where(
                    Message.client_id == self._clients["Zofia"],
                    Message.label.is_not(None),
                    Message.label != Label.FINE,
                )
                .limit(1)
            )
        assert message is not None
        meant = Judgement(Label.WORKLOAD, also=Label.PAY, note="Vooral te veel uren.")
        await meanings.correct(self._service, viewer, message, meant)

    async def _enrol_a_list(self) -> None:
        service, dennis = self._service, self._staff["dennis"]
        async with service.database.read() as session:
            place = await session.scalar(
                select(Municipality).where(Municipality.slug == "heemskerk")
            )
        assert place is not None
        house = ListHouse(
            places={"heemskerk": place.slug},
            werkcoaches={},
            consulenten={dennis.email: dennis.email},
            today=service.now().date(),
            inkomensconsulent=dennis.email,
            trial=service.trial,
        )
        found = read_list(_LIST, house)
        reference = await list_enrolment.keep(service, found, {place.slug: place.id}, dennis)
        await list_enrolment.confirm(service, reference, dennis, [place.id])

    async def _review(self) -> None:
        service, pair = self._service, (self._staff["sanne"], self._staff["mourad"])
        async with service.database.read() as session:
            viewers = [await viewer_of(session, one, service.now()) for one in pair]
        reference = await reviews.start(
            service, viewers[0], _PERIOD, reviews.LARGEST, *(one.reference for one in pair)
        )
        async with service.database.read() as session:
            review = (await reviews.one_of(session, viewers[0], reference)).review
            sample = (
                await session.execute(
                    select(ReviewItem.place, Message.label)
                    .join(Message, Message.id == ReviewItem.message_id)
                    .where(ReviewItem.review_id == review.id)
                )
            ).all()
        for place, label in sample:
            for viewer in viewers:
                # They see one message differently, to have something to talk about.
                apart = viewer is viewers[1] and label is Label.CONFLICT
                judged = Judgement(Label.WELLBEING if apart else None)
                await reviews.judge(service, viewer, reference, place, judged)

    async def _plan_a_holiday(self) -> None:
        mourad, sanne = self._staff["mourad"], self._staff["sanne"]
        await absences.set_absence(
            self._service, mourad, mourad, date(2026, 3, 9), date(2026, 3, 13), sanne
        )

    async def _set_a_price(self) -> None:
        await management.set_price(self._service, Decimal("0.075"), self._staff["iris"])
