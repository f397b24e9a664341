"""What is written about signing in."""

from datetime import datetime, timedelta

from varpa.kernel.text import TranslatedText
from varpa.post import actions as post
from varpa.post.envelope import Recipient
from varpa.post.kinds import LetterKind, register

CODE_LASTS = timedelta(minutes=10)

CODE = register(
    LetterKind(
        key="people.code",
        essential=True,
        prompt=True,
        reason=TranslatedText(
            lv="Kodu kāds pieprasīja Varpas pieslēgšanās lapā. Ja kods nav vajadzīgs, nekas nav jādara.",
            lt="Kodo kažkas paprašė Varpos prisijungimo puslapyje. Jei kodo nereikia, nieko daryti nereikia.",
            en="Somebody asked for this code on Varpa's sign-in page. If you do not need it, there is nothing to do.",
        ),
        subject=TranslatedText(
            lv="{{ code }} ir pieslēgšanās kods",
            lt="{{ code }} – prisijungimo kodas",
            en="{{ code }} is the code for signing in",
        ),
        text=TranslatedText(
            lv="Sveiki!\n\nKods: {{ code }}\n\nTas der desmit minūtes un vienu reizi.",
            lt="Sveiki!\n\nKodas: {{ code }}\n\nJis galioja dešimt minučių ir vieną kartą.",
            en="Hello.\n\nThe code: {{ code }}\n\nIt is good for ten minutes, once.",
        ),
    )
)


def send_code(to: Recipient, code: str, *, once: str, now: datetime) -> None:
    """Mail a sign-in code; unsent after ten minutes it is withdrawn.

    Each stands alone (`thread`): a code never waits for an earlier one that could not be delivered.
    """
    post.send(
        CODE,
        to=to,
        context={"code": code},
        about="sign-in",
        thread=once,
        once=once,
        now=now,
        ends=now + CODE_LASTS,
    )
