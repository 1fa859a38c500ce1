"""Documents: frozen content in, PDF bytes out. No tables, no queries, no rights: what comes in is what is printed."""
