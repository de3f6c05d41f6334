"""A form as its designer sees it: what its conditions say, which ways lead through it, what differs, what to mend."""
