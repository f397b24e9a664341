#!/usr/bin/env python3
"""Starts Varpa from a fresh checkout, with nothing but python3 and pip on the machine.

python3 start.py             serve the site (the demonstration, until there is an organisation)
python3 start.py test        all checks and tests; also: test quick, test full, test faults
python3 start.py ANYTHING    the same as: varpa ANYTHING   (python3 start.py --help lists it)
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
TOOLS = ROOT / ".tools"
UV_VERSION = "0.13.9"
FITTING = ("python3.13", "python3.12", "python3.11")
FOR_DEVELOPERS = ("test", "bench")


def main() -> None:
    arguments = sys.argv[1:] or ["serve"]
    python = fitting_python()
    uv = find_uv(python)
    install(uv, python, everything=arguments[0] in FOR_DEVELOPERS)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    inside = str(ROOT / ".venv" / "bin" / "python")
    os.execve(inside, [inside, "-m", "varpa.site", *arguments], environment)


def fitting_python() -> str:
    """This interpreter where it fits (3.11 to 3.13), else another one on the machine."""
    if (3, 11) <= sys.version_info < (3, 14):
        return sys.executable
    for name in FITTING:
        found = shutil.which(name)
        if found:
            return found
    sys.exit("Varpa needs Python 3.11, 3.12 or 3.13. On Debian: apt-get install python3 python3-pip")


def find_uv(python: str) -> str:
    """uv, brought by pip into a folder of its own: a plain Debian lacks venv, and pip refuses outside one."""
    uv = TOOLS / "bin" / "uv"
    if not (TOOLS / f"uv-{UV_VERSION}.dist-info").exists():
        print("Bringing uv, which installs the packages ...", flush=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        pip += ["--root-user-action=ignore", "--upgrade", "--target", str(TOOLS)]
        if subprocess.call([*pip, f"uv=={UV_VERSION}"]):
            sys.exit("pip could not bring uv. On Debian: apt-get install python3-pip; is there a network?")
    return str(uv)


def install(uv: str, python: str, *, everything: bool) -> None:
    """The packages of uv.lock in .venv; those for tests only where they are needed (and kept afterwards)."""
    first = not (ROOT / ".venv").exists()
    if first:
        print("Installing the packages of uv.lock into .venv ...", flush=True)
    command = [uv, "sync", "--frozen", "--no-install-project", "--inexact", "--python", python]
    command += [] if first else ["--quiet"]
    command += [] if everything else ["--no-dev"]
    environment = {**os.environ, "VIRTUAL_ENV": "", "UV_PROJECT_ENVIRONMENT": str(ROOT / ".venv")}
    if subprocess.call(command, cwd=ROOT, env=environment):
        sys.exit("The packages could not be installed; what uv said stands above.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
