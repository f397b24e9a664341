"""What the lead partner and the project manager do: recruit, decide, prepare, match, record, take the steps."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from varpa.evaluation.actions import record_evidence
from varpa.history.models import Channel
from varpa.kernel import clock
from varpa.kernel.text import TranslatedText
from varpa.methodology import Counted, EvidenceKind, Methodology
from varpa.methodology.model import Activity
from varpa.pairs.actions.pairs import answer_proposal, propose_pair
from varpa.pairs.models import Pair, PairState
from varpa.pairs.queries import with_people
from varpa.people.actions import add_person, appoint, create_organisation
from varpa.people.models import Organisation, Person
from varpa.people.queries import is_minor
from varpa.programmes.actions.memberships import (
    accept_notice,
    add_member,
    appoint_manager,
    decide,
    mark_trained,
    note_reading,
    record_permission,
    withdraw_member,
)
from varpa.programmes.actions.programmes import make_programme, take_step
from varpa.programmes.models import Membership, MembershipState, PermissionKind, Programme, Role
from varpa.programmes.queries import documents_to_read, methodology_of
from varpa.site.replay.crowd import Applicant, Crowd, Match
from varpa.site.replay.dates import Dates
from varpa.site.replay.life import Life
from varpa.site.replay.stage import Course, Stage
from varpa.site.replay.temper import Temper
from varpa.site.replay.way import end_what_is_left, whole_way
from varpa.site.replay.words import Words
