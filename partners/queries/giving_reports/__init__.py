"""What the reports of giving count: the lines that fit a filter, sums of periods, givers by what they did."""
