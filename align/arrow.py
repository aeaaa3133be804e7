"""Columns of Arrow tables from arrays and lists, and back.

What `pyarrow` does in one call here makes it load pandas, which takes longer than all else on a small collection.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Column = Any
"""pyarrow.Array or pyarrow.ChunkedArray, which ship no types."""


def numbers(held: Any, kind: Any = np.int32) -> Column:
    """Return numbers of the numpy type *kind*, which Arrow calls the same.

    >>> numbers([3, 1]).type, values(numbers([3, 1])).tolist()
    (DataType(int32), [3, 1])
    """
    import pyarrow as pa

    listed = np.ascontiguousarray(held, dtype=kind)
    return pa.Array.from_buffers(pa.type_for_alias(listed.dtype.name), len(listed), [None, pa.py_buffer(listed)])


def texts(held: Sequence[str]) -> Column:
    """Return texts; their bytes may be more than two thousand millions.

    >>> texts(["", "šum"]).to_pylist()
    ['', 'šum']
    """
    import pyarrow as pa

    data = [text.encode() for text in held]
    return pa.Array.from_buffers(
        pa.large_string(), len(data), [None, pa.py_buffer(_starts(data)), pa.py_buffer(b"".join(data))]
    )


def lists(held: Sequence[Sequence[Any]], inner: Column) -> Column:
    """Return lists as long as those of *held*, whose members stand in *inner* one after the other."""
    import pyarrow as pa

    return pa.ListArray.from_arrays(numbers(_starts(held)), inner)


def column(held: Sequence[Any], kind: Any) -> Column:
    """Return values, None among them, as a column of *kind*: numbers, strings, lists of these, and structs (as dicts).

    >>> import pyarrow as pa
    >>> column([["a", None], None], pa.list_(pa.string())).to_pylist()
    [['a', None], None]
    """
    import pyarrow as pa

    there = [value is not None for value in held]
    marked = None if all(there) else pa.py_buffer(np.packbits(there, bitorder="little"))
    buffers, children = [marked], []
    if pa.types.is_struct(kind):
        children = [column([value and value[part.name] for value in held], part.type) for part in kind]
    elif pa.types.is_list(kind):
        listed = [value or () for value in held]
        buffers.append(_offsets(listed))
        children = [column([one for value in listed for one in value], kind.value_type)]
    elif pa.types.is_string(kind):
        data = [(value or "").encode() for value in held]
        buffers += [_offsets(data), pa.py_buffer(b"".join(data))]
    else:
        buffers.append(pa.py_buffer(np.array([value or 0 for value in held], dtype=kind.to_pandas_dtype())))
    return pa.Array.from_buffers(kind, len(held), buffers, children=children)


def _offsets(held: Sequence[Any]) -> Any:
    import pyarrow as pa

    starts = _starts(held)
    if starts[-1] >= 1 << 31:
        raise OverflowError("a column of more than two thousand millions")
    return pa.py_buffer(starts.astype(np.int32))


def _starts(held: Sequence[Any]) -> Any:
    starts = np.zeros(len(held) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in held], out=starts[1:])
    return starts


def values(column: Column) -> Any:
    """Return a column of numbers as an array."""
    whole = column.combine_chunks() if hasattr(column, "combine_chunks") else column
    if not len(whole):
        return np.zeros(0, whole.type.to_pandas_dtype())
    start = whole.offset
    return np.frombuffer(whole.buffers()[1], dtype=whole.type.to_pandas_dtype())[start : start + len(whole)]
