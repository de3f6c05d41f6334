"""The static checks, one file per thing that is checked. Each yields problems with pointers into the resolved tree."""
