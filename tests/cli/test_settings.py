"""Settings come from four places in order, and what is wrong is refused with the place at fault."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from frontdesk.cli.errors import SettingsError
from frontdesk.cli.settings import Settings
from frontdesk.cli.settings_sources import (
    Loaded,
    add_options,
    describe,
    leaf_types,
    load,
    variable_name,
)


def load_from(folder: Path, *words: str, file: str | None = None, **variables: str) -> Loaded:
    if file is not None:
        (folder / "frontdesk.toml").write_text(file)
    parser = argparse.ArgumentParser()
    add_options(parser)
    return load(parser.parse_args(words), variables, folder)


def test_without_any_source_the_defaults_hold(tmp_path: Path) -> None:
    settings, places = load_from(tmp_path)
    assert settings == Settings(data=str(tmp_path / "data"))
    assert places == {}


def test_the_command_line_precedes_the_environment_and_that_the_file(tmp_path: Path) -> None:
    settings, places = load_from(
        tmp_path,
        "--port",
        "3",
        file='centre = "north"\n[server]\nport = 1\nhost = "::1"\n',
        FRONTDESK_PORT="2",
        FRONTDESK_HOST="0.0.0.0",
    )
    assert (settings.server.port, settings.server.host, settings.centre) == (3, "0.0.0.0", "north")
    assert places == {
        "server.port": "--port",
        "server.host": "FRONTDESK_HOST",
        "centre": f"{tmp_path}/frontdesk.toml:1",
    }


def test_a_data_folder_in_a_file_counts_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "desk.toml").write_text('data = "../kept"')
    settings, _ = load_from(tmp_path, FRONTDESK_SETTINGS="etc/desk.toml")
    assert settings.data_folder.resolve() == tmp_path / "kept"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("prot = 1", "frontdesk.toml:1: unknown setting prot"),
        (
            "[server]\n\n# a remark\nprt = 1",
            "frontdesk.toml:4: unknown setting server.prt; did you",
        ),
        ("[sevrer]\nport = 1", "frontdesk.toml:1: unknown setting sevrer"),
        ("server.port = 'x'", "frontdesk.toml:1: server.port must be a port number"),
        ("[server]\nport = '80'", "frontdesk.toml:2: server.port must be a port number"),
        ("server = 1", "frontdesk.toml:1: unknown setting server"),
        ("\nserver = { port = 'x' }", "frontdesk.toml:2: server.port must be a port number"),
        ("server = { prt = 1 }", "frontdesk.toml:1: unknown setting server.prt"),
        ("port = 1", "frontdesk.toml:1: unknown setting port; did you mean server.port?"),
        ("data = ''", "frontdesk.toml:1: data must be the path of a folder"),
        ("[log]\nlevel = 'loud'", "frontdesk.toml:2: log.level must be one of debug, info"),
        ("port = ", "frontdesk.toml: not valid TOML: "),
        ("centre = 'North Wing'", "frontdesk.toml:1: centre must be at most 40 lower-case"),
    ],
)
def test_a_wrong_line_of_the_file_is_named(tmp_path: Path, file: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_from(tmp_path, file=file)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("FRONTDESK_PROT", "1", "unknown environment variable FRONTDESK_PROT; did you mean FRONT"),
        ("FRONTDESK_PORT", "", "FRONTDESK_PORT: server.port must be a port number"),
        ("FRONTDESK_PORT", "65536", "FRONTDESK_PORT: server.port must be a port number"),
        ("FRONTDESK_DATA", "", "FRONTDESK_DATA: data must be the path of a folder"),
        ("FRONTDESK_SETTINGS", "gone.toml", "FRONTDESK_SETTINGS: there is no settings file"),
    ],
)
def test_a_wrong_variable_is_named(tmp_path: Path, name: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_from(tmp_path, **{name: value})


def test_a_wrong_database_url_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load_from(tmp_path, FRONTDESK_DATABASE_URL="mysql://desk:secret@db/desk")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["desk@db:x/desk", "desk@[::1/desk", "db:5432x", "db:123456/desk"])
def test_a_malformed_database_url_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(
        SettingsError, match=r"FRONTDESK_DATABASE_URL: database\.url must be an add"
    ):
        load_from(tmp_path, FRONTDESK_DATABASE_URL=f"postgresql://{url}")


@pytest.mark.parametrize(
    "url",
    [
        "db/desk",
        "desk:p%40ss:w@rd@db.example.org:5432/desk?sslmode=require",
        "desk@[::1]:5432/desk",
        "desk@one:5432,two:5433/desk",
        "desk@/desk?host=/run/postgresql",
        "?host=/run/postgresql",
    ],
)
def test_every_form_of_a_database_url_is_taken(tmp_path: Path, url: str) -> None:
    written = f"postgresql://{url}"
    assert load_from(tmp_path, FRONTDESK_DATABASE_URL=written).settings.database.url == written


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="--settings: there is no settings file"):
        load_from(tmp_path, "--settings", "gone.toml")


def test_every_setting_says_what_it_must_be_and_has_a_variable_of_its_own() -> None:
    types = leaf_types()
    assert all(describe(kind) for kind in types.values())
    assert len({variable_name(key) for key in types}) == len(types)
