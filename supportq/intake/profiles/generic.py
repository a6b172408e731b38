"""Any table whose headers speak for themselves."""

from supportq.intake.fields import HEADERS
from supportq.intake.profile import Profile

PROFILE = Profile(title="any table", source="csv", signature=(), columns=HEADERS)
