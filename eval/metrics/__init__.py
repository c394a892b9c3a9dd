"""One score a file. Comparison is after assistant.text.compact: NFKC, without white space, ヶ = ケ."""
