"""People are found by how their name begins, though names are encrypted."""

import pytest
from sqlalchemy import delete, func, select

from aftercare import names
from aftercare.service import Service
from storage.models import Client, NameStart
from tests.aftercare.people import all_of, client, invited, writes


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Amina", "ami"),
        ("Amina", "AMINA"),
        ("Zoë", "zoe"),
        ("Zoe", "zoë"),
        ("Anne-Marie", "mar"),
        ("Anne-Marie", "annem"),
        ("Anne-Marie", "anne m"),
        ("Bo", "bo"),
        ("Jo Ann", "joan"),
        ("D'Arcy", "darcy"),
        ("Łukasz", "luk"),
        ("Çağrı", "cagri"),
        ("محمد", "محم"),
        ("李", "李"),
        ("Bartholomeus van den Berg", "bartholomeus"),
    ],
)
def test_a_name_is_found_by_how_its_words_begin(service: Service, name: str, typed: str) -> None:
    wanted = names.words_of(typed)
    assert names.bucket_of(wanted) in names.buckets(name)
    assert names.fits(name, wanted)


@pytest.mark.parametrize(
    ("name", "typed"), [("Amina", "amir"), ("Amina", "min"), ("Amina", "ami x")]
)
def test_what_only_looks_alike_does_not_fit(name: str, typed: str) -> None:
    assert not names.fits(name, names.words_of(typed))


def test_what_has_no_letters_is_no_name(service: Service) -> None:
    assert names.bucket_of(names.words_of("-- 12 ★")) is None
    assert names.buckets("★") == frozenset()


async def test_nothing_of_a_name_can_be_read_from_its_buckets(service: Service) -> None:
    await invited(service, first_name="Amina")
    rows = await all_of(service, select(NameStart.bucket))
    assert rows
    assert all(0 <= bucket < names.BUCKETS for bucket in rows)


async def test_everybody_is_made_findable_once(service: Service) -> None:
    for person in (1, 2, 3):
        await invited(service, person, first_name=f"Persoon {'abc'[person - 1]}nders")
    before = await all_of(service, select(NameStart.client_id))
    async with service.database.write() as session:
        await session.execute(delete(NameStart).where(NameStart.client_id < 3))
    assert await names.keep_all(service.database) == 2
    assert sorted(await all_of(service, select(NameStart.client_id))) == sorted(before)
    assert await names.keep_all(service.database) == 0


async def test_another_name_on_a_number_is_the_one_that_is_found(service: Service) -> None:
    reference = (await invited(service, first_name="Amina")).reference
    await writes(service, "nee")
    assert (await invited(service, first_name="Bilal")).reference == reference
    found = set(await all_of(service, select(NameStart.bucket)))
    assert found == set(names.buckets("Bilal"))


async def test_whoever_is_deleted_or_forgotten_is_not_found(service: Service) -> None:
    reference = (await invited(service)).reference
    person = await client(service, reference)
    async with service.database.write() as session:
        await names.forget(session, person.id)
    async with service.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(NameStart)) == 0
        assert await session.scalar(select(func.count()).select_from(Client)) == 1
