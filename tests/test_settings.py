"""Settings come from the environment and trackr.toml, and what cannot work is said before the start, in one line."""

import os
import stat
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from trackr.settings import NAMES, Settings, SettingsError

SECRET = "correct-horse-battery-staple-42-x"


def load(folder: Path, **environ: str) -> Settings:
    return Settings.load({f"TRACKR_{name}": value for name, value in environ.items()}, folder)


def refusal(folder: Path, **environ: str) -> str:
    with pytest.raises(SettingsError) as refused:
        load(folder, **environ)
    line = str(refused.value)
    assert "\n" not in line
    return line


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder of somebody else: what root may do is no matter, so the test is nobody for a while."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            yield folder
        finally:
            os.seteuid(user)
            folder.chmod(0o755)


def test_an_empty_folder_is_all_it_takes(tmp_path: Path) -> None:
    settings = Settings.load({}, tmp_path / "new" / "data")
    assert settings.data == tmp_path / "new" / "data"
    assert settings.database_path == settings.data / "trackr.db"
    assert (settings.base_url, settings.smtp_url, settings.imap_url, settings.mail_from) == (None, None, None, None)
    assert settings.trusted_proxies == ()


def test_the_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = load(tmp_path / "data").data
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_without_a_name_the_folder_is_data_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.load({}).data == tmp_path / "data"
    assert Settings.load({"TRACKR_DATA": "elsewhere"}).data == tmp_path / "elsewhere"


def test_the_folder_of_the_command_line_wins(tmp_path: Path) -> None:
    settings = Settings.load({"TRACKR_DATA": str(tmp_path / "environment")}, tmp_path / "option")
    assert settings.data == tmp_path / "option"
    assert not (tmp_path / "environment").exists()


def test_the_secret_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    first = load(tmp_path).secret_key
    assert len(first) == 64
    assert load(tmp_path).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_starts_at_the_same_moment_agree_on_the_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = list(pool.map(lambda _: load(tmp_path).secret_key, range(32)))
    assert len(set(secrets)) == 1


def test_a_secret_of_the_environment_leaves_no_file(tmp_path: Path) -> None:
    assert load(tmp_path, SECRET_KEY=SECRET).secret_key == SECRET.encode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff" * 64])
def test_a_spoilt_secret_file_is_not_replaced_behind_anyones_back(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret_key").write_bytes(content)
    assert "remove it for a new secret" in refusal(tmp_path)
    assert (tmp_path / "secret_key").read_bytes() == content


def test_secrets_are_not_printed_with_the_settings(tmp_path: Path) -> None:
    shown = repr(
        load(tmp_path, SECRET_KEY=SECRET, SMTP_URL="smtp://olive:sesame@example.org", OIDC_CLIENT_SECRET="sesame")
    )
    assert SECRET not in shown
    assert "sesame" not in shown


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "trackr.toml").write_text(
        'TRACKR_BASE_URL = "https://file.example.org"\nTRACKR_MAIL_FROM = "tickets@example.org"\n'
    )
    settings = load(tmp_path, BASE_URL="https://environment.example.org")
    assert settings.base_url == "https://environment.example.org"
    assert settings.mail_from == "tickets@example.org"


def test_an_empty_value_is_one_not_given(tmp_path: Path) -> None:
    assert load(tmp_path, BASE_URL="", DATA="", SECRET_KEY=" ", TRUSTED_PROXIES="").base_url is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("TRACKR_BASE_URL = https://example.org", "Invalid value (at line 1"),
        ("TRACKR_TRUSTED_PROXIES = ['127.0.0.1']", "not a text"),
        ("TRACKR_DATA = '/srv'", "set it in the environment"),
        ("TRACKR_BASEURL = 'x'", "did you mean TRACKR_BASE_URL?"),
        ("base_url = 'x'", "did you mean TRACKR_BASE_URL?"),
        ("[mail]\nfrom = 'x'", "unknown setting 'mail'"),
        ("TRACKR_BASE_URL = '\xe9'".encode("latin-1"), "utf-8"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, content: str | bytes, said: str) -> None:
    (tmp_path / "trackr.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    line = refusal(tmp_path)
    assert said in line
    assert "trackr.toml" in line


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("BASEURL", "BASE_URL"),
        ("SECRET", "SECRET_KEY"),
        ("DATABASE", "DATABASE_URL"),
        ("MAIL_FORM", "MAIL_FROM"),
        ("TRUSTED_PROXY", "TRUSTED_PROXIES"),
        ("SMTP", "SMTP_URL"),
    ],
)
def test_an_unknown_setting_is_refused_with_the_one_that_was_meant(tmp_path: Path, name: str, meant: str) -> None:
    line = refusal(tmp_path, **{name: "hunter2"})
    assert f"'TRACKR_{name}' in the environment: did you mean TRACKR_{meant}?" in line
    assert "hunter2" not in line


def test_a_setting_like_no_other_is_refused_with_all_there_are(tmp_path: Path) -> None:
    line = refusal(tmp_path, QQQ="1")
    assert all(name in line for name in NAMES)


