"""Makes downloads as Meta writes them: Facebook, Instagram, Threads and Meta AI, by year, language and form.

All people are invented. The shapes are those that public readers of real downloads know.
"""

import html
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

SECONDS_OF_A_DAY = 86_400
FIRST_DAY = 1_556_928_000
"""4 May 2019, 00:00 UTC."""

Files = dict[str, bytes]


class Labels(NamedTuple):
    """How Meta calls things in one language."""

    username: str
    name: str
    email: str
    phone: str
    private: str
    confirmed: str
    account_type: str
    time: str
    person: str


LANGUAGES: Mapping[str, Labels] = {
    "en": Labels("Username", "Name", "Email", "Phone Number", "Private Account", "Phone Confirmed", "Account type", "Time", "You"),
    "de": Labels("Benutzername", "Name", "E-Mail-Adresse", "Telefonnummer", "Privates Konto", "Telefonnummer bestätigt", "Art des Kontos", "Zeit", "Du"),
    "fr": Labels("Nom d’utilisateur", "Nom", "Adresse e-mail", "Numéro de téléphone", "Compte privé", "Téléphone confirmé", "Type de compte", "Heure", "Vous"),
    "es": Labels("Nombre de usuario", "Nombre", "Correo electrónico", "Número de teléfono", "Cuenta privada", "Teléfono confirmado", "Tipo de cuenta", "Hora", "Tú"),
    "it": Labels("Nome utente", "Nome", "E-mail", "Numero di telefono", "Account privato", "Telefono confermato", "Tipo di account", "Ora", "Tu"),
    "nl": Labels("Gebruikersnaam", "Naam", "E-mailadres", "Telefoonnummer", "Privéaccount", "Telefoon bevestigd", "Accounttype", "Tijd", "Jij"),
    "pt": Labels("Nome de usuário", "Nome", "Email", "Número de telefone", "Conta privada", "Telefone confirmado", "Tipo de conta", "Hora", "Você"),
    "pl": Labels("Nazwa użytkownika", "Imię i nazwisko", "Adres e-mail", "Numer telefonu", "Konto prywatne", "Telefon potwierdzony", "Typ konta", "Czas", "Ty"),
    "ro": Labels("Nume de utilizator", "Nume", "E-mail", "Număr de telefon", "Cont privat", "Telefon confirmat", "Tip de cont", "Ora", "Tu"),
    "el": Labels("Όνομα χρήστη", "Όνομα", "Email", "Αριθμός τηλεφώνου", "Ιδιωτικός λογαριασμός", "Επιβεβαιωμένο τηλέφωνο", "Τύπος λογαριασμού", "Ώρα", "Εσείς"),
    "ru": Labels("Имя пользователя", "Имя", "Электронный адрес", "Номер телефона", "Закрытый аккаунт", "Телефон подтвержден", "Тип аккаунта", "Время", "Вы"),
    "cs": Labels("Uživatelské jméno", "Jméno", "E-mail", "Telefonní číslo", "Soukromý účet", "Telefon ověřen", "Typ účtu", "Čas", "Vy"),
    "hu": Labels("Felhasználónév", "Név", "E-mail-cím", "Telefonszám", "Privát fiók", "Telefon megerősítve", "Fiók típusa", "Idő", "Te"),
    "sv": Labels("Användarnamn", "Namn", "E-postadress", "Telefonnummer", "Privat konto", "Telefon bekräftad", "Kontotyp", "Tid", "Du"),
    "tr": Labels("Kullanıcı Adı", "Ad", "E-posta", "Telefon Numarası", "Gizli Hesap", "Telefon Onaylandı", "Hesap türü", "Saat", "Sen"),
    "ja": Labels("ユーザーネーム", "名前", "メールアドレス", "電話番号", "非公開アカウント", "電話番号認証済み", "アカウントの種類", "時刻", "あなた"),
    "ko": Labels("사용자 이름", "이름", "이메일", "전화번호", "비공개 계정", "전화번호 확인됨", "계정 유형", "시간", "나"),
}  # fmt: skip


class Person(NamedTuple):
    """Whose download it is."""

    name: str = "Zoë Müller"
    username: str = "zoe.example"
    email: str = "zoe@example.org"
    previous_email: str = "zoe.old@example.org"
    phone: str = "+44 7700 900123"
    is_private: bool = True


ZOE = Person()


