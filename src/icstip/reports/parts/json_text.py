"""Reports as JSON text."""

import json
from collections.abc import Mapping


def json_text(values: Mapping[str, object]) -> str:
    """Return values as JSON text, an item of each list on a line of its own; the same for the same values.

    Example:
        >>> print(json_text({"file": "a.xlsx", "findings": [{"code": "KEY-001"}]}), end="")
        {
         "file": "a.xlsx",
         "findings": [
          {"code": "KEY-001"}
         ]
        }
    """
    parts = []
    for key, value in values.items():
        if isinstance(value, list) and value:
            items = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in value)
            parts.append(f'"{key}": [\n  {items}\n ]')
        else:
            parts.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n " + ",\n ".join(parts) + "\n}\n"
