"""The key by which push servers know this installation (VAPID, RFC 8292): made once, in the data folder."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from varpa.kernel.keeping import write_once


class Keys(NamedTuple):
    """`private` and `public` as PEM; `application` as browsers take it (`applicationServerKey`)."""

    private: str
    public: str
    application: str


def keys() -> Keys:
    """The keys of this data folder. Browsers that were told under others have to be asked anew."""
    return _kept(Path(settings.DATA) / "vapid.json")


@lru_cache(maxsize=4)
def _kept(path: Path) -> Keys:
    if not path.exists():
        _make(path)
    return Keys(**json.loads(path.read_text()))


def _make(path: Path) -> None:
    # The library takes a third of a second to load: only whoever makes a key or sends needs it.
    from webpush.vapid import VAPID

    private, public, application = VAPID.generate_keys()
    made = Keys(private.decode(), public.decode(), application)
    write_once(path, json.dumps(made._asdict()))
