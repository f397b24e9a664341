"""The door of the web server."""

import os
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from varpa.site import locks
from varpa.site.tls import behind_tls

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "varpa.site.settings")
# Each of its processes for itself: one that outlived whoever keeps it alive still writes there.
held = locks.hold(settings.DATA)
application: "WSGIApplication" = get_wsgi_application()
if settings.SECURE:
    application = behind_tls(application)
