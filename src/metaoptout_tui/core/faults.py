"""What is said of a fault of the program itself: its type and place, never its words or values, which hold what a person typed."""

from pathlib import PurePath


def fault_words(error: BaseException | None) -> str:
    """What happened, what was kept and what to do, for a fault that nobody foresaw."""
    return (
        f"metaoptout-tui stopped: {type(error).__name__ if error else 'error'} in {place_of(error)}.\n"
        "Your record is as it was last saved; what you did before this is in it.\n"
        "Start again to go on. `metaoptout-tui about` prints what a report of this needs; it holds nothing of yours."
    )


def place_of(error: BaseException | None) -> str:
    """Module, function and line of the innermost frame of ours, else of any."""
    traceback = error.__traceback__ if error else None
    found, is_ours = "unknown place", False
    while traceback is not None:
        code = traceback.tb_frame.f_code
        path = PurePath(code.co_filename)
        ours = "metaoptout_tui" in path.parts
        if ours or not is_ours:
            found, is_ours = f"{path.stem}.{code.co_name}, line {traceback.tb_lineno}", ours
        traceback = traceback.tb_next
    return found
