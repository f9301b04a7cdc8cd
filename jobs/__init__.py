"""What happens outside a request: the outbox, the schedule, the worker, and the command that runs site and worker."""
