"""The whole numbers that a rounded number may stand for.

A text that says "about 3,400" has dropped digits. Its trailing zeros show how many at most, and
so between which whole numbers the count must have been. This module imports nothing heavy.
"""

from operator import index


def rounded_interval(value: int) -> tuple[int, int]:
    """Return the smallest and the largest count that round half up to a number.

    The number is taken as rounded at its last digit that is not zero, the coarsest rounding that
    its digits allow. A number without trailing zeros, and 0, stands for itself alone.

    Parameters
    ----------
    value : int
        A count as printed, 0 or more.

    Returns
    -------
    tuple[int, int]
        Lowest and highest count, both included.

    Raises
    ------
    ValueError
        When the value is negative or no whole number.

    Examples
    --------
    >>> rounded_interval(3400)
    (3350, 3449)
    >>> rounded_interval(88)
    (88, 88)
    """
    try:
        number = index(value)
    except TypeError:
        number = -1
    if number < 0:
        raise ValueError(
            f"a rounded count is a whole number of 0 or more, received {value!r}; "
            "give the printed digits as an int"
        )
    unit = 1
    while number and number % (10 * unit) == 0:
        unit *= 10
    # Half up: the lower half of a unit belongs to the number below, so 3350 but not 3450.
    return number - unit // 2, number + (unit - 1) // 2
