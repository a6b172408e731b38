"""The nouns of a support desk: frozen values and closed sets, without a clock, a file or a screen."""
