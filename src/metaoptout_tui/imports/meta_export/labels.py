"""Understands what Meta writes: its escaping of letters, labels in the account's language, and values by their shape.

A value is known by its shape where that is enough, as an e-mail address is; else by its label. What neither tells is
left out, so that nothing is invented.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from metaoptout_tui.core.text import clean_line

MAX_VALUE_CHARACTERS = 200
_MAX_LEVELS = 8
_MAX_ROWS = 2_000


class FieldName(StrEnum):
    """What a value of a profile or link says."""

    SERVICE = "service"
    USERNAME = "username"
    NAME = "name"
    EMAIL = "email"
    PREVIOUS_EMAIL = "previous email"
    PHONE = "phone"
    IS_PRIVATE = "private"


class LabelledValue(NamedTuple):
    """A value with its label and its time in seconds, 0 if it has none."""

    label: str
    value: str
    seconds: float = 0


def cure_mojibake(value: str) -> str:
    """The text that was meant: Meta writes each byte of UTF-8 as a character of its own. Right text stays."""
    if value.isascii():
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def clean_value(value: object) -> str:
    """A text or number of the file on one line, safe to show; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    # Only what may be shown is cured: a value can be very long.
    return clean_line(cure_mojibake(str(value)[: 4 * MAX_VALUE_CHARACTERS]), MAX_VALUE_CHARACTERS)


def as_list(value: object) -> list[object]:
    """The items of a list; Meta writes a list of one as its bare item."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def as_mapping(value: object) -> Mapping[str, object]:
    """The value where it is an object, else one without keys."""
    return value if isinstance(value, dict) else {}


_EMAIL = re.compile(r"[^\s@<>\"(),:;]{1,64}@[^\s@<>\"(),:;]{1,190}\.[^\s@<>\"(),:;.]{2,63}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{5,22}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}")
_SERVICES: Final = ("facebook", "instagram", "threads", "whatsapp", "messenger")


def is_email(value: str) -> bool:
    """Whether the whole value has the shape of an e-mail address."""
    return _EMAIL.fullmatch(value) is not None


def mask_phone(value: str) -> str:
    """A telephone number of which only the last two digits are seen."""
    return f"•••{''.join(filter(str.isdecimal, value))[-2:]}"


def service_id(value: str) -> str:
    """The id of the platform that a brand's name stands for, which is in no language translated; empty if none."""
    plain = value.casefold()
    return next((service for service in _SERVICES if service in plain), "")


def username_in(value: str) -> str:
    """A user name as people write it, without the sign that some write in front."""
    return value.removeprefix("@")


# Labels as Meta writes them in the account's language, folded; several languages share most of them.
_PREVIOUS = (
    "previous", "former", "old", "fruher", "vorherig", "ehemalig", "alte e", "precedent", "ancien", "anterior",
    "precedenti", "eerdere", "vorige", "poprzedni", "tidigare", "tidligere", "aiemm", "predchoz", "korabbi", "onceki",
    "преды", "попередн", "προηγ",
)  # fmt: skip
_PRIVATE = (
    "priv", "pryw", "yksityi", "soukrom", "sukrom", "ιδιωτ", "частн", "закрыт", "приват", "личен", "gizli", "zaseb",
    "私密", "非公開", "不公开", "비공개", "خاص", "निजी",
)  # fmt: skip
_PHONE_WORDS = (
    "phone", "telefon", "telephone", "téléphone", "puhelin", "τηλεφ", "телефон", "mobil", "handy", "numero", "电话",
    "手机", "電話", "전화", "هاتف", "फ़ोन",
)  # fmt: skip
_USERNAME = frozenset(
    {
        "username", "user name", "benutzername", "nom d'utilisateur", "nom dutilisateur", "nombre de usuario",
        "nome utente", "gebruikersnaam", "nome de usuario", "nome de utilizador", "nazwa uzytkownika",
        "nume de utilizator", "anvandarnamn", "brugernavn", "brukernavn", "kayttajanimi", "kayttajatunnus",
        "uzivatelske jmeno", "pouzivatelske meno", "felhasznalonev", "ονομα χρηστη", "потребителско име",
        "korisnicko ime", "uporabnisko ime", "naudotojo vardas", "vartotojo vardas", "lietotajvards", "kasutajanimi",
        "kullanıcı adı", "kullanici adi", "имя пользователя", "ім'я користувача", "імя користувача", "用户名",
        "用戶名稱", "使用者名稱", "ユーザーネーム", "사용자 이름", "اسم المستخدم",
    }
)  # fmt: skip
_NAME = frozenset(
    {
        "name", "full name", "nom", "nom complet", "nombre", "nombre completo", "nome", "nome completo", "naam",
        "volledige naam", "vollstandiger name", "imie i nazwisko", "nazwa", "nume", "numele", "namn", "navn", "nimi",
        "jmeno", "meno", "nev", "ονομα", "име", "ime", "vardas", "vards", "ad", "adı", "isim", "имя", "ім'я", "імя",
        "姓名", "名字", "名称", "名前", "이름", "الاسم",
    }
)  # fmt: skip
_COMBINING = re.compile("[\u0300-\u036f]")


