from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SiteConfig(AppConfig):
    name = "varpa.site"
    label = "site"

    def ready(self) -> None:
        # The two registries are filled at the start: a grant counts whether or not a page was opened.
        autodiscover_modules("access", "letters")
        # Neighbours do not know each other: that a pair rests as soon as a permission is gone is wired here.
        from varpa.pairs.actions.readiness import rest_at_once
        from varpa.programmes import unready

        unready.follow(rest_at_once)
        # And that nobody is asked any more about whoever has left.
        from varpa.pairs.actions.waiting import call_off_of

        unready.follow_leaving(call_off_of)
        # And that a planned visit stops with its permission, and goes on with it.
        from varpa.visits.actions import follow_permission

        unready.follow_permissions(follow_permission)
        _wire_beginning()
        _wire_quiet()
        # Words of the two wait also in a talk that others hear.
        from varpa.events import unread
        from varpa.pairs.beside import between

        unread.ask(between)
        # What the ledger of hours offers to count is known where it was written (R2).
        from varpa.businessplans.heard import worked as worked_in_plans
        from varpa.messaging.queries import filed as filed_in_messages
        from varpa.messaging.queries import worked as worked_in_messages
        from varpa.pairs import filed, working
        from varpa.presentations.queries import worked as worked_in_presentations

        for worked in (worked_in_messages, worked_in_plans, worked_in_presentations):
            working.gather(worked)
        # Nobody is told to plan while times that were proposed wait.
        from varpa.meetings import offered
        from varpa.times.queries import pairs_asked

        offered.ask(pairs_asked)
        # A meeting shows the files that were sent in messages about it.
        filed.gather(filed_in_messages)
        # How many plans follow a programme's taxes is known where they are written.
        from varpa.businessplans.queries import beginning
        from varpa.taxes import touched

        touched.gather(beginning)
        # Home stands below privacy, and tells the staff in their week what waits there.
        from varpa.home import above
        from varpa.privacy import needs

        above.tell(*needs.ABOVE)
        from varpa.site import checks  # noqa: F401 - registers the check


def _wire_beginning() -> None:
    """A minor's guardian is told who the mentor is as the two begin; calendars know when they rest."""
    from varpa.guardians.actions.guardians import tell_mentor
    from varpa.meetings.actions.resting import go_on, rest
    from varpa.pairs import beginning, rests

    beginning.follow(lambda pair, now: tell_mentor(pair.mentee, pair.mentor, now))
    rests.follow(pausing=rest, resuming=go_on)


def _wire_quiet() -> None:
    """Whoever wants no messages reads no words of the other elsewhere either."""
    from varpa.businessplans.heard import waited as waited_in_plans
    from varpa.businessplans.letters import hold_back as hold_remarks
    from varpa.checkins.queries import waited as waited_in_looks
    from varpa.closing.queries import waited as waited_at_the_end
    from varpa.meetings.waited import waited as waited_beside
    from varpa.messaging.queries import with_quiet
    from varpa.pairs import quiet
    from varpa.pairs.heard import waited as waited_in_plan
    from varpa.presentations.letters import hold_back as hold_recommendations
    from varpa.presentations.queries import waited as waited_in_presentations
    from varpa.profiles.letters import hold_back as hold_corrections
    from varpa.profiles.queries import waited as waited_in_profiles

    quiet.ask(with_quiet)
    others = (
        waited_in_plans,
        waited_in_profiles,
        waited_in_presentations,
        waited_in_looks,
        waited_at_the_end,
    )
    for waited in (waited_beside, waited_in_plan, *others):
        quiet.gather(waited)
    for hold in (hold_remarks, hold_corrections, hold_recommendations):
        quiet.follow(hold)
