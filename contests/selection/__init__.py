"""From measured figures and reviewers' scores to points, ranks and awards: weighed, ranked, selected, sealed.

The algorithms (points, ranking, quotas, simulation) are pure; terms reads a definition, standing the database, and
sealing and decision write.
"""
