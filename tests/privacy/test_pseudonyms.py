"""Pseudonyms that hold still, and keys that are refused."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cjm_notebooks.errors import ParameterError
from cjm_notebooks.privacy.patterns import RECOGNISERS
from cjm_notebooks.privacy.personal import find
from cjm_notebooks.privacy.pseudonyms import PSEUDONYM, Key

KEY = Key(b"0123456789abcdef0123456789abcdef")
OTHER = Key(b"another key of thirty-two bytes!")
ids = st.text(min_size=1)


def test_pseudonym_is_the_keyed_hash_of_the_kind_and_the_id() -> None:
    """Worked out anew with RFC 2104: over `customer`, a zero byte and the id."""
    inner, outer = (bytes(one ^ pad for one in KEY.secret.ljust(64, b"\0")) for pad in (0x36, 0x5C))
    digest = sha256(outer + sha256(inner + b"customer\0C-42").digest()).hexdigest()
    assert KEY.pseudonym("C-42") == f"customer-{digest[:32]}"


@given(ids, ids)
def test_same_id_has_the_same_pseudonym_and_another_id_another(one: str, other: str) -> None:
    assert (KEY.pseudonym(one) == KEY.pseudonym(other)) == (one == other)


@given(ids)
def test_pseudonym_depends_on_the_key_and_on_the_kind_of_id(one: str) -> None:
    assert len({KEY.pseudonym(one), OTHER.pseudonym(one), KEY.pseudonym(one, "order")}) == 3


@given(ids)
def test_pseudonym_is_no_personal_data_by_its_looks_and_stays_when_made_again(one: str) -> None:
    pseudonym = KEY.pseudonym(one)
    assert PSEUDONYM.fullmatch(pseudonym)
    assert KEY.pseudonym(pseudonym) == pseudonym
    assert find([pseudonym], "who") == ()


def test_addresses_are_told_apart_without_regard_to_capitals_and_other_ids_with() -> None:
    assert KEY.pseudonym("Ann@X.org", "email") == KEY.pseudonym("ann@x.org", "email")
    assert KEY.pseudonym("a1") != KEY.pseudonym("A1")


def test_no_kind_but_a_plain_word() -> None:
    with pytest.raises(ParameterError, match="The kind of id `Order No` is no word"):
        KEY.pseudonym("1", "Order No")


def test_key_shows_itself_nowhere_and_is_known_by_its_fingerprint() -> None:
    assert "0123" not in f"{KEY!r} {KEY} {KEY.fingerprint}"
    assert KEY.fingerprint == Key(KEY.secret).fingerprint != OTHER.fingerprint
    assert len(KEY.fingerprint) == 16


def test_short_key_is_refused() -> None:
    with pytest.raises(ParameterError, match="has 31 bytes, and whoever tries all short ones"):
        Key(KEY.secret[:31])


def test_key_is_made_for_its_owner_alone_and_never_overwritten(tmp_path: Path) -> None:
    file, project = tmp_path / "kept" / "key", tmp_path / "project"
    made = Key.make(file, project=project)
    assert file.stat().st_mode & 0o777 == 0o600
    assert Key.read(file, project=project) == made
    assert len(made.secret) == 64
    with pytest.raises(ParameterError, match=r"There is a file .*key` already"):
        Key.make(file, project=project)


def test_key_in_the_project_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "sub" / "key"
    with pytest.raises(ParameterError, match="where it would be passed on with the work"):
        Key.make(file, project=tmp_path)
    assert not file.exists()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ParameterError, match="Keep it elsewhere"):
        Key.read("sub/key")


def test_key_that_git_would_keep_is_refused(tmp_path: Path) -> None:
    """Also where a work tree is a file that names its repository, and through a link."""
    (tmp_path / "tree" / "deep").mkdir(parents=True)
    (tmp_path / "tree" / ".git").write_text("gitdir: elsewhere\n")
    file = tmp_path / "tree" / "deep" / "key"
    file.write_bytes(KEY.secret)
    (tmp_path / "link").symlink_to(file)
    for way in (file, tmp_path / "link"):
        with pytest.raises(ParameterError, match=r"lies in .*tree`"):
            Key.read(way, project=tmp_path / "project")


def test_home_is_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert Key.make("~/.config/cjm/key") == Key.read(tmp_path / ".config/cjm/key")


def test_key_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="cannot be read: No such file or directory"):
        Key.read(tmp_path / "key", project=tmp_path / "project")


def test_key_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CJM_PSEUDONYM_KEY", raising=False)
    with pytest.raises(ParameterError, match="Set `CJM_PSEUDONYM_KEY` to one"):
        Key.of_environment()
    monkeypatch.setenv("CJM_PSEUDONYM_KEY", f" {KEY.secret.decode()}\n")
    assert Key.of_environment() == KEY


def test_recognisers_find_nothing_in_a_thousand_pseudonyms() -> None:
    texts = [KEY.pseudonym(str(number)) for number in range(1000)]
    assert [one.kind for one in RECOGNISERS if one.pattern.search(" ".join(texts))] == []
