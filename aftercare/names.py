"""People are found by how their name begins, though names are encrypted.

For each word of a name we keep in which of a few hundred buckets its first three letters fall, by
a keyed hash. A search reads one bucket, opens the names in it and keeps those that fit. Why three
letters, and why buckets: docs/decisions/0015-finding-a-name.md.
"""

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import and_, delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.encryption import ring
from storage.models import Client, Enrolment, NameStart

LETTERS = 3
BUCKETS = 512
_AT_ONCE = 500
_NOT_FOUND = and_(
    ~exists().where(NameStart.client_id == Client.id),
    exists().where(Enrolment.client_id == Client.id, Enrolment.erased_at.is_(None)),
)
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in small letters without accents: "Anne-Zoë" is anne and zoe."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(one for one in bare if not unicodedata.combining(one))
    return tuple(_WORD.findall(letters.translate(_PLAIN)))


def buckets(name: str) -> frozenset[int]:
    """Where `name` is found: by the start of each word, and of all words written as one."""
    words = words_of(name)
    return frozenset(_bucket(word) for word in (*words, "".join(words)) if word)


def bucket_of(wanted: Iterable[str]) -> int | None:
    """The bucket in which names that fit the words `wanted` are; None if there are no words."""
    longest = max(wanted, key=len, default="")
    return _bucket(longest) if longest else None


def fits(name: str, wanted: Iterable[str]) -> bool:
    """Whether each word of `wanted` is how a word of `name` begins, or all of it as one word."""
    words = words_of(name)
    begins = (*words, "".join(words))
    return all(any(one.startswith(start) for one in begins) for start in wanted)


async def keep(session: AsyncSession, client: Client) -> None:
    """Make the client findable by the name they have now."""
    await forget(session, client.id)
    await _insert(session, [client])


async def forget(session: AsyncSession, client_id: int) -> None:
    """The client is not found by name any more."""
    await session.execute(delete(NameStart).where(NameStart.client_id == client_id))


async def keep_all(database: Database) -> int:
    """Make everybody findable who is not yet, because they were enrolled before there was a
    search by name. Returns how many. A migration cannot do it: it has no keys."""
    async with database.read() as session:
        if await session.scalar(select(Client.id).where(_NOT_FOUND).limit(1)) is None:
            return 0
    done, last = 0, 0
    while True:
        async with database.alone() as session:
            rows = await session.scalars(
                select(Client)
                .where(Client.id > last, _NOT_FOUND)
                .order_by(Client.id)
                .limit(_AT_ONCE)
            )
            people = rows.all()
            if not people:
                return done
            await _insert(session, people)
            done, last = done + len(people), people[-1].id


async def _insert(session: AsyncSession, people: Iterable[Client]) -> None:
    rows = [
        {"client_id": one.id, "bucket": bucket}
        for one in people
        for bucket in sorted(buckets(one.first_name))
    ]
    if rows:
        await session.execute(insert(NameStart), rows)


def _bucket(word: str) -> int:
    digest = ring().look_up("name start", word[:LETTERS])
    return int.from_bytes(digest[:4], "big") % BUCKETS
