"""`python -m termsgate` is the command `termsgate`."""

from __future__ import annotations

import sys

from termsgate.cli import main

sys.exit(main())
