"""What people are told when two rows were put together: their account is theirs."""

from collections.abc import Sequence
from datetime import datetime

from varpa.kernel.text import TranslatedText
from varpa.merges.models import Merge
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.models import Membership, Role

MERGED = register(
    LetterKind(
        key="merges.merged",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Divas kartītes ir apvienotas: {{ programme }}",
            lt="Dvi kortelės sujungtos: {{ programme }}",
            en="Two records are put together: {{ programme }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nProgrammā „{{ programme }}” par {% if adult %}Jums{% else %}tevi{% endif %} bija divas kartītes. Tagad tās ir apvienotas, un nekas nav zudis.{% if address %}\n\nPieslēgšanās adrese: {{ address }}{% endif %}\n\nJa tā ir kļūda, {% if adult %}lūdzu, rakstiet{% else %}raksti{% endif %}: {{ contact }}",
            lt="Sveiki!\n\nProgramoje „{{ programme }}“ apie {% if adult %}Jus{% else %}tave{% endif %} buvo dvi kortelės. Dabar jos sujungtos ir niekas nedingo.{% if address %}\n\nPrisijungimo adresas: {{ address }}{% endif %}\n\nJei tai klaida, {% if adult %}prašome parašyti{% else %}parašyk{% endif %}: {{ contact }}",
            en="Hello.\n\nYou were in the programme “{{ programme }}” twice. The two records of you are put together now, and nothing is lost.{% if address %}\n\nThe address to sign in with: {{ address }}{% endif %}\n\nIf this is a mistake, please write to {{ contact }}",
        ),
    )
)
UNDONE = register(
    LetterKind(
        key="merges.undone",
        essential=True,
        reason=REASON,
        subject=TranslatedText(
            lv="Divas kartītes atkal ir šķirtas: {{ programme }}",
            lt="Dvi kortelės vėl atskirtos: {{ programme }}",
            en="Two records are apart again: {{ programme }}",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nDivas kartītes programmā „{{ programme }}”, kuras tika apvienotas, atkal ir šķirtas: viss ir tā, kā bija iepriekš.\n\nJautājumi: {{ contact }}",
            lt="Sveiki!\n\nDvi kortelės programoje „{{ programme }}“, kurios buvo sujungtos, vėl atskirtos: viskas yra taip, kaip buvo anksčiau.\n\nKlausimai: {{ contact }}",
            en="Hello.\n\nTwo records in the programme “{{ programme }}” that were put together are apart again: everything is as it was before.\n\nQuestions: {{ contact }}",
        ),
    )
)


def tell_merged(merge: Merge, addresses: Sequence[str], *, now: datetime) -> None:
    """Tell the person, at each of the addresses that there were."""
    _tell(MERGED, merge, addresses, "merged", now=now)


def tell_undone(merge: Merge, addresses: Sequence[str], *, now: datetime) -> None:
    _tell(UNDONE, merge, addresses, "undone", now=now)


def _tell(kind: LetterKind, merge: Merge, addresses: Sequence[str], what: str, *, now: datetime) -> None:
    kept = merge.kept
    adult = not Membership.objects.filter(person=kept, role=Role.MENTEE).exists()
    contact = ", ".join(part for part in (merge.by.name, merge.by.email or merge.by.phone) if part)
    for address in addresses:
        post.send(
            kind,
            to=Recipient(kept.pk, kept.name, address, kept.language, kept.zone, adult),
            context={
                "programme": merge.programme.name.within(kept.language),
                "address": kept.email or "",
                "contact": contact,
            },
            about=f"merge:{merge.ref}",
            once=f"{what}:{merge.ref}:{address}",
            now=now,
        )
