"""What a desk decided: teams, agents, hours, promises, rules and canned replies, from TOML text to checked values."""