def folded_label(label: str) -> str:
    """A label without capitals, accents and marks around it, for comparing."""
    plain = _COMBINING.sub("", unicodedata.normalize("NFKD", cure_mojibake(label[:MAX_VALUE_CHARACTERS])))
    return plain.casefold().replace("’", "'").replace("_", " ").strip(" :.")


def identify_value(label: str, value: str, *, known_username: str = "") -> FieldName | None:
    """What a value says, by its shape and its label; None where that is not sure."""
    if not value:
        return None
    folded = folded_label(label)
    if is_email(value):
        return FieldName.PREVIOUS_EMAIL if any(word in folded for word in _PREVIOUS) else FieldName.EMAIL
    if value.casefold() in {"true", "false"}:
        return FieldName.IS_PRIVATE if any(word in folded for word in _PRIVATE) else None
    if _PHONE.fullmatch(value) and not _DATE.fullmatch(value):
        is_phone = value.startswith("+") or any(word in folded for word in _PHONE_WORDS)
        return FieldName.PHONE if is_phone and sum(map(str.isdecimal, value)) >= 6 else None
    if folded in _USERNAME or (known_username and value.casefold() == known_username.casefold()):
        return FieldName.USERNAME
    if folded in _NAME:
        return FieldName.NAME
    if value.casefold() in _SERVICES:
        return FieldName.SERVICE
    return None


def labelled_values(record: object) -> Iterator[LabelledValue]:
    """The values of one record with their labels, in either of the two shapes that Meta has for these."""
    fields = as_mapping(record)
    for label, entry in list(as_mapping(fields.get("string_map_data")).items())[:_MAX_ROWS]:
        details = as_mapping(entry)
        yield LabelledValue(label, clean_value(details.get("value")), seconds_in(details.get("timestamp")))
    for row in as_list(fields.get("label_values"))[:_MAX_ROWS]:
        yield from _values_of_row(row)


def _values_of_row(row: object) -> Iterator[LabelledValue]:
    fields = as_mapping(row)
    label = _label_of(fields)
    seconds = seconds_in(fields.get("timestamp_value"))
    values = [clean_value(_value_of(item)) for item in (*as_list(fields.get("value")), *as_list(fields.get("vec")))]
    for value in values or ([""] if seconds else []):
        yield LabelledValue(label, value, seconds)


def _label_of(row: Mapping[str, object]) -> str:
    """The label of a row: the name of its field, which is English everywhere, if it has one that is known."""
    names = [name for key in ("ent_field_name", "label", "title") if isinstance(name := row.get(key), str) and name]
    known = (name for name in names if folded_label(name) in _USERNAME | _NAME | {"email"})
    return next(
        known, next((name for name in names if name is not row.get("ent_field_name")), names[0] if names else "")
    )


def _value_of(item: object) -> object:
    return item.get("value") if isinstance(item, dict) else item


def row_lists_in(value: object, level: int = 0) -> Iterator[list[LabelledValue]]:
    """Each list of labelled rows within a value, at whatever level: `label_values` may hold such lists in lists."""
    if level > _MAX_LEVELS:
        return
    rows: list[LabelledValue] = []
    for item in as_list(value)[:_MAX_ROWS]:
        fields = as_mapping(item)
        rows.extend(_values_of_row(fields))
        for key in ("dict", "label_values"):
            if key in fields:
                yield from row_lists_in(fields[key], level + 1)
    if rows:
        yield rows


def seconds_in(value: object) -> float:
    """A time in seconds; 0 for anything that is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    return value if 0 < value < _END_OF_TIME else 0


_END_OF_TIME = 1e15
