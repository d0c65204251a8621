"""What a case file says of itself before anything else, in English: what it rests on, what a masked copy leaves out."""

from metaoptout_tui.core.language.translation import mark
from metaoptout_tui.core.objection.sentences import NOT_LEGAL_ADVICE

PREFACE = (
    NOT_LEGAL_ADVICE,
    (
        mark(
            "What is told of the accounts is taken from the person's own record: the person wrote it "
            "down, and this program computed from it. Nobody else has checked it. Dates are those "
            "that the person gave."
        )
    ),
    mark(
        "An entry that was taken back stays in the list and is marked. A date that was put right "
        "stands with the one before."
    ),
    mark("A SHA-256 shows that a file is still the one that was kept. It does not show who made the file, or when."),
    mark("What is said of Meta, the law and authorities has its sources, their date and how sure it is."),
)
REDACTION_NOTICE = (
    (
        mark(
            "In this copy addresses, names, links between accounts and files have masks, and free "
            "text is left out. Dates, countries, the Land, platforms, sizes and SHA-256 stand as "
            "they are, and so does how each account stands."
        )
    ),
)
