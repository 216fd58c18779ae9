"""Pydantic's errors as diagnostics: each kind of error has a function that words it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from pydantic import BaseModel, ValidationError

from mlkc.diag import codes, fact_codes
from mlkc.diag.code import Code
from mlkc.diag.diagnostic import Diagnostic, Fix, InSpec
from mlkc.diag.suggest import certain, closest
from mlkc.source.tree import SourceTree
from mlkc.spec.fault import Fault
from mlkc.spec.fields import fields_of, model_at
from mlkc.spec.secret_names import is_secret
from mlkc.text.paths import SpecPath, dotted


def diagnostics_of(
    error: ValidationError, model: type[BaseModel], data: Any, prefix: SpecPath, tree: SourceTree
) -> list[Diagnostic]:
    """Translates a validation error.

    Args:
        error: what pydantic found in `data`.
        model: the model that `data` was validated as.
        data: the validated value.
        prefix: where `data` stands in the spec; `("environments", NAME)` for an environment.
        tree: the file, for what it says word by word.
    """
    found: list[Diagnostic] = []
    for details in error.errors(include_url=False, include_context=True, include_input=True):
        diagnostic = _HANDLERS.get(details["type"], _by_code)(Fault(details, model, tree, prefix, data))
        diagnostic = replace(diagnostic, message=_one_line(diagnostic.message))
        if diagnostic not in found:
            found.append(diagnostic)
    return found


def _one_line(message: str) -> str:
    """A key or value of the user's may hold line ends and other control characters: they are written out."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in message)


def _unknown_key(fault: Fault) -> Diagnostic:
    key = str(fault.local[-1])
    owner = model_at(fault.model, fault.local[:-1])
    known = [name for name in fields_of(owner) if name not in {"apiVersion", "kind"}] if owner else []
    place = InSpec(fault.path, key=True)
    if is_secret(key):
        return codes.PLAIN_TEXT_SECRET.at(
            place,
            f"`{fault.name}` would put a secret into the spec, which is committed",
            help="delete it: passwords live in `overlays/<env>/secrets.env`, which is made for you and never committed",
        )
    where = f"`{dotted(fault.path[:-1])}`" if len(fault.path) > 1 else "the spec"
    guess = closest(key, known)
    if guess:
        return codes.UNKNOWN_KEY.at(
            place,
            f"{where} has no key `{key}`",
            label="unknown key",
            help=f"did you mean `{guess}`?",
            fixes=_renamed(fault, certain(key, known)),
        )
    help_ = "its keys are " + ", ".join(f"`{name}`" for name in known) if known else None
    return codes.UNKNOWN_KEY.at(place, f"{where} has no key `{key}`", label="unknown key", help=help_)


def _renamed(fault: Fault, name: str | None) -> tuple[Fix, ...]:
    """A key that stands there under its right name too can't be meant."""
    if name is None or fault.tree.has((*fault.path[:-1], name)):
        return ()
    return (Fix(f"rename `{fault.path[-1]}` to `{name}`", fault.path, key=name),)


def _missing(fault: Fault) -> Diagnostic:
    key = str(fault.path[-1])
    owner = model_at(fault.model, fault.local[:-1])
    info = fields_of(owner).get(key) if owner else None
    parent = InSpec(fault.path[:-1], key=True)
    where = f"`{dotted(fault.path[:-1])}`" if len(fault.path) > 1 else "the spec"
    about = f" ({info.description.rstrip('.')})" if info and info.description else ""
    return codes.MISSING_KEY.at(parent, f"{where} lacks the key `{key}`", help=f"add `{key}:`{about}")


def _wrong_type(wanted: str) -> Callable[[Fault], Diagnostic]:
    def handle(fault: Fault) -> Diagnostic:
        return codes.WRONG_TYPE.at(
            fault.place, f"`{fault.name}` is {fault.shown}, it must be {wanted}", help=f"write {wanted}"
        )

    return handle


def _number_wanted(fault: Fault) -> Diagnostic:
    value = fault.details["input"]
    if not isinstance(value, str) or not re.fullmatch(r"0|[1-9][0-9]{0,9}", value):
        return _wrong_type("a whole number")(fault)
    message = f'`{fault.name}` is the text `"{value}"`, it must be a whole number'
    fix = Fix("take it out of the quotes", fault.path, int(value))
    return codes.WRONG_TYPE.at(fault.place, message, help=f"write `{value}`", fixes=(fix,))


# What YAML 1.1 took for a truth value, and YAML 1.2 takes for a text.
_OLD_FLAGS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def _flag_wanted(fault: Fault) -> Diagnostic:
    value = fault.details["input"]
    meant = _OLD_FLAGS.get(value.lower()) if isinstance(value, str) else None
    if meant is None:
        return _wrong_type("`true` or `false`")(fault)
    fix = Fix(f"replace it by `{meant}`", fault.path, meant == "true")
    message = f"`{fault.name}` is {fault.shown}, it must be `true` or `false`"
    return codes.WRONG_TYPE.at(fault.place, message, help=f"write `{meant}`", fixes=(fix,))


