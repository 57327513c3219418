"""Starts the bundled server: ``python -I -S -X utf8 launch.py``.

``-I -S`` keeps out whatever the user's Python would load by itself; the libraries beside this file are all there is.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent / "libs"))

from hatchet_ls.lsp.serve import serve_stdio

sys.exit(serve_stdio())
