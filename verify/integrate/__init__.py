"""Flows as systems of equations, engines that follow them, enclosures that believe no engine."""
