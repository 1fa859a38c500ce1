"""The ground floor: money, dates, errors and page plumbing. No tables, no tenant."""
