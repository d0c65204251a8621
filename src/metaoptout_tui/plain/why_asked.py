"""Why a question is asked, where several places ask for the same: said where the person wants help. Marked, and translated there."""

from metaoptout_tui.core.language.translation import mark

COUNTED_FROM_THAT_DAY = mark("What comes next is counted from that day.")
DECIDES_WHAT_COMES_NEXT = mark("What comes next, and until when, depends on it.")
HOW_IT_WAS_SENT = mark("From which day a time is counted depends on it.")
COUNTS_FOR_LINKED_ACCOUNTS = mark("One objection may count for all accounts that are linked.")
COUNTS_FOR_WHAT_WAS_LINKED = mark("An objection counts for what was linked when it was sent.")
TELLS_ACCOUNTS_APART = mark("By it you tell your accounts apart here.")
NAMES_THE_FORM = mark("Your diary says which form it was, in case Meta asks.")
FINDS_THE_RECORD = mark("By it you find that record again.")
NO_MORE_THAN_NEEDED = mark("Whoever gets it should learn no more than they need.")
MAY_MEAN_TO_OBJECT_AGAIN = mark("It goes into the diary, and may mean that you have to object again.")
