"""The classroom's wing: checks of exercises, grading of agents."""
