"""What is tested: sums, sources against each other, frames against contents, and the warehouse's own promises."""
