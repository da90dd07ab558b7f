"""What may be published of a site that was read and checked."""
