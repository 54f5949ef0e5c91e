"""Tables in which a row holds several figures: what the rows and columns say becomes columns of records."""
