"""What members are told of news."""

from datetime import datetime

from django.urls import reverse

from varpa.kernel.text import TranslatedText
from varpa.news.models import News
from varpa.people.access import ReaderAction
from varpa.people.queries import recipient
from varpa.post import actions as post
from varpa.post.kinds import LetterKind, register
from varpa.programmes.letters import REASON
from varpa.programmes.models import Membership, Role
from varpa.ui import prose

PUBLISHED = register(
    LetterKind(
        key="news.published",
        essential=False,
        readers=(ReaderAction.MENTOR, ReaderAction.MENTEE),
        reason=REASON,
        brief=TranslatedText(
            lv="Programmā ir jaunums", lt="Programoje yra naujiena", en="There is news in the programme"
        ),
        subject=TranslatedText(lv="{{ title }}", lt="{{ title }}", en="{{ title }}"),
        text=TranslatedText(
            lv="Sveiki!\n\n{{ text }}", lt="Sveiki!\n\n{{ text }}", en="Hello.\n\n{{ text }}"
        ),
        button=TranslatedText(lv="Lasīt jaunumu", lt="Skaityti naujieną", en="Read the news"),
        stop=TranslatedText(
            lv="Nesūtīt jaunumus pa e-pastu",
            lt="Nesiųsti naujienų el. paštu",
            en="Send no news by e-mail",
        ),
    )
)
FIRST_WORDS = 600
"""Letters carry the beginning; the rest stands on the page."""


def about(news: News, role: str) -> str:
    """What letters about a piece of news to members in a role hang on."""
    return f"news:{news.ref}:{role}"


def tell(news: News, member: Membership, *, now: datetime) -> None:
    """To one member, in the own language; once a publication, however often it is asked."""
    to = recipient(member.person, adult=member.role == Role.MENTOR)
    text = prose.unmarked(news.text.within(to.language))
    context = {
        "programme": news.programme.name.within(to.language),
        "title": news.title.within(to.language),
        "text": text if len(text) <= FIRST_WORDS else f"{text[:FIRST_WORDS].rsplit(' ', 1)[0]}…",
    }
    once = f"news.published:{news.ref}:{member.person_id}:{news.published_at:%Y%m%d%H%M%S}"
    link = reverse("news:item", args=[news.ref])
    post.send(
        PUBLISHED, to=to, context=context, link=link, about=about(news, member.role), once=once, now=now
    )
