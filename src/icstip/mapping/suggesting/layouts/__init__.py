"""What the rows and columns of a table say together: headings, headers over several columns, the order of labels."""
