"""Document check (文书体检): what a system or plan holds, what it lacks, and where."""
