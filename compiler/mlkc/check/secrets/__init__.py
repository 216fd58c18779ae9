"""Secret values in places where no secret may stand."""
