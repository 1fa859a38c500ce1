"""PDF documents: the engine (HTML templates in, tagged PDF out), and joining many documents into one."""
