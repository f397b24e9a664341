"""Why a file is not kept. Each sentence says what is wrong and what to do; nothing of the file is stored."""

from django.utils.translation import gettext_lazy as _

from varpa.kernel.refusals import Refusal


class Empty(Refusal):
    sentence = _("The file is empty. Look whether it is whole on your device, then choose it again.")


class TooLarge(Refusal):
    sentence = _("The file is larger than {megabytes} MB. Choose a smaller one, or make it smaller first.")


class WrongKind(Refusal):
    sentence = _("This is not a file of a kind that can be kept here. Choose {kinds}.")


class PhoneFormat(Refusal):
    sentence = _(
        "The picture is in a format (HEIC or AVIF) that not every device can show. Save it as JPEG and "
        "choose it again."
    )


class Broken(Refusal):
    sentence = _("The file cannot be read to its end. Save it once more and choose it again.")


class TooManyDots(Refusal):
    sentence = _("The picture is larger than {megapixels} million dots. Make it smaller and choose it again.")


class ActiveContent(Refusal):
    sentence = _(
        "The PDF holds a program, a form that sends itself or another file inside. "
        "Print it to a new PDF and choose that one."
    )


class Locked(Refusal):
    sentence = _("The PDF is locked with a password, so it cannot be checked. Save it without one.")


class NotStill(Refusal):
    """Slides that do more than be shown."""

    sentence = _(
        "The slides hold a program or another file, or fetch something from elsewhere, such as a linked "
        "film. Save them as PDF in your slide program and choose that file."
    )


class PlaceInside(Refusal):
    """What lies in slides may tell a place, and cannot be drawn anew."""

    sentence = _(
        "A picture or a film in the slides tells where it was taken, and that cannot be taken out of it "
        "here. Save the slides as PDF in your slide program and choose that file."
    )


class Infected(Refusal):
    sentence = _(
        "The virus scanner found something in this file, so it was not kept. Look through your device with "
        "one of its own, then choose another file."
    )


class NotScanned(Refusal):
    sentence = _(
        "The virus scanner does not answer just now, so the file was not kept. Try it once more in a few "
        "minutes; if it stays so, tell whoever looks after this site."
    )
