"""The rooms that take answers by mail; to name them here makes their handlers known."""

from varpa.diary import answers as diary
from varpa.events import answers as events
from varpa.mailroom import answers as mailroom
from varpa.meetings import answers as meetings
from varpa.messaging import answers as messaging
from varpa.pairs import answers as pairs
from varpa.support import answers as support
from varpa.times import answers as times

ROOMS = (diary, events, mailroom, meetings, messaging, pairs, support, times)