# d3i-infra/data-donation-task 6b38965f, fix_latin1_string; imbue-ai/datalib, facebook provider README
def as_meta_escapes(value: object) -> object:
    """The value with each byte of UTF-8 as a character of its own, in values and keys."""
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [as_meta_escapes(item) for item in value]
    if isinstance(value, dict):
        return {as_meta_escapes(key): as_meta_escapes(item) for key, item in value.items()}
    return value


def meta_json(document: object) -> bytes:
    """JSON as Meta writes it."""
    return json.dumps(as_meta_escapes(document)).encode()


# what-if-horizon/what-if-data-donation fe2cc91a, structure_donations/: post_comments_1.json, ai_conversations.json
def bare_if_one(records: Sequence[object]) -> object:
    """A list of one is written as its item."""
    return records[0] if len(records) == 1 else list(records)


def seconds(day: int) -> int:
    """The time at noon so many days after `FIRST_DAY`."""
    return FIRST_DAY + day * SECONDS_OF_A_DAY + SECONDS_OF_A_DAY // 2


def labelled(**values: str | int) -> list[dict[str, object]]:
    """Rows of `label_values`."""
    return [{"label": label, "value": value} for label, value in values.items()]


# what-if-horizon/what-if-data-donation fe2cc91a, structure_donations/; imbue-ai/datalib, facebook provider (download of 2026-06-19); corsali/userdata-extractor a5d42561 (2022)
def facebook_profile(person: Person = ZOE) -> object:
    return {
        "profile_v2": {
            "name": {"full_name": person.name, "first_name": person.name.split()[0]},
            "username": person.username,
            "emails": {
                "emails": [person.email],
                "previous_emails": [person.previous_email],
                "pending_emails": ["pending@example.org"],
                "ad_account_emails": ["ads@example.org"],
            },
            "phone_numbers": [{"phone_type": "Mobile", "phone_number": person.phone, "verified": True}],
            "profile_uri": f"https://www.facebook.com/{person.username}",
            "websites": [{"address": "https://zoe.example/"}],
            "previous_names": [{"name": "Zoë Old", "timestamp": seconds(0)}],
            "registration_timestamp": seconds(0),
        }
    }


# what-if-horizon/what-if-data-donation fe2cc91a, structure_donations/; karlicoss/HPI 2358880c, instagram/gdpr.py
def instagram_profile(
    person: Person = ZOE, language: str = "en", *, key: str = "profile_user"
) -> dict[str, list[dict[str, object]]]:
    labels = LANGUAGES[language]
    values = {
        labels.email: person.email,
        labels.phone: person.phone,
        labels.confirmed: "True",
        labels.username: person.username,
        labels.name: person.name,
        "Bio": "I write to bio@example.org at times",
        "Gender": "female",
        "Date of birth": "1990-01-02",
        labels.private: str(person.is_private),
    }
    entries = {label: {"href": "", "value": value, "timestamp": 0} for label, value in values.items()}
    return {key: [{"title": "", "media_map_data": {}, "string_map_data": entries}]}


def sign_up(person: Person = ZOE, language: str = "en") -> object:
    labels = LANGUAGES[language]
    return {
        "account_history_registration_info": [
            {
                "title": "",
                "string_map_data": {
                    labels.username: {"href": "", "value": person.username, "timestamp": 0},
                    labels.time: {"href": "", "value": "", "timestamp": seconds(0)},
                },
            }
        ]
    }


# corsali/userdata-extractor a5d42561 (2022)
def facebook_links_of_2021(person: Person = ZOE) -> object:
    return {
        "accounts_center_v2": [
            {
                "service_name": "Instagram",
                "native_app_id": 17841400000000000,
                "username": person.username,
                "email": person.email,
                "phone_number": person.phone,
                "name": person.name,
                "linked_time": seconds(3),
            }
        ]
    }


# what-if-horizon/what-if-data-donation fe2cc91a, structure_donations/: in 1 of 11 downloads
def facebook_links_of_2024(person: Person = ZOE) -> object:
    rows = [
        {"ent_field_name": "Service", "label": "Dienst", "value": "Instagram"},
        {"ent_field_name": "Username", "label": "Unbekannt", "value": person.username},
        {"ent_field_name": "Name", "label": "Unbekannter", "value": person.name},
        {"ent_field_name": "Email", "label": "Unbekanntes", "value": person.email},
        {"ent_field_name": "Identifier", "label": "Kennung", "value": "17841400000000000"},
    ]
    return [{"timestamp": seconds(3), "label_values": [{"title": "Konten", "dict": [{"dict": rows}]}], "fbid": "1"}]


