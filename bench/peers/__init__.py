"""Those that AIOS is measured against, one file each: other programs, and what the machine can do at most."""
