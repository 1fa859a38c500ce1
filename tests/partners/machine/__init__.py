"""One machine for all that moves money or whom it belongs to: rules by what they do, a model in plain Python beside."""
