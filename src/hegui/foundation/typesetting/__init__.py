"""Pages and pictures (排版): data and a template become PDF or PNG, with every character shown or named."""
