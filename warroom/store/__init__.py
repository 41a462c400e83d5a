"""How facts are kept: one append-only TinyDB file per incident."""
