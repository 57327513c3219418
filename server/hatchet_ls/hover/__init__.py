"""What to say about the thing under the cursor, when it is Hatchet's."""

from hatchet_ls.hover.find import Hover, hover
from hatchet_ls.hover.rule_page import hover_rule

__all__ = ["Hover", "hover", "hover_rule"]