# what-if-horizon/what-if-data-donation fe2cc91a, structure_donations/: in 1 of 23 downloads; corsali/userdata-extractor a5d42561 (2022)
def instagram_links(person: Person = ZOE, language: str = "en") -> object:
    labels = LANGUAGES[language]
    values = {
        labels.account_type: "Facebook",
        labels.username: person.username,
        "Identifier": "100000000000001",
        labels.email: person.email,
        labels.phone: person.phone,
    }
    entries = {label: {"href": "", "value": value, "timestamp": 0} for label, value in values.items()}
    return {"profile_linked_meta_accounts": [{"title": "", "string_map_data": entries}]}


INSTAGRAM_LINKS_OF_2025 = [{"timestamp": 0, "label_values": [{"dict": [], "title": "Verknüpfte Konten"}], "fbid": "1"}]


def facebook_posts(count: int, *, first_day: int = 0) -> list[object]:
    return [
        {
            "timestamp": seconds(first_day + number),
            "title": "Zoë Müller hat ihren Status aktualisiert.",
            "data": [{"post": "Grüße ☕"}, {"update_timestamp": seconds(first_day + number)}],
            "attachments": [{"data": [{"media": {"uri": "posts/media/x.jpg", "creation_timestamp": 1}}]}],
            "tags": [],
        }
        for number in range(count)
    ]


def facebook_comments(count: int) -> object:
    comments: list[object] = [
        {
            "timestamp": seconds(number),
            "title": "Zoë hat kommentiert.",
            **({} if number % 3 == 2 else {"data": [{"comment": {"timestamp": seconds(number), "comment": "schön", "author": "Zoë", "group": "Garden"}}]}),
        }
        for number in range(count)
    ]  # fmt: skip
    return {"comments_v2": comments}


def instagram_posts(count: int, *, from_facebook: bool = False) -> list[object]:
    source = {"cross_post_source": {"source_app": "FB"}} if from_facebook else {}
    return [
        {
            "media": [
                {
                    "uri": f"media/posts/2019/{number}.jpg",
                    "creation_timestamp": seconds(number),
                    "title": "☕",
                    **source,
                }
            ],
            **({"title": "two", "creation_timestamp": seconds(number)} if number % 2 else {}),
        }
        for number in range(count)
    ]


def instagram_comments(count: int, language: str = "en") -> list[object]:
    return [
        {
            "media_list_data": [{"uri": ""}],
            "string_map_data": {
                "Comment": {"value": "schön"},
                "Media Owner": {"value": "cy.example"},
                LANGUAGES[language].time: {"timestamp": seconds(number)},
            },
        }
        for number in range(count)
    ]


# what-if-horizon/what-if-data-donation fe2cc91a, structure_donations/: in 4 of 23 downloads of Instagram
def threads_posts(posts: int, replies: int | None) -> object:
    def record(number: int, *, is_reply: bool) -> object:
        kind = {} if replies is None else {"text_app_post": {"is_reply": is_reply}}
        return {"media": [{"uri": "", "creation_timestamp": seconds(number), "title": "☕", **kind}]}

    records = [record(number, is_reply=False) for number in range(posts)]
    records += [record(number, is_reply=True) for number in range(replies or 0)]
    return {"text_post_app_text_posts": records}


# what-if-horizon/what-if-data-donation fe2cc91a, structure_donations/: ai_conversations.json, in 1 of 11 downloads of Facebook; its labels are masked there
def ai_message(day: int, author: str, text: str, *, language: str = "en") -> dict[str, object]:
    """A message as in the conversations of 2025: thirteen rows, of which two have a value and the last only a time."""
    empty: list[dict[str, object]] = [{"label": f"{language} {number}"} for number in range(10)]
    return {
        "title": "",
        "dict": [
            *empty[:4],
            {"label": "?1", "value": text},
            *empty[4:8],
            {"label": "?2", "value": author},
            *empty[8:],
            {"timestamp_value": seconds(day)},
        ],
    }


def ai_conversation(*messages: object, day: int = 0) -> dict[str, object]:
    return {
        "title": "Garden",
        "timestamp": seconds(day),
        "label_values": [
            {"label": "?3", "value": "Garden"},
            {"title": "?4", "dict": bare_if_one(messages) if messages else []},
        ],
        "fbid": "1",
    }


