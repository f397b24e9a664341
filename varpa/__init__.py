"""Varpa runs a whole mentoring programme by its methodology.

SQLite is swapped once, here: the interpreter's own library may be a version with the WAL-reset
corruption bug (Debian 12 has 3.40), the wheel's is not. Nothing may import sqlite3 before this line.
"""

import sys

import pysqlite3

sys.modules["sqlite3"] = pysqlite3
sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
