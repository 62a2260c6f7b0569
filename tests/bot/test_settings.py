"""Each wrong setting stops the start with one clear line that names it; a trial's clock never
meets the outside world."""

import re
from pathlib import Path

import pytest
from joserfc.jwk import ECKey

from bot.settings import Settings
from storage.encryption import new_key
from tests.bot.command import Command

ROOT = Path(__file__).parents[2]
TELEGRAM = {"telegram_token": "4242:token"}
TWILIO = {
    "twilio_account_sid": "AC" + "1" * 32,
    "twilio_auth_token": "auth-token",
    "twilio_from": "+31612340000",
}
MAIL = {"mail_url": "mailto://127.0.0.1:2525"}
OIDC = {
    "oidc_issuer": "https://login.example.org",
    "oidc_client_id": "nazorg",
    "oidc_client_secret": "een geheim",
}
CLOCK = {"clock": "2026-03-02T10:00:00+01:00"}
LOOPBACK = {
    "telegram_api_url": "http://127.0.0.1:8081",
    "twilio_api_url": "http://[::1]:8082",
    **MAIL,
}

WRONG = [
    ("NAZORG_TELEGRAM_API_URL", {"telegram_api_url": "api.telegram.org"}),
    ("NAZORG_TELEGRAM_API_URL", {"telegram_api_url": "ftp://api.telegram.org"}),
    ("NAZORG_TWILIO_API_URL", {"twilio_api_url": "https://"}),
    ("NAZORG_PUBLIC_URL", {"public_url": "nazorg.example.org"}),
    ("NAZORG_PUBLIC_URL", {"public_url": "https://nazorg.example.org:poort"}),
    ("NAZORG_TELEGRAM_MODE", {"telegram_mode": "pigeon"}),
    ("NAZORG_TELEGRAM_SECRET", {"telegram_secret": "met spatie"}),
    ("NAZORG_TELEGRAM_SECRET", {"telegram_secret": "x" * 257}),
    ("NAZORG_MAIL_URL", {"mail_url": "smtp://mail.example.org"}),
    ("NAZORG_KEYS", {"keys": "geen-base64!"}),
    ("NAZORG_KEYS", {"keys": "a29ydA=="}),
    ("NAZORG_KEYS", {"keys": ","}),
    ("NAZORG_CLOCK", {"clock": "gisteren"}),
    ("NAZORG_DATABASE_URL", {"database_url": "mysql://localhost/nazorg"}),
    ("NAZORG_DATABASE_URL", {"database_url": "nazorg.db"}),
    ("NAZORG_DATABASE_URL", {"database_url": "postgresql+psycopg://127.0.0.1:1/nazorg"}),
    ("NAZORG_PUBLIC_URL", TELEGRAM | {"telegram_mode": "webhook", "telegram_secret": "x"}),
    (
        "NAZORG_TELEGRAM_SECRET",
        TELEGRAM | {"telegram_mode": "webhook", "public_url": "https://nazorg.example.org"},
    ),
    ("NAZORG_TWILIO_AUTH_TOKEN", {"twilio_account_sid": TWILIO["twilio_account_sid"]}),
    ("NAZORG_TWILIO_ACCOUNT_SID", {"twilio_from": TWILIO["twilio_from"]}),
    ("NAZORG_TWILIO_FROM", TWILIO | {"twilio_from": ""}),
    ("NAZORG_TWILIO_FROM", TWILIO | {"twilio_from": "Velsen"}),
    ("NAZORG_TWILIO_FROM", TWILIO | {"twilio_from": "06 12 34 00 00"}),
    (
        "NAZORG_TWILIO_MESSAGING_SERVICE_SID",
        TWILIO | {"twilio_messaging_service_sid": "een service"},
    ),
    ("NAZORG_OIDC_ISSUER", OIDC | {"oidc_issuer": "http://login.example.org"}),
    ("NAZORG_OIDC_ISSUER", OIDC | {"oidc_issuer": ""}),
    ("NAZORG_OIDC_ISSUER", {"oidc_only": "true"}),
    ("NAZORG_OIDC_CLIENT_ID", OIDC | {"oidc_client_id": ""}),
    ("NAZORG_OIDC_CLIENT_SECRET", OIDC | {"oidc_client_secret": ""}),
    ("NAZORG_OIDC_CLIENT_KEY_FILE", OIDC | {"oidc_client_key_file": "/nergens/sleutel.pem"}),
    ("NAZORG_OIDC_CLIENT_KEY_FILE", OIDC | {"oidc_client_key_file": __file__}),
    ("NAZORG_OIDC_SCOPE", OIDC | {"oidc_scope": "email"}),
    ("NAZORG_OIDC_ROLES", OIDC | {"oidc_role_claim": "groups"}),
    ("NAZORG_OIDC_ROLES", OIDC | {"oidc_role_claim": "groups", "oidc_roles": "Baas=baas"}),
    ("NAZORG_OIDC_ROLES", OIDC | {"oidc_role_claim": "groups", "oidc_roles": "werkcoach"}),
    ("NAZORG_THEME_FILE", {"theme_file": "/nergens/theme.css"}),
    ("line 1: must be one rule", {"theme_file": __file__}),
    ("NAZORG_CLOCK", CLOCK | TELEGRAM),
    ("NAZORG_CLOCK", CLOCK | TWILIO),
    ("NAZORG_CLOCK", CLOCK | {"mail_url": "mailto://mail.example.org"}),
]


