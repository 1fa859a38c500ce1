"""Questions about partners and gifts, each within what a seat may see. They never write."""
