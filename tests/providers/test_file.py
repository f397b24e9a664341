"""`sign-in.toml`: what a teacher writes, and the sentence for what is written wrongly."""

from pathlib import Path

import pytest

from varpa.providers.configured import Provider, read

WELL = """
# The school's own accounts.
[school]
name = "Rīgas skola"
server = "https://login.example/tenant/v2.0/"
client_id = "varpa"
client_secret = "a=b#c"
trusted_domains = ["Skola.example"]
"""


def written(folder: Path, text: str) -> tuple[tuple[Provider, ...], tuple[str, ...]]:
    path = folder / "sign-in.toml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_without_a_file_there_is_nobody(tmp_path: Path) -> None:
    assert read(tmp_path / "sign-in.toml") == ((), ())


def test_what_is_written_well_is_read(tmp_path: Path) -> None:
    providers, faults = written(tmp_path, WELL)
    assert faults == ()
    assert providers == (
        Provider(
            "school", "Rīgas skola", "https://login.example/tenant/v2.0", "varpa", "a=b#c", ("skola.example",)
        ),
    )
    assert providers[0].trusts("Anna@SKOLA.example")
    assert not providers[0].trusts("anna@skola.example.evil.example")
    assert not providers[0].trusts("")


def test_notepad_writes_a_mark_before_the_first_letter(tmp_path: Path) -> None:
    assert len(written(tmp_path, f"\ufeff{WELL}")[0]) == 1


def test_the_whole_address_of_what_it_says_of_itself_does_too(tmp_path: Path) -> None:
    whole = WELL.replace("/v2.0/", "/v2.0/.well-known/openid-configuration")
    assert written(tmp_path, whole)[0][0].server == "https://login.example/tenant/v2.0"


@pytest.mark.parametrize(
    ("instead", "of", "told"),
    [
        ("", 'client_id = "varpa"', "client_id is missing"),
        ('client_id = " "', 'client_id = "varpa"', "client_id is missing"),
        ("client_id = 5", 'client_id = "varpa"', "client_id is missing"),
        ('name = "' + "x" * 41 + '"', 'name = "Rīgas skola"', "name is too long"),
        ("[My School]", "[school]", "not written as TOML"),
        ("[School]", "[school]", "small letters"),
        ('"http://login.example"', '"https://login.example/tenant/v2.0/"', "begins with https://"),
        ('"login.example"', '"https://login.example/tenant/v2.0/"', "begins with https://"),
        ('"https://u:p@login.example"', '"https://login.example/tenant/v2.0/"', "begins with https://"),
        ("client_secrets =", "client_secret =", "client_secrets is not known here"),
        ('"Skola.example"', '["Skola.example"]', "list of domains"),
        ('["@"]', '["Skola.example"]', "list of domains"),
    ],
)
def test_each_fault_is_told_in_a_sentence(tmp_path: Path, instead: str, of: str, told: str) -> None:
    assert of in WELL
    providers, faults = written(tmp_path, WELL.replace(of, instead))
    assert providers == ()
    assert any(told in each for each in faults), faults
    assert all(each.startswith("sign-in.toml") and each.endswith(".") for each in faults)


def test_lines_without_a_heading_are_told(tmp_path: Path) -> None:
    assert "heading in square brackets" in written(tmp_path, 'name = "School"')[1][0]


def test_one_that_is_wrong_leaves_the_other_in_use(tmp_path: Path) -> None:
    twice = WELL + WELL.replace("[school]", "[company]")
    providers, faults = written(tmp_path, twice)
    assert [each.key for each in providers] == ["school"]
    assert faults == ("sign-in.toml, [company]: another heading above has the same server.",)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "sign-in.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in read(path)[1][0]
    path.unlink()
    path.mkdir()
    assert "cannot be read" in read(path)[1][0]
