"""YPP Analysis: one published study, made checkable."""
