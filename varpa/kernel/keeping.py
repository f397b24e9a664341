"""Files that are made once in the data folder, such as a key of this installation."""

import os
import secrets
from pathlib import Path


def write_once(path: Path, text: str) -> None:
    """Write a file whole, readable by its owner only; of two processes the first one's stands."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    with open(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
