"""What a change would do is seen before it is made, and nothing of it stays."""

from datetime import date

import pytest
from sqlalchemy import select

from aftercare import steering
from aftercare.foreseeing import foresee
from aftercare.service import Refused, Service
from conversations.words import Form
from storage.models import PlanChange
from tests.aftercare.people import active, all_of, colleague, said, steps, track

WHY = "gebeld"


async def test_what_is_foreseen_is_what_comes_and_nothing_is_kept(service: Service) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    before = {step: one.due_at for step, one in (await steps(service)).items()}
    until = date(2026, 3, 31)
    outlook = await foresee(
        service, reference, lambda tried: steering.pause(tried, reference, sanne, WHY, until)
    )
    assert {step: one.due_at for step, one in (await steps(service)).items()} == before
    assert await all_of(service, select(PlanChange)) == []
    assert outlook.before.steps == before
    assert "day-8" not in outlook.after.steps
    moment = await steering.pause(service, reference, sanne, WHY, until)
    assert outlook.after.steps["day-22"] == moment


async def test_what_the_client_would_hear_is_foreseen(service: Service) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    before = await said(service)
    outlook = await foresee(
        service,
        reference,
        lambda tried: steering.set_language(tried, reference, sanne, WHY, "en"),
    )
    ((text, when),) = outlook.messages
    assert text == "From now on I write to you in English."
    assert when >= service.now()
    assert (outlook.before.language, outlook.after.language) == ("nl", "en")
    assert await said(service) == before


async def test_what_cannot_be_is_refused_beforehand_too(service: Service) -> None:
    sanne = await colleague(service)
    reference = await active(service)
    with pytest.raises(Refused) as refused:
        await foresee(
            service,
            reference,
            lambda tried: steering.set_form(tried, reference, sanne, WHY, Form.ACTIVE),
        )
    assert refused.value.field == "form"
    assert (await track(service, reference)).plan_version == 1
    await steering.set_form(service, reference, sanne, WHY, Form.PASSIVE)  # the turn is free again
