"""Reports from the web: the only room that opens sockets."""
