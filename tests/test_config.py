"""Settings: where values come from, and what a wrong one says."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from leukonlp.config import Settings, load_settings
from leukonlp.errors import SettingsError


def test_defaults() -> None:
    assert load_settings() == Settings()


def test_later_places_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "leukonlp.toml"
    file.write_text('jobs = 2\nbatch_size = 10\nner = ["en_one", "en_two"]\nemail = "file@example.org"\n')
    monkeypatch.setenv("LEUKONLP_BATCH_SIZE", "20")
    monkeypatch.setenv("LEUKONLP_EMAIL", "environment@example.org")
    settings = load_settings(file, email="argument@example.org", jobs=None)
    assert settings.jobs == 2
    assert settings.batch_size == 20
    assert settings.email == "argument@example.org"
    assert settings.ner == ("en_one", "en_two")


def test_no_file_is_searched_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "leukonlp.toml").write_text("jobs = 7\n")
    monkeypatch.chdir(tmp_path)
    assert load_settings().jobs == 1


def test_a_list_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEUKONLP_NER", "en_one, en_two")
    assert load_settings().ner == ("en_one", "en_two")


def test_an_empty_variable_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEUKONLP_JOBS", "")
    assert load_settings().jobs == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"jobs": 0}, ["jobs is 0", "1 or more"]),
        ({"jobs": -3}, ["jobs is -3"]),
        ({"jobs": True}, ["jobs is True"]),
        ({"jobs": "2"}, ["jobs is '2'"]),
        ({"batch_size": 1.5}, ["batch_size is 1.5"]),
        ({"ner": "en_one"}, ["ner is 'en_one'", "list of names"]),
        ({"ner": [""]}, ["ner is ('',)"]),
        ({"email": " "}, ["email is ' '", "leave it out"]),
        ({"jbos": 2}, ["unknown setting 'jbos'", "did you mean 'jobs'"]),
        ({"colour": 2}, ["unknown setting 'colour'", "known are ner, tagger"]),
    ],
)
def test_wrong_values_are_named_with_the_cure(values: dict[str, object], words: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(**values)
    assert all(word in str(caught.value) for word in words)


def test_wrong_values_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEUKONLP_JOBS", "two")
    with pytest.raises(SettingsError, match="LEUKONLP_JOBS is 'two'; give a whole number"):
        load_settings()


def test_unknown_variable_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEUKONLP_EMIAL", "a@example.org")
    with pytest.raises(
        SettingsError, match="unknown setting 'emial' in the environment; did you mean 'email'"
    ):
        load_settings()


@pytest.mark.parametrize("content", [b"jobs = ", b"\xff\xfe", b"jobs = 1\njobs = 2\n"])
def test_a_broken_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "wrong.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match="wrong.toml is no TOML file"):
        load_settings(file)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot read the settings file .*absent.toml: No such file"):
        load_settings(tmp_path / "absent.toml")


def test_the_key_is_never_shown() -> None:
    settings = load_settings(api_key="secret-key", email="a@example.org")
    assert "secret-key" not in repr(settings)
    with pytest.raises(SettingsError) as caught:
        load_settings(api_key=["secret-key"])
    assert "secret-key" not in str(caught.value)


def test_settings_are_frozen_and_hashable() -> None:
    settings = Settings()
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.jobs = 2  # type: ignore[misc]
    assert hash(settings) == hash(Settings())
