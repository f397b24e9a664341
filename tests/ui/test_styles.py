"""One stylesheet for every page."""

from varpa.ui.styles import NAME, PLACE, SHEETS, GatheredStyles


def test_every_sheet_is_gathered_once() -> None:
    lying = {path.stem for path in PLACE.glob("*.css")} - {"gallery"}
    assert sorted(SHEETS) == sorted(lying)


def test_the_gathered_sheet_holds_them_in_their_order() -> None:
    ((name, storage),) = GatheredStyles().list(None)
    text = storage.open(name).read().decode()
    places = [text.index((PLACE / f"{sheet}.css").read_text(encoding="utf-8")) for sheet in SHEETS]
    assert name == NAME
    assert places == sorted(places)