def test_other_programs_have_settings_too(tmp_path: Path) -> None:
    assert Settings.load({"PATH": "/bin", "TRACKER_URL": "x"}, tmp_path).data == tmp_path


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("base_url", "https://tickets.example.org/", "https://tickets.example.org"),
        ("base_url", "HTTP://Tickets.Example.org:8080", "http://tickets.example.org:8080"),
        ("base_url", "http://[::1]:8080", "http://[::1]:8080"),
        ("smtp_url", "smtp://olive:p%40ss@mail.example.org:2525", "smtp://olive:p%40ss@mail.example.org:2525"),
        ("smtp_url", "smtps://mail.example.org", "smtps://mail.example.org"),
        ("imap_url", "imaps://olive:pass@mail.example.org/", "imaps://olive:pass@mail.example.org/"),
        ("lmtp_listen", "localhost:8024", "127.0.0.1:8024"),
        ("lmtp_listen", "open:10.0.0.5:24", "10.0.0.5:24"),
        ("lmtp_listen", "[::1]:8024", "::1:8024"),
        ("lmtp_listen", "/run/trackr/lmtp.sock", "/run/trackr/lmtp.sock"),
        ("mail_from", "Trackr <tickets@example.org>", "Trackr <tickets@example.org>"),
        ("oidc_issuer", "https://login.example.org/realms/a", "https://login.example.org/realms/a"),
        ("oidc_issuer", "http://127.0.0.1:9000", "http://127.0.0.1:9000"),
        ("oidc_name", "Example & Sons", "Example & Sons"),
        ("trusted_proxies", "127.0.0.1, 10.0.0.0/8,::1", ("127.0.0.1/32", "10.0.0.0/8", "::1/128")),
        ("database_url", "sqlite:////srv/trackr.db", "sqlite:////srv/trackr.db"),
    ],
)
def test_a_good_value_is_taken(tmp_path: Path, name: str, value: str, read: object) -> None:
    assert getattr(load(tmp_path, **{name.upper(): value}), name) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "tickets.example.org"),
        ("BASE_URL", "ftp://example.org"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://example.org/tickets"),
        ("BASE_URL", "https://example.org?"),
        ("BASE_URL", "https://example.org:99999"),
        ("BASE_URL", "https://exam ple.org"),
        ("BASE_URL", "https://exämple.org"),
        ("BASE_URL", "https://[::1"),
        ("DATABASE_URL", "trackr.db"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:///trackr.db?mode=ro"),
        ("DATABASE_URL", "mysql://example.org/trackr"),
        ("LMTP_LISTEN", "8024"),
        ("LMTP_LISTEN", "127.0.0.1:99999"),
        ("LMTP_LISTEN", "0.0.0.0:8024"),
        ("LMTP_LISTEN", f"/{'x' * 100}"),
        ("MAIL_FROM", "Trackr"),
        ("MAIL_FROM", "a@example.org\nBcc: b@example.org"),
        ("SMTP_URL", "http://mail.example.org"),
        ("SMTP_URL", "smtp://mail.example.org:mail"),
        ("SMTP_URL", "smtp://:25"),
        ("IMAP_URL", "imaps://"),
        ("OIDC_ISSUER", "http://login.example.org"),
        ("OIDC_ISSUER", "https://login.example.org?realm=a"),
        ("OIDC_CLIENT_ID", "two words"),
        ("OIDC_NAME", "x" * 41),
        ("TRUSTED_PROXIES", "proxy.example.org"),
        ("TRUSTED_PROXIES", "127.0.0.1,"),
        ("TRUSTED_PROXIES", "10.0.0.5/8"),
        ("SECRET_KEY", "too short"),
    ],
)
def test_a_bad_value_is_refused_with_its_name_and_an_example(tmp_path: Path, name: str, value: str) -> None:
    line = refusal(tmp_path, **{name: value})
    assert line.startswith(f"TRACKR_{name} ")
    assert "such as" in line or "it must look like" in line or "or write sqlite:///" in line
    assert list(tmp_path.glob("*.db")) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_URL", "http://olive:hunter2@example.org"),
        ("SMTP_URL", "smtp://olive:hunter2"),
        ("SMTP_URL", "smtp://olive:hunter2#@example.org"),
        ("SMTP_URL", "smtp://olive:hunter2/@w@example.org"),
        ("SMTP_URL", "olive:hunter2@example.org"),
        ("SMTP_URL", "hunter2"),
        ("IMAP_URL", "imaps://olive:hunter2?@example.org"),
        ("BASE_URL", "https://olive:hunter2@example.org"),
        ("OIDC_ISSUER", "https://olive:hunter2@example.org"),
        ("OIDC_CLIENT_SECRET", "hunter2 hunter2"),
        ("DATABASE_URL", "postgresql://olive:hunter2@example.org/trackr"),
        ("DATABASE_URL", "mysql://olive:hunter2"),
        ("SECRET_KEY", "hunter2"),
    ],
)
def test_a_password_is_never_shown(tmp_path: Path, name: str, value: str) -> None:
    assert "hunter2" not in refusal(tmp_path, **{name: value})


def test_postgresql_is_refused_by_name(tmp_path: Path) -> None:
    assert "does not support PostgreSQL" in refusal(tmp_path, DATABASE_URL="postgresql://example.org/trackr")


def test_a_relative_database_lies_in_the_data_folder(tmp_path: Path) -> None:
    assert load(tmp_path, DATABASE_URL="sqlite:///my%20hours.db").database_path == tmp_path / "my hours.db"
    assert load(tmp_path, DATABASE_URL="sqlite:////srv/x.db").database_path == Path("/srv/x.db")


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert "TRACKR_DATA is" in refusal(tmp_path / "file")
    assert "TRACKR_DATA is" in refusal(tmp_path / "file" / "below")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_refused(unprivileged: Path) -> None:
    assert "this user cannot write there" in refusal(unprivileged)
    assert "Permission denied" in refusal(unprivileged / "new")


def test_a_missing_folder_is_not_made_where_nobody_wants_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no folder of that name"):
        Settings.load({}, tmp_path / "typo", create=False)
    assert not (tmp_path / "typo").exists()


def test_a_missing_secret_is_not_made_where_nobody_wants_it(tmp_path: Path) -> None:
    assert Settings.load({}, tmp_path, create=False).secret_key == b""
    assert list(tmp_path.iterdir()) == []
