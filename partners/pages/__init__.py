"""What the pages show, worked out before the template: names, dates and amounts as this reader may see them."""
