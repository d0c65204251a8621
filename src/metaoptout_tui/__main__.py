"""`python -m metaoptout_tui` is the command `metaoptout-tui`."""

import sys

from metaoptout_tui.main import main

sys.exit(main())
