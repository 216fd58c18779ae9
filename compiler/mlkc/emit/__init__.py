"""Plan to artifacts; one file a target. Emitters decide nothing."""
