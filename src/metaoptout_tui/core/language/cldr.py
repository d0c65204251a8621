"""How each language writes dates, numbers and lists, from the Unicode CLDR; `tests/support/cldr_formats.py` writes it."""

from collections.abc import Mapping
from typing import NamedTuple


class LanguageFormats(NamedTuple):
    """What the language calls itself, and templates of `str.format`, named for what they write.

    `day_in_year` is a day without its year, `day` one with it, `month` a month of a year; they have places for `day`,
    `month`, `year`. `weekday_and_day` has `weekday` and `date`, `time` has `hour` and `minute`, `day_and_time` `date` and
    `time`. `ago` holds for `minute`, `hour`, `day` and `month` the form for one and for any other number. `in_between`,
    `at_the_end` and `or_at_the_end` join two parts of a list, `{0}` and `{1}`. `quotation` has the words that it quotes as `{0}`, `inner_quotation` those within them, `label` a label and what it
    says as `{0}` and `{1}`; `between_clauses` stands between clauses. Weekdays begin with Monday.
    """

    own_name: str
    months: tuple[str, ...]
    full_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    day_in_year: str
    day: str
    month: str
    weekday_and_day: str
    time: str
    day_and_time: str
    ago: Mapping[str, tuple[str, str]]
    decimal_point: str
    thousands: str
    in_between: str
    at_the_end: str
    or_at_the_end: str
    quotation: str
    inner_quotation: str
    label: str
    between_clauses: str


FORMATS: Mapping[str, LanguageFormats] = {
    "en": LanguageFormats(
        own_name="English",
        months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        full_months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        day_in_year="{day} {month}",
        day="{day} {month} {year}",
        month="{month} {year}",
        weekday_and_day="{weekday} {date}",
        time="{hour:02}:{minute:02}",
        day_and_time="{date}, {time}",
        ago={
            "minute": ("{0} minute ago", "{0} minutes ago"),
            "hour": ("{0} hour ago", "{0} hours ago"),
            "day": ("{0} day ago", "{0} days ago"),
            "month": ("{0} month ago", "{0} months ago"),
        },
        decimal_point=".",
        thousands=",",
        in_between="{0}, {1}",
        at_the_end="{0} and {1}",
        or_at_the_end="{0} or {1}",
        quotation="“{0}”",
        inner_quotation="‘{0}’",
        label="{0}: {1}",
        between_clauses="; ",
    ),
    "de": LanguageFormats(
        own_name="Deutsch",
        months=("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
        full_months=(
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ),
        weekdays=("Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."),
        day_in_year="{day}. {month}",
        day="{day}. {month} {year}",
        month="{month} {year}",
        weekday_and_day="{weekday}, {date}",
        time="{hour:02}:{minute:02}",
        day_and_time="{date}, {time}",
        ago={
            "minute": ("vor {0} Minute", "vor {0} Minuten"),
            "hour": ("vor {0} Stunde", "vor {0} Stunden"),
            "day": ("vor {0} Tag", "vor {0} Tagen"),
            "month": ("vor {0} Monat", "vor {0} Monaten"),
        },
        decimal_point=",",
        thousands=".",
        in_between="{0}, {1}",
        at_the_end="{0} und {1}",
        or_at_the_end="{0} oder {1}",
        quotation="„{0}“",
        inner_quotation="‚{0}‘",
        label="{0}: {1}",
        between_clauses="; ",
    ),
    "es": LanguageFormats(
        own_name="Español",
        months=("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"),
        full_months=(
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ),
        weekdays=("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
        day_in_year="{day} {month}",
        day="{day} {month} {year}",
        month="{month} {year}",
        weekday_and_day="{weekday}, {date}",
        time="{hour}:{minute:02}",
        day_and_time="{date}, {time}",
        ago={
            "minute": ("hace {0} minuto", "hace {0} minutos"),
            "hour": ("hace {0} hora", "hace {0} horas"),
            "day": ("hace {0} día", "hace {0} días"),
            "month": ("hace {0} mes", "hace {0} meses"),
        },
        decimal_point=",",
        thousands=".",
        in_between="{0}, {1}",
        at_the_end="{0} y {1}",
        or_at_the_end="{0} o {1}",
        quotation="«{0}»",
        inner_quotation="“{0}”",
        label="{0}: {1}",
        between_clauses="; ",
    ),
    "fr": LanguageFormats(
        own_name="Français",
        months=("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
        full_months=(
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ),
        weekdays=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
        day_in_year="{day} {month}",
        day="{day} {month} {year}",
        month="{month} {year}",
        weekday_and_day="{weekday} {date}",
        time="{hour:02}:{minute:02}",
        day_and_time="{date}, {time}",
        ago={
            "minute": ("il y a {0} minute", "il y a {0} minutes"),
            "hour": ("il y a {0} heure", "il y a {0} heures"),
            "day": ("il y a {0} jour", "il y a {0} jours"),
            "month": ("il y a {0} mois", "il y a {0} mois"),
        },
        decimal_point=",",
        thousands="\u202f",
        in_between="{0}, {1}",
        at_the_end="{0} et {1}",
        or_at_the_end="{0} ou {1}",
        quotation="«\xa0{0}\xa0»",
        inner_quotation="“{0}”",
        label="{0}\xa0: {1}",
        between_clauses="\xa0; ",
    ),
    "it": LanguageFormats(
        own_name="Italiano",
        months=("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"),
        full_months=(
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ),
        weekdays=("lun", "mar", "mer", "gio", "ven", "sab", "dom"),
        day_in_year="{day} {month}",
        day="{day} {month} {year}",
        month="{month} {year}",
        weekday_and_day="{weekday} {date}",
        time="{hour:02}:{minute:02}",
        day_and_time="{date}, {time}",
        ago={
            "minute": ("{0} minuto fa", "{0} minuti fa"),
            "hour": ("{0} ora fa", "{0} ore fa"),
            "day": ("{0} giorno fa", "{0} giorni fa"),
            "month": ("{0} mese fa", "{0} mesi fa"),
        },
        decimal_point=",",
        thousands=".",
        in_between="{0}, {1}",
        at_the_end="{0} e {1}",
        or_at_the_end="{0} o {1}",
        quotation="«{0}»",
        inner_quotation="“{0}”",
        label="{0}: {1}",
        between_clauses="; ",
    ),
    "nl": LanguageFormats(
        own_name="Nederlands",
        months=("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
        full_months=(
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ),
        weekdays=("ma", "di", "wo", "do", "vr", "za", "zo"),
        day_in_year="{day} {month}",
        day="{day} {month} {year}",
        month="{month} {year}",
        weekday_and_day="{weekday} {date}",
        time="{hour:02}:{minute:02}",
        day_and_time="{date}, {time}",
        ago={
            "minute": ("{0} minuut geleden", "{0} minuten geleden"),
            "hour": ("{0} uur geleden", "{0} uur geleden"),
            "day": ("{0} dag geleden", "{0} dagen geleden"),
            "month": ("{0} maand geleden", "{0} maanden geleden"),
        },
        decimal_point=",",
        thousands=".",
        in_between="{0}, {1}",
        at_the_end="{0} en {1}",
        or_at_the_end="{0} of {1}",
        quotation="“{0}”",
        inner_quotation="‘{0}’",
        label="{0}: {1}",
        between_clauses="; ",
    ),
}
