"""The support of mentors (S10): questions with answers, shared where both agree; the circle."""

import pytest

from tests.cast import Cast
from tests.make import NOW
from tests.support.conftest import See, queries
from tests.support.test_pages import words_of
from varpa.kernel.refs import new_ref
from varpa.kernel.states import AlreadyMoved
from varpa.post.models import Letter
from varpa.support.actions import mentors
from varpa.support.models import CircleWord, MentorQuestion

pytestmark = pytest.mark.django_db


def _asked(cast: Cast, *, shares: bool = False, ref: str = "") -> MentorQuestion:
    text = "Kā runāt par naudu?"
    return mentors.ask(mentor=cast.mentor, text=text, shares=shares, by=cast.andris, now=NOW, ref=ref)


def _answer(question: MentorQuestion, cast: Cast, *, shares: bool = True) -> None:
    mentors.answer(question=question, text="Ar skaitļiem.", shares=shares, by=cast.inga, now=NOW)


class TestQuestions:
    def test_asked_once_and_answered_once(self, cast: Cast) -> None:
        ref = new_ref()
        question = _asked(cast, ref=ref)
        assert _asked(cast, ref=ref) == question
        assert [each.to_address for each in Letter.objects.filter(kind="support.asked")] == [cast.inga.email]
        for _click in range(2):
            _answer(question, cast)
        assert [each.to_address for each in Letter.objects.filter(kind="support.answered")] == [
            cast.andris.email
        ]
        with pytest.raises(AlreadyMoved):
            mentors.answer(question=question, text="Citādi.", shares=True, by=cast.dace, now=NOW)

    def test_a_mentee_does_not_ask_here_and_a_mentor_does_not_answer(self, cast: Cast) -> None:
        with pytest.raises(mentors.OnlyMentors):
            mentors.ask(mentor=cast.mentee, text="?", shares=False, by=cast.elina, now=NOW)
        with pytest.raises(mentors.NotForYou):
            mentors.answer(question=_asked(cast), text="Es.", shares=True, by=cast.rimantas, now=NOW)
        with pytest.raises(mentors.NothingSaid):
            mentors.answer(question=_asked(cast), text=" ", shares=True, by=cast.inga, now=NOW)

    @pytest.mark.parametrize(("mine", "chiefs", "seen"), [(1, 1, 200), (1, 0, 404), (0, 1, 404)])
    def test_others_read_it_where_both_agree(
        self, cast: Cast, see: See, mine: int, chiefs: int, seen: int
    ) -> None:
        question = _asked(cast, shares=bool(mine))
        _answer(question, cast, shares=bool(chiefs))
        page = see(cast.rimantas, "question", question.ref)
        assert page.status_code == seen
        assert "Andris Ozols" not in words_of(page)
        listed = words_of(see(cast.rimantas, "questions", cast.programme.ref))
        assert ("Kā runāt par naudu?" in listed) == (seen == 200)
        assert "Andris" not in listed

    def test_either_changes_the_mind(self, cast: Cast, see: See) -> None:
        question = _asked(cast, shares=True)
        _answer(question, cast)
        see(cast.andris, "question_share", question.ref, post={"shares": "no"})
        assert see(cast.rimantas, "question", question.ref).status_code == 404
        see(cast.rimantas, "question_share", question.ref, post={"shares": "yes"})
        assert see(cast.rimantas, "question", question.ref).status_code == 404

    def test_taken_back(self, cast: Cast, see: See) -> None:
        question = _asked(cast)
        assert see(cast.inga, "question_withdraw", question.ref, post={}).status_code == 403
        assert see(cast.andris, "question_withdraw", question.ref, post={}).status_code == 302
        assert "naudu" not in words_of(see(cast.inga, "questions", cast.programme.ref))

    def test_what_is_open_stands_on_the_managers_home(self, cast: Cast, see: See) -> None:
        _asked(cast)
        assert "Atbildiet uz 1 jautājumu" in words_of(see(cast.inga, "home:board", cast.programme.ref))


class TestCircle:
    def test_mentors_and_the_chief_mentor_and_nobody_else(self, cast: Cast, see: See) -> None:
        post = {"ref": new_ref(), "text": "Kurš bija uzņēmumā?"}
        for _click in range(2):
            assert see(cast.andris, "circle", cast.programme.ref, post=post).status_code == 302
        for who in (cast.rimantas, cast.inga, cast.dace):
            assert "Kurš bija uzņēmumā?" in words_of(see(who, "circle", cast.programme.ref))
        for who in (cast.elina, cast.tomas, cast.jonas, cast.zane):
            assert see(who, "circle", cast.programme.ref).status_code in (403, 404)
            assert see(who, "questions", cast.programme.ref).status_code in (403, 404)
            with pytest.raises(mentors.NotOfTheCircle):
                mentors.say(programme=cast.programme, text="Es", by=who, now=NOW)

    def test_only_ones_own_is_taken_back(self, cast: Cast, see: See) -> None:
        word = mentors.say(programme=cast.programme, text="Sveiki!", by=cast.andris, now=NOW)
        assert see(cast.rimantas, "word_take_back", word.ref, post={}).status_code == 403
        assert see(cast.andris, "word_take_back", word.ref, post={}).status_code == 302
        assert CircleWord.objects.get().text == ""

    def test_costs_the_same_at_one_and_at_thirty(self, cast: Cast) -> None:
        mentors.say(programme=cast.programme, text="Sveiki!", by=cast.andris, now=NOW)
        _asked(cast)
        pages = ("support:circle", "support:questions")
        few = [queries(cast.inga, page, cast.programme.ref) for page in pages]
        for number in range(29):
            mentors.say(programme=cast.programme, text=str(number), by=cast.rimantas, now=NOW)
            _asked(cast)
        assert [queries(cast.inga, page, cast.programme.ref) for page in pages] == few
        assert max(few) <= 12