@pytest.mark.parametrize(
    ("named", "settings"), WRONG, ids=[f"{at}: {case[0]}" for at, case in enumerate(WRONG)]
)
def test_a_wrong_setting_is_told_in_one_line_that_names_it(
    installed: Command, named: str, settings: dict[str, str]
) -> None:
    ran = installed("escalations", **settings)
    assert ran.code == 2
    assert ran.out == ""
    (line,) = ran.err.splitlines()
    assert line.startswith("nazorg: ")
    assert named in line


@pytest.mark.parametrize("outside", ["telegram", "twilio", "mail"])
@pytest.mark.parametrize(
    "address",
    ["https://example.org", "http://10.0.0.1", "http://127.0.0.1.example.org", "http://[2001::1]"],
)
def test_a_trials_clock_is_refused_with_anything_outside(
    nazorg: Command, outside: str, address: str
) -> None:
    name = {"telegram": "telegram_api_url", "twilio": "twilio_api_url", "mail": "mail_url"}[outside]
    if outside == "mail":
        address = address.replace("https://", "mailto://").replace("http://", "mailtos://")
    ran = nazorg("escalations", **(CLOCK | TELEGRAM | TWILIO | LOOPBACK | {name: address}))
    assert ran.code == 2
    assert "NAZORG_CLOCK" in ran.err
    assert f"NAZORG_{name.upper()}" in ran.err
    assert not list(nazorg.folder.iterdir())


@pytest.mark.parametrize(
    "query",
    ["smtp=mail.example.org", "mode=ssl&smtp=mail.example.org", "SMTP=mail.example.org"],
)
def test_a_trials_clock_is_refused_when_mail_goes_out_by_another_host(
    nazorg: Command, query: str
) -> None:
    mail = {"mail_url": f"mailto://user:pass@127.0.0.1?{query}"}
    assert nazorg("escalations", **(CLOCK | mail)).code == 2


@pytest.mark.parametrize("extra", [{}, TELEGRAM, TWILIO, MAIL, TELEGRAM | TWILIO | MAIL])
def test_a_trials_clock_goes_with_servers_on_the_loopback(
    installed: Command, extra: dict[str, str]
) -> None:
    assert installed("escalations", **(LOOPBACK | CLOCK | extra)).code == 0


