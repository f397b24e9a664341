"""Certificates of mentoring: each of the two has one; whoever is shown it can see that it is true."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from varpa.closing import papers
from varpa.closing.queries import certificates_of, certified
from varpa.documents.serving import hand_out
from varpa.kernel.doors import door, public
from varpa.pairs.access import PairAction
from varpa.pairs.models import Pair
from varpa.pairs.queries import side_of, with_people
from varpa.people.alone import read_in, render_alone
from varpa.people.signed import person_of
from varpa.ui import words


@door(PairAction.READ, Pair, read=with_people)
@require_safe
def certificate(request: HttpRequest, pair: Pair, side: str) -> HttpResponse:
    """One's own certificate; those who run the programme print either."""
    own = side_of(pair, person_of(request))
    given = {each.side: each for each in certificates_of(pair)}.get(side)
    if given is None or (own and own != side):
        raise Http404
    language = get_language() or "en"
    with words.on_paper(language, pair.programme.zone):
        return hand_out(papers.certificate(given, language), "certificate", inline=True)


@public("whoever is shown a certificate can see that it is true: name, programme, what and from when to when")
@require_safe
def verify(request: HttpRequest, number: str) -> HttpResponse:
    """What a certificate says, by its number; 404 where there is none."""
    given = certified(number)
    with read_in(request):
        if given is None:
            raise Http404
        programme = given.pair.programme
        context = {
            "name": given.pair.member(given.side).person.name,
            "said": papers.said_of(given),
            "programme": programme,
            "organisation": programme.organisation.name,
            "period": papers.period_of(given),
            "number": given.number,
            "person": None,
            "navigation": [],
        }
        return render_alone(request, "closing/verify.html", context)
