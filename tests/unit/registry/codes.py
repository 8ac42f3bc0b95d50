"""Makes up credit codes that check, in area 990000, which is no place."""

from stdnum.cn import uscc


def credit_code(number: int) -> str:
    """The code of the made-up enterprise of this number, from 0 to 99,999,999."""
    body = f"91990000{number:08d}X"
    return body + uscc.calc_check_digit(body)
