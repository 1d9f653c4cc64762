"""What the lecture does not speak of: graphs, files, seeds, arguments."""
