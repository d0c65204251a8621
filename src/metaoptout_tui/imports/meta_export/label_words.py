"""The words of labels in the languages of accounts, and what is needed to compare with them.

Meta writes labels in the account's language. Most languages share their words for these few things, or their roots.
"""

import re
import unicodedata

_MAX_LABEL_CHARACTERS = 200


def cure_mojibake(value: str) -> str:
    """The text that was meant: Meta writes each byte of UTF-8 as a character of its own. Right text stays."""
    if value.isascii():
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


_COMBINING = re.compile("[\u0300-\u036f]")


def folded_label(label: str) -> str:
    """A label without capitals, accents and marks around it, for comparing."""
    plain = _COMBINING.sub("", unicodedata.normalize("NFKD", cure_mojibake(label[:_MAX_LABEL_CHARACTERS])))
    return plain.casefold().replace("’", "'").replace("_", " ").strip(" :.")


def _folded(*words: str) -> tuple[str, ...]:
    return tuple(map(folded_label, words))


PREVIOUS = _folded(
    "previous", "former", "old e", "fruher", "vorherig", "ehemalig", "alte e", "precedent", "ancien", "anterior",
    "precedenti", "eerdere", "vorige", "poprzedni", "tidigare", "tidligere", "aiemm", "predchoz", "korabbi", "onceki",
    "преды", "попередн", "προηγ",
)  # fmt: skip
"""Parts of labels of an address that was the account's before."""
PRIVATE = _folded(
    "priv", "pryw", "yksityi", "soukrom", "sukrom", "ιδιωτ", "частн", "частен", "закрыт", "приват", "личен", "gizli", "zaseb",
    "rieng tu", "ส่วนตัว", "פרטי", "priob", "私密", "非公開", "不公开", "비공개", "خاص", "निजी",
)  # fmt: skip
"""Parts of labels that say whether a profile is private."""
PHONE = _folded(
    "phone", "telefon", "telephone", "téléphone", "puhelin", "τηλεφ", "телефон", "mobil", "handy", "numero", "电话",
    "手机", "電話", "전화", "هاتف", "फ़ोन",
)  # fmt: skip
"""Parts of labels of telephone numbers."""
USERNAMES = frozenset(
    _folded(
        "username", "user name", "benutzername", "nom d'utilisateur", "nom dutilisateur", "nombre de usuario",
        "nome utente", "gebruikersnaam", "nome de usuario", "nome de utilizador", "nazwa uzytkownika",
        "nume de utilizator", "anvandarnamn", "brugernavn", "brukernavn", "kayttajanimi", "kayttajatunnus",
        "uzivatelske jmeno", "pouzivatelske meno", "felhasznalonev", "ονομα χρηστη", "потребителско име",
        "korisnicko ime", "uporabnisko ime", "naudotojo vardas", "vartotojo vardas", "lietotajvards", "kasutajanimi",
        "kullanıcı adı", "kullanici adi", "имя пользователя", "ім'я користувача", "імя користувача", "用户名",
        "用戶名稱", "使用者名稱", "ユーザーネーム", "사용자 이름", "اسم المستخدم",
    )
)  # fmt: skip
"""Labels of user names."""
NAMES = frozenset(
    _folded(
        "name", "full name", "nom", "nom complet", "nombre", "nombre completo", "nome", "nome completo", "naam",
        "volledige naam", "vollstandiger name", "imie i nazwisko", "nazwa", "nume", "numele", "namn", "navn", "nimi",
        "jmeno", "meno", "nev", "ονομα", "име", "ime", "vardas", "vards", "ad", "adı", "isim", "имя", "ім'я", "імя",
        "姓名", "名字", "名称", "名前", "이름", "الاسم",
    )
)  # fmt: skip
"""Labels of names."""
