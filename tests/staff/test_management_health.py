"""What an administrator looks after: channels, mail, the audit, the configuration as a file."""

from datetime import timedelta

from sqlalchemy import select, update

from aftercare.service import Service
from conversations.words import Channel, MessageStatus, NoticeStatus
from staff.outside import Outside
from storage.models import AuditEntry, Message, Notice
from tests.staff.world import Staff, browser, client, money_trouble, says, takes


async def _refuses(_to: str) -> bool:
    return False


async def test_channels_show_what_did_not_arrive_without_persons(
    service: Service, staff: Staff
) -> None:
    reference = await client(service, "Zeynep")
    await says(service, "0600000001", "JA")
    async with service.database.write() as session:
        ids = (await session.scalars(select(Message.id).where(Message.direction == "out"))).all()
        await session.execute(
            update(Message)
            .where(Message.id == ids[0])
            .values(status=MessageStatus.FAILED, error="twilio 30006")
        )
        await session.execute(
            update(Message)
            .where(Message.id == ids[1])
            .values(status=MessageStatus.QUEUED, not_before=service.now() - timedelta(hours=2))
        )
    outside = Outside(frozenset({Channel.SMS}), mail=takes)
    async with browser(service, staff.manager, outside=outside) as web:
        page = (await web.get("/beheer/kanalen")).text
    assert "Dit nummer bestaat niet" in page
    assert "twilio 30006" in page
    assert "berichten wachten te lang" in page
    assert "niet ingesteld" in page  # Telegram
    for personal in ("Zeynep", reference, "600000001", "06 00"):
        assert personal not in page


async def test_a_broken_mail_host_is_seen(service: Service, staff: Staff) -> None:
    await money_trouble(service)
    async with service.database.write() as session:
        await session.execute(update(Notice).values(attempts=3, status=NoticeStatus.QUEUED))
    outside = Outside(frozenset(Channel), mail=_refuses)
    async with browser(service, staff.manager, outside=outside) as web:
        assert "de mail gaat niet weg" in (await web.get("/beheer/kanalen")).text
        assert "De mail gaat niet weg: er wachten" in (await web.get("/beheer")).text
        answer = await web.post("/beheer/kanalen/proefmail")
        assert answer.status_code == 502
        assert "nam de mail niet aan" in answer.text
    async with browser(service, staff.manager, outside=Outside(mail=takes)) as web:
        answer = await web.post("/beheer/kanalen/proefmail")
        assert answer.headers["location"] == "/beheer/kanalen?gelukt=mailed"
    async with browser(service, staff.manager) as web:
        assert "geen mailserver" in (await web.post("/beheer/kanalen/proefmail")).text


async def test_the_audit_is_filtered_and_paged(service: Service, staff: Staff) -> None:
    reference = await money_trouble(service)
    async with service.database.write() as session:
        session.add_all(
            AuditEntry(
                at=service.now() - timedelta(days=40) + timedelta(minutes=number),
                staff_member_id=staff.coach.id,
                action="read",
                detail="geheime woorden",
            )
            for number in range(60)
        )
    async with browser(service, staff.consultant) as web:
        await web.get(f"/deelnemers/{reference}")
    async with browser(service, staff.manager) as web:
        first = (await web.get("/beheer/logboek")).text
        assert reference in first
        assert "Amina" not in first
        assert "geheime woorden" not in first
        assert "voor=" in first
        mine = (await web.get(f"/beheer/logboek?wie={staff.consultant.reference}")).text
        assert mine.count(">las het gesprek<") == 2  # the filter's choice, and one line
        lately = (await web.get("/beheer/logboek?wat=read&van=2026-03-01")).text
        assert "Wouter de Testcoach</td>" not in lately
        key = first.split("voor=")[1].split('"')[0]
        assert (await web.get(f"/beheer/logboek?voor={key}")).text.count("<tr>") < 30
        for nonsense in ("wie='--", "wat=x", "van=x&tot=9999-99-99", "voor=-1", "van=9999-12-31"):
            assert (await web.get(f"/beheer/logboek?{nonsense}")).status_code == 200


async def test_the_configuration_goes_out_and_in(service: Service, staff: Staff) -> None:
    async with browser(service, staff.manager) as web:
        text = (await web.get("/beheer/instellingen/bestand")).text
        assert "Bea Heer" not in text
        same = await web.post("/beheer/instellingen", data={"file": text})
        assert "Er zou niets veranderen" in same.text
        other = text.replace('"Inkomen Velsen"', '"Inkomen & Werk"')
        seen = await web.post("/beheer/instellingen", data={"file": other})
        assert "Inkomen &amp; Werk" in seen.text
        assert "Inkomen & Werk" not in (await web.get("/beheer/instellingen/bestand")).text
        await web.post("/beheer/instellingen/toepassen", data={"file": other})
        assert "Inkomen & Werk" in (await web.get("/beheer/instellingen/bestand")).text
        wrong = other.replace('title = "werkcoach"', 'title = ""')
        for path in ("/beheer/instellingen", "/beheer/instellingen/toepassen"):
            answer = await web.post(path, data={"file": wrong})
            assert answer.status_code == 422
            assert "desk ijmond-werkt, title" in answer.text


async def test_a_file_is_sent_as_a_file(service: Service, staff: Staff) -> None:
    async with browser(service, staff.manager) as web:
        text = (await web.get("/beheer/instellingen/bestand")).text
        other = text.replace('"Inkomen Velsen"', '"Werk en Inkomen"').replace("\n", "\r\n")
        file = {"upload": ("nazorg.toml", "\ufeff".encode() + other.encode())}
        seen = await web.post("/beheer/instellingen", data={"file": ""}, files=file)
        assert "Werk en Inkomen" in seen.text
        for wrong in (b"\xff\xfe\x00", b"PK\x03\x04", b""):
            answer = await web.post("/beheer/instellingen", files={"upload": ("x.toml", wrong)})
            assert answer.status_code in (200, 422)
        huge = {"upload": ("x.toml", b"x" * 500_000)}
        assert (await web.post("/beheer/instellingen", files=huge)).status_code == 413
        assert (await web.get("/beheer/instellingen/bestand")).text == text
