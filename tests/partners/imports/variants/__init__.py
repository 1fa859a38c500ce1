"""Small files of other systems, banks and processors than the samples have, as an agency may bring them on its move."""
