"""What is worked out once is kept: who asks again is given the same, and not an equal one."""

from __future__ import annotations
