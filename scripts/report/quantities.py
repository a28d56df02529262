"""How a number looks: value and error in the style of the Particle Data Group, 1.8595(6).

The error is rounded by the rule of the Review of Particle Physics: look at its three
leading digits; 100-354 keep two digits, 355-949 keep one, 950-999 become 1000 and keep
two. The value is rounded to the same place.
"""

import math
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from markupsafe import Markup

MINUS = "\N{MINUS SIGN}"
NONE = "—"  # where there is no number
# Beyond these, powers of ten read better than zeros.
SMALLEST, LARGEST = 1e-3, 1e6
FAR = 37  # standard errors: farther off there is no normal probability left to tell apart
ROUNDING = {None: ROUND_HALF_EVEN, "least": ROUND_FLOOR, "most": ROUND_CEILING}


@dataclass(frozen=True)
class Quantity:
    """A number ready to print: ``mantissa`` times ten to the ``exponent``.

    Attributes
    ----------
    mantissa : str
        Digits with an ASCII minus, such as ``-1.8595(6)``.
    exponent : int
        Zero if no power of ten is shown.
    """

    mantissa: str
    exponent: int = 0

    @property
    def signed(self):
        """The mantissa with a true minus sign."""
        return self.mantissa.replace("-", MINUS)

    @property
    def plain(self):
        """One line of text: ``2.4×10^−15``."""
        if not self.exponent:
            return self.signed
        return f"{self.signed}×10^{self.exponent}".replace("-", MINUS)

    @property
    def html(self):
        """HTML, with the power of ten raised."""
        if not self.exponent:
            return Markup(self.signed)
        power = str(self.exponent).replace("-", MINUS)
        return Markup("{}\u00a0×\u00a010<sup>{}</sup>").format(self.signed, power)

    @property
    def tex(self):
        """TeX for math mode."""
        if not self.exponent:
            return self.mantissa
        return rf"{self.mantissa} \times 10^{{{self.exponent}}}"

    @property
    def typst(self):
        """Typst markup outside math."""
        if not self.exponent:
            return f'#"{self.signed}"'
        power = str(self.exponent).replace("-", MINUS)
        return f'#box[#"{self.signed} × 10"#super[#"{power}"]]'


def quantity(value, err=None, digits=6, bound=None):
    """A value as it is printed, with its error if it has one.

    Parameters
    ----------
    value : float or None
        None where the configuration gives no such number: a dash is printed.
    err : float or None
        One standard error; None or 0 for an exact value.
    digits : int
        Significant digits of a value without error.
    bound : {None, "least", "most"}
        "least" rounds a value without error down and "most" up, so that "at least" and "at most" stay true.

    Returns
    -------
    Quantity

    Raises
    ------
    ValueError
        If a number is not finite, the error is negative, or a bound has an error.
    """
    if value is None:
        return Quantity("—")
    if not math.isfinite(value) or (err is not None and not (math.isfinite(err) and err >= 0)):
        raise ValueError(f"not a printable number: {value} with error {err}")
    if not err:
        return _exact(value, digits, ROUNDING[bound])
    if bound:
        raise ValueError(f"a bound has no error: {value} with error {err}")
    place = _error_place(err)
    largest = max(abs(value), err)
    if place <= 0 and largest >= SMALLEST:
        return Quantity(_bracketed(value, err, place))
    shift = _leading_place(largest)
    return Quantity(_bracketed(value, err, place, shift), shift)


def reference(value, err, reference_err=None):
    """A reference beside a measurement: one digit more than the measurement's error shows, at least three.

    Parameters
    ----------
    value : float
        The reference.
    err : float or None
        Standard error of the measurement it is compared with.
    reference_err : float or None
        Standard error of the reference itself; if given, it decides.

    Returns
    -------
    Quantity
    """
    if reference_err:
        return quantity(value, reference_err)
    if not err or value == 0:
        return quantity(value)
    digits = _leading_place(value) - _error_place(err) + 2
    return quantity(value, digits=min(max(digits, 3), 16))


def deviation(z):
    """A z with its sign and two decimals; beyond `FAR` only that; a dash if there is none."""
    if z is None:
        return NONE
    if abs(z) > FAR:
        return f"> {FAR}" if z > 0 else f"< {MINUS}{FAR}"
    return f"{z:+.2f}".replace("-", MINUS)


def _exact(value, digits, rounding):
    if value == 0:
        return Quantity("0")
    if float(value).is_integer() and abs(value) < LARGEST:
        return Quantity(str(int(value)))
    if SMALLEST <= abs(value) < LARGEST:
        place = _leading_place(value) - digits + 1
        return Quantity(_trimmed(_rounded(value, place, rounding)))
    shift = _leading_place(value)
    scaled = Decimal(repr(float(value))).scaleb(-shift)
    return Quantity(_trimmed(_rounded(scaled, 1 - digits, rounding)), shift)


def _trimmed(number):
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _leading_place(value):
    """Power of ten of the first digit."""
    return Decimal(repr(float(value))).adjusted()


def _error_place(err):
    """Power of ten of the last digit that the error deserves."""
    error = Decimal(repr(float(err)))
    three = int(_rounded(error.scaleb(2 - error.adjusted()), 0))
    one_digit = 355 <= three <= 949
    return error.adjusted() - (0 if one_digit else 1) + (1 if three >= 950 else 0)


def _rounded(value, place, rounding=ROUND_HALF_EVEN):
    step = Decimal(1).scaleb(place)
    number = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    return number.quantize(step, rounding=rounding)


def _bracketed(value, err, place, shift=0):
    number = _rounded(value, place).scaleb(-shift)
    digits = int(_rounded(err, place).scaleb(-place))
    if place >= 0 and not shift:
        return f"{int(number)}({digits * 10**place})"
    return f"{number:f}({digits})"
