"""From what a notice says to a draft of a contest definition: ingestion reads, contests runs, this stands between."""
