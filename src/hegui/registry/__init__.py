"""Who is who (登记): people, their addresses, enterprises and memberships."""