def _text_wanted(fault: Fault) -> Diagnostic:
    value = fault.details["input"]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return codes.UNQUOTED_VERSION.at(
            fault.place,
            f"`{fault.name}` is the number `{fault.number}` to YAML, it must be a text",
            help=f'put it in quotes: `"{fault.number}"`',
            fixes=(Fix("put it in quotes", fault.path, fault.number),),
        )
    if isinstance(value, bool) and len(fault.path) > 1 and fault.path[-2] in _TEXTS:
        text = str(value).lower()
        return codes.WRONG_TYPE.at(
            fault.place,
            f"`{fault.name}` is a truth value to YAML, it must be a text",
            help=f'put it in quotes: `"{text}"`',
            fixes=(Fix("put it in quotes", fault.path, text),),
        )
    return _wrong_type("a text")(fault)


# Mappings of texts, of which `"true"` is a usual one.
_TEXTS = {"annotations", "labels", "nodeSelector"}


def _none_of(fault: Fault) -> Diagnostic:
    expected = str(fault.context.get("expected", ""))
    options = [option.strip("' ") for option in expected.replace(" or ", ", ").split(",")]
    code = codes.UNSUPPORTED_FORMAT if fault.path in {("apiVersion",), ("kind",)} else codes.UNKNOWN_VALUE
    value = fault.details["input"]
    guess = closest(value, options) if isinstance(value, str) else None
    listed = ", ".join(f"`{option}`" for option in options)
    message = f"`{fault.name}` is {fault.shown}, it {'can' if len(options) > 1 else 'must'} be {listed}"
    if len(options) == 1 or guess:
        best = guess or options[0]
        fix = Fix(f"replace it by `{best}`", fault.path, best)
        return code.at(fault.place, message, help=f"write `{best}`", fixes=(fix,))
    return code.at(fault.place, message, help=f"write one of {listed}")


def _limits(fault: Fault) -> Diagnostic:
    bounds = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    sizes = {"min_length": "at least", "max_length": "at most"}
    says = next(
        (f"be {text} {fault.context[key]}" for key, text in bounds.items() if key in fault.context), ""
    )
    for key, text in sizes.items():
        if key in fault.context:
            unit = "character" if isinstance(fault.details["input"], str) else "entry"
            says = f"have {text} {_count(fault.context[key], unit)}"
    wanted = says.partition(" ")[2]
    help_ = f"write a number that is {wanted}" if says.startswith("be") else f"give it {wanted}"
    return codes.OUT_OF_RANGE.at(fault.place, f"`{fault.name}` is {fault.shown}, it must {says}", help=help_)


def _count(number: int, unit: str) -> str:
    plural = {"entry": "entries"}.get(unit, f"{unit}s")
    return f"{number} {unit if number == 1 else plural}"


def _pattern(fault: Fault) -> Diagnostic:
    pattern = fault.context.get("pattern", "")
    message = f"`{fault.name}` is {fault.shown}, which is not of the form it must have"
    return codes.INVALID_PATTERN.at(fault.place, message, help=f"it must match `{pattern}`")


_CUSTOM: dict[str, Code] = {
    code.name: code
    for code in (
        codes.INVALID_QUANTITY,
        codes.INVALID_NAME,
        codes.INVALID_HOST,
        codes.INVALID_ADDRESS,
        codes.INVALID_HDFS_URI,
        codes.INVALID_PATH,
        codes.INVALID_USER,
        codes.INVALID_DATABASE_NAME,
        codes.INVALID_VERSION,
        codes.INVALID_KUBERNETES_VERSION,
        codes.INVALID_IMAGE,
        codes.INVALID_CHECKSUM,
        codes.INVALID_URL,
        codes.INVALID_LABEL,
        codes.INVALID_REQUIREMENT,
        codes.INVALID_PATTERN,
        codes.CREDENTIALS_IN_URL,
        codes.PLAIN_TEXT_SECRET,
        codes.UNKNOWN_VALUE,
        codes.OUT_OF_RANGE,
        fact_codes.ACCEPTED_ERROR,
    )
}


def _by_code(fault: Fault) -> Diagnostic:
    """A refusal of `mlkc.spec.types`; anything else of pydantic's is shown in its own words."""
    code = _CUSTOM.get(fault.details["type"])
    if code is None:
        return codes.WRONG_TYPE.at(fault.place, f"`{fault.name}`: {fault.details['msg']}")
    instead = fault.context.get("instead")
    fixes = (Fix(f"replace it by `{instead}`", fault.path, instead),) if instead and not fault.is_key else ()
    return code.at(fault.place, str(fault.context["message"]), help=str(fault.context["help"]), fixes=fixes)


_HANDLERS: dict[str, Callable[[Fault], Diagnostic]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "string_type": _text_wanted,
    "int_type": _number_wanted,
    "int_from_float": _wrong_type("a whole number"),
    "bool_type": _flag_wanted,
    "list_type": _wrong_type("a list"),
    "dict_type": _wrong_type("a mapping"),
    "model_type": _wrong_type("a mapping"),
    "model_attributes_type": _wrong_type("a mapping"),
    "literal_error": _none_of,
    "greater_than_equal": _limits,
    "greater_than": _limits,
    "less_than_equal": _limits,
    "less_than": _limits,
    "too_short": _limits,
    "too_long": _limits,
    "string_too_short": _limits,
    "string_too_long": _limits,
    "string_pattern_mismatch": _pattern,
}
