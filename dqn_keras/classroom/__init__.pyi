from . import checks as checks
from . import course as course
from . import grading as grading
from . import leaderboard as leaderboard
from .explorables import explore as explore
