"""What this installation remembers of itself."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.encryption import Encrypted
from storage.models.base import Base


class Fact(Base):
    """A named value: the key check, the Telegram bot's name, the last update seen."""

    __tablename__ = "fact"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Encrypted("fact.value"))
