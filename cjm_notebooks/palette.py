"""The colours and the typeface of every view.

Blue, green and vermilion are those of Okabe and Ito, purple is theirs a little darker, so that
each keeps a contrast of 3 with a white and with a dark page. None carries a meaning without a
hatch, a marker or a word beside it. The four roles belong to the page: where it is dark,
`exhibits.js` puts the colours of its style sheet in their place.
"""

from __future__ import annotations

BLUE = "#0072b2"
GREEN = "#009e73"
VERMILION = "#d55e00"
PURPLE = "#c4699c"
GREY = "#7a7f87"

INK = "#1f2328"
MUTED = "#59636e"
LINE = "#d8dee4"
PAPER = "#ffffff"

FONT = "system-ui, -apple-system, Segoe UI, sans-serif"