def message_thread(*senders: str, participants: Sequence[str] | None = None, first_day: int = 0) -> object:
    """A thread; without `participants` those who write are meant."""
    people = list(dict.fromkeys(senders)) if participants is None else participants
    return {
        "participants": [{"name": name} for name in people],
        "messages": [
            {"sender_name": sender, "timestamp_ms": seconds(first_day + day) * 1000, "content": "schön", "ai_stickers": []}
            for day, sender in enumerate(senders)
        ],
        "title": "Meta AI",
        "thread_path": "inbox/metaai_1",
    }  # fmt: skip


# Classes of pages as in six public readers since about 2022; the pages of the AI app: ALEAPP plug-in of S. Panta, 2026
def page(*blocks: str, title: str = "Your posts") -> bytes:
    """A page as of a download in HTML."""
    return (
        f'<html><head><title>{title}</title><style>._a6-g{{color:red}} a<b</style></head><body class="_5vb_">'
        f'<div class="clearfix"><h1>{title}</h1></div><div class="_a706" role="main">{"".join(blocks)}</div>'
        "</body></html>"
    ).encode()


def block(heading: str, body: str, time: str) -> str:
    return (
        '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">'
        f'<h2 class="_2ph_ _a6-h _a6-i">{html.escape(heading)}</h2>'
        f'<div class="_2ph_ _a6-p"><div>{html.escape(body)}</div></div>'
        f'<footer class="_a6-o"><div class="_3-94 _a6-o">{html.escape(time)}</div></footer></div>'
    )


def rows(values: Mapping[str, str], *, is_nested: bool = False) -> str:
    """A block with a table of labels and values, in one of its two forms."""
    cells = "".join(
        f'<tr><td colspan="2" class="_2pin _a6_q">{html.escape(label)}<div><div>{_entities(value)}</div></div></td></tr>'
        if is_nested
        else f'<tr><td class="_a6_q">{html.escape(label)}</td><td class="_2piu _a6_r">{_entities(value)}</td></tr>'
        for label, value in values.items()
    )
    return f'<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><table>{cells}</table></div>'


def _entities(value: str) -> str:
    return html.escape(value).replace("@", "&#064;")


FACEBOOK_ROOTS = {2022: "", 2023: "your_activity_across_facebook/", 2024: "your_facebook_activity/"}
INSTAGRAM_ROOTS = {2022: "", 2023: "your_instagram_activity/", 2024: "your_instagram_activity/"}


def facebook_export(year: int = 2026, person: Person = ZOE, *, posts: int = 4, comments: int = 3) -> Files:
    """A download of Facebook in JSON as of a year."""
    root = FACEBOOK_ROOTS[min(year, 2024)]
    profile = "profile_information/" if year < 2023 else "personal_information/profile_information/"
    posts_name = "your_posts_1" if year < 2023 else "your_posts__check_ins__photos_and_videos_1"
    return {
        f"{profile}profile_information.json": meta_json(facebook_profile(person)),
        f"{root}posts/{posts_name}.json": meta_json(bare_if_one(facebook_posts(posts)) if posts else []),
        f"{root}comments_and_reactions/comments.json": meta_json(facebook_comments(comments)),
    }


def instagram_export(
    year: int = 2026, person: Person = ZOE, language: str = "en", *, posts: int = 4, comments: int = 3
) -> Files:
    """A download of Instagram in JSON as of a year."""
    root = INSTAGRAM_ROOTS[min(year, 2024)]
    profile = {2022: "account_information/", 2023: "personal_information/"}.get(
        year, "personal_information/personal_information/"
    )
    sign_up_folder = "login_and_account_creation/" if year < 2023 else "login_and_profile_creation/"
    sign_up_name = "signup_information" if year < 2023 else "signup_details"
    security = "" if year < 2023 else "security_and_login_information/"
    media = "media" if year >= 2025 else "content"
    comments_name = "post_comments" if year < 2023 else "post_comments_1"
    return {
        f"{profile}personal_information.json": meta_json(instagram_profile(person, language)),
        f"{security}{sign_up_folder}{sign_up_name}.json": meta_json(sign_up(person, language)),
        f"{root}{media}/posts_1.json": meta_json(bare_if_one(instagram_posts(posts)) if posts else []),
        f"{root}comments/{comments_name}.json": meta_json(
            bare_if_one(instagram_comments(comments, language)) if comments else []
        ),
    }


def write_zip(path: Path, files: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Pack a download."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def write_folder(path: Path, files: Mapping[str, bytes]) -> Path:
    """Unpack a download."""
    for name, data in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return path
