"""Where the program runs, as far as the environment tells: here or over ssh, in Windows' Linux, with a screen or without."""

import shutil
from collections.abc import Callable, Mapping

Which = Callable[[str], str | None]
"""Finds a program by name or path, as `shutil.which` does; None when it is not there."""


def over_ssh(environment: Mapping[str, str]) -> bool:
    """Whether the person sits at another computer, so that a browser or clipboard of this one is not theirs."""
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))


def inside_wsl(environment: Mapping[str, str]) -> bool:
    """Whether this is Linux inside Windows, where the browser and the clipboard are Windows' own."""
    return bool(environment.get("WSL_DISTRO_NAME") or environment.get("WSL_INTEROP"))


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether there is a Wayland or X display to draw a window on."""
    return bool(environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY"))


def finder(environment: Mapping[str, str]) -> Which:
    """`shutil.which` on the PATH of `environment`."""
    return lambda name: shutil.which(name, path=environment.get("PATH"))