def test_a_mistake_in_two_settings_names_both(nazorg: Command) -> None:
    ran = nazorg("escalations", telegram_mode="pigeon", public_url="nergens")
    (line,) = ran.err.splitlines()
    assert "NAZORG_TELEGRAM_MODE" in line
    assert "NAZORG_PUBLIC_URL" in line


def test_a_complaint_does_not_repeat_a_secret(nazorg: Command) -> None:
    secret = "hunter2hunter2"
    for settings in (
        {"keys": secret},
        {"telegram_secret": f"{secret} {secret}"},
        {"database_url": f"mysql://user:{secret}@host/name"},
        {"database_url": f"postgresql+psycopg://user:{secret}@127.0.0.1:1/name"},
        {"mail_url": f"smtp://user:{secret}@host"},
        {"twilio_auth_token": secret},
    ):
        ran = nazorg("escalations", **settings)
        assert ran.code == 2
        assert secret not in ran.err + ran.out


def test_another_key_than_the_databases_is_told_in_one_line(installed: Command) -> None:
    ran = installed("escalations", keys=new_key())
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert "NAZORG_KEYS" in line


def test_a_key_file_that_others_can_read_is_refused(installed: Command) -> None:
    file = installed.folder / "nazorg-data" / "nazorg.key"
    file.chmod(0o644)
    ran = installed("escalations")
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert "chmod 600" in line


def test_the_key_file_and_its_folder_are_for_the_owner_only(nazorg: Command) -> None:
    assert nazorg("escalations").code == 0
    folder = nazorg.folder / "nazorg-data"
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "nazorg.key").stat().st_mode & 0o077 == 0


def test_a_data_folder_that_is_a_file_is_told_in_one_line(nazorg: Command) -> None:
    (nazorg.folder / "nazorg-data").write_text("")
    ran = nazorg("escalations")
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert "nazorg-data" in line


def test_a_database_file_that_is_none_is_told_in_one_line(installed: Command) -> None:
    (installed.folder / "nazorg-data" / "nazorg.db").write_bytes(b"geen database" * 1000)
    ran = installed("escalations")
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    assert line.startswith("nazorg: ")


def test_settings_are_read_from_a_file_in_the_folder(nazorg: Command) -> None:
    (nazorg.folder / ".env").write_text("NAZORG_TELEGRAM_MODE=pigeon\n")
    assert "NAZORG_TELEGRAM_MODE" in nazorg("escalations").err


def test_without_any_setting_there_is_a_database_in_the_data_folder(nazorg: Command) -> None:
    assert nazorg.json("escalations") == []
    assert (nazorg.folder / "nazorg-data" / "nazorg.db").exists()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_a_description(name: str) -> None:
    assert len(Settings.model_fields[name].description or "") > 10


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    files = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    documented = "\n".join(file.read_text() for file in files)
    assert re.search(rf"NAZORG_{name.upper()}\b", documented)


def test_the_provider_is_put_together_from_its_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "oidc.pem"
    key.write_bytes(ECKey.generate_key("P-256").as_pem(private=True))
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "oidc_issuer": "https://login.example.org/velsen/",
        "oidc_client_id": "nazorg",
        "oidc_client_key_file": str(key),
        "oidc_role_claim": "groups",
        "oidc_roles": "CN=Coaches=werkcoach, Beheer=beheerder",
        "oidc_acr": "substantial high",
        "oidc_amr": "mfa",
    }.items():
        monkeypatch.setenv(f"NAZORG_{name.upper()}", value)
    settings = Settings()
    assert settings.provider
    assert settings.provider.issuer == "https://login.example.org/velsen/"
    assert settings.provider.roles == {"CN=Coaches": "werkcoach", "Beheer": "beheerder"}
    assert settings.provider.acr == ("substantial", "high")
    assert "PRIVATE" in settings.provider.client_key
    assert "PRIVATE" not in repr(settings.provider)
