"""The whole numbers that a rounded number may stand for.

A text that says "about 3,400" has dropped digits. Its trailing zeros show how many at most, and
so between which whole numbers the count must have been. This module imports nothing heavy.
"""

from ypp_analysis.arithmetic.printed import last_unit, whole_number


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
    number = whole_number(value, "a rounded count")
    unit = last_unit(number)
    # Half up: the lower half of a unit belongs to the number below, so 3350 but not 3450.
    return number - unit // 2, number + (unit - 1) // 2
