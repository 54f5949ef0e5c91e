"""XML schemas of structure-specific data: what a message of one structure may hold, for any XML tool."""
