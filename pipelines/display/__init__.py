"""How results are shown to people and programs: aligned tables, CSV, JSON, compiler-style lines."""
