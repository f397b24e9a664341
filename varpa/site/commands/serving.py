"""`varpa serve`, `demo`, `work`: what runs the site."""

import os
import sys
from ipaddress import ip_address
from pathlib import Path

import click

from varpa.site import boot
from varpa.site.commands.using import in_use

HOST = "127.0.0.1"
# Its only warning at work is that somebody's stalled request was cut off at the end: no news.
WEB = (
    *("--interface", "wsgi", "--no-ws", "--log-level", "error", "--workers", "2"),
    *("--respawn-failed-workers", "--respawn-interval", "0.5"),
    *("--blocking-threads-idle-timeout", "600", "--blocking-threads", "4"),
)

host_option = click.option(
    "--host", default=HOST, show_default=True, help="The address to listen on; behind a proxy keep this one."
)
port_option = click.option(
    "--port", type=int, envvar="PORT", help="The port. Unless asked for: 8000, or the next free one."
)


@click.command()
@host_option
@port_option
def serve(host: str, port: int | None) -> None:
    """Serve the site: web server and worker, until Ctrl-C.

    Brings the database up to date first. Without an organisation in the data folder (VARPA_DATA,
    default ./data) the demonstration is served; `varpa organisation create` begins a real one.
    """
    from varpa.site import installation

    if not installation.has_organisation():
        click.echo(
            "There is no organisation yet, so this is the demonstration: people and results are made up."
        )
        click.echo("A real one begins with: python3 start.py organisation create")
        _serve_demonstration(host, port)
    _run(host, port, boot.environment())


@click.command()
@host_option
@port_option
@click.option("--anew", is_flag=True, help="Throw the present demonstration away and grow a new one.")
def demo(host: str, port: int | None, anew: bool) -> None:
    """Serve the demonstration, in a folder of its own and on this computer only.

    It shows one finished programme and one in the middle, with made-up people. It grows while its first
    page already answers.
    """
    _serve_demonstration(host, port, anew=anew)


@click.command()
@in_use()
def work() -> None:
    """Run the worker alone: letters, schedule, checkpoints. `varpa serve` starts one by itself."""
    boot.wake()
    from varpa.site import worker

    worker.work()


@click.command(hidden=True)
@in_use()
def grow() -> None:
    """Grow the demonstration: started beside the web server by `varpa demo`."""
    boot.wake()
    from varpa.site import demonstration, replay
    from varpa.site.commands.progress import Progress

    place = boot.data_folder()
    show = Progress("The demonstration grows")

    def progress(done: int, of: int, word: str = "") -> None:
        demonstration.note_growth(place, done, of)
        show(done, of, word)

    replay.live(progress=progress)
    demonstration.note_growth(place, 1, 1)
    show.finish()


def _serve_demonstration(host: str, port: int | None, *, anew: bool = False) -> None:
    from varpa.site import demonstration, locks, ports

    if not _loopback(host):
        raise click.ClickException(
            "The demonstration listens on this computer only, for example on 127.0.0.1."
        )
    boot.make_folder()
    try:
        place = demonstration.folder(boot.data_folder())
        port = ports.choose(host, port)
        with locks.demonstrated(place):
            if anew or demonstration.growth(place):
                # One that was broken off while it grew is grown anew: nobody goes on in the middle of a day.
                with locks.alone(place):
                    demonstration.empty(place)
            _run(host, port, boot.environment(**demonstration.surroundings(place)), grow=True)
    except (demonstration.NotADemonstration, ports.PortTaken, locks.InUseError) as error:
        raise click.ClickException(str(error)) from error


def _run(host: str, port: int | None, environment: dict[str, str], *, grow: bool = False) -> None:
    from varpa.privacy.erasures import BadListError
    from varpa.site import locks, ports

    boot.make_folder()
    try:
        port = ports.choose(host, port)
        with locks.served(Path(environment.get("VARPA_DATA") or "data").resolve()):
            _keep(host, port, environment, grow=grow)
    except (ports.PortTaken, locks.InUseError, BadListError) as error:
        raise click.ClickException(str(error)) from error


def _keep(host: str, port: int, environment: dict[str, str], *, grow: bool) -> None:
    from varpa.providers import configured
    from varpa.site import installation, ports, preparation, supervisor

    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    environment["PORT"] = str(port)
    environment["VARPA_URL"] = environment.get("VARPA_URL") or address
    os.environ.update(environment)
    needed = preparation.needed() or installation.has_erased_people()
    code = supervisor.finish(boot.varpa("prepare")) if needed else 0
    if code is None:
        raise _ended(0)
    if code:
        raise click.ClickException("The site was not started: what stands above has to be put right first.")
    where = ["--host", host, "--port", str(port)]
    # A demonstration keeps nobody waiting who has ended it.
    where += ["--workers-kill-timeout", "2" if grow else "10"]
    web = [sys.executable, "-m", "granian", *WEB, *where, "varpa.site.wsgi:application"]
    others = [supervisor.Program("worker", boot.varpa("work"))]
    if grow:
        others.append(supervisor.Program("the demonstration", boot.varpa("grow"), once=True))
    told = ["", f"Varpa answers at {address}/  (Ctrl-C ends it)", "" if grow else boot.file_mailbox()]
    told += () if grow else configured.read(boot.data_folder() / configured.FILE)[1]
    code = supervisor.keep(
        supervisor.Program("web server", web),
        others,
        answers=lambda: ports.answers(address),
        ready=lambda: click.echo("\n".join(told)),
    )
    raise _ended(code)


def _ended(code: int) -> SystemExit:
    """One line says that all is over; where a bar stands half drawn, in its place."""
    if not code:
        click.echo("\r\x1b[KVarpa has ended." if sys.stdout.isatty() else "Varpa has ended.")
    return SystemExit(code)


def _loopback(host: str) -> bool:
    return host == "localhost" or ip_address(host).is_loopback
