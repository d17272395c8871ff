"""The way of a figure for one file and for many: register, read, extract, test."""
