"""What to say about the thing under the cursor, when it is Hatchet's."""

from hatchet_ls.hover.find import Hover, hover
from hatchet_ls.hover.rule_page import full_page, hover_rule

__all__ = ["Hover", "full_page", "hover", "hover_rule"]
