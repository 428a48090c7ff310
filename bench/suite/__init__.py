"""What all measures share: contests, the machine, processes, what has to be installed."""
