"""What does each screen show? One module a screen, with its dialogs beside it."""

from collections.abc import Mapping

SCREEN_CLASSES: Mapping[str, tuple[str, str]] = {
    "account": ("account", "AccountScreen"),
    "authority": ("authority", "AuthorityScreen"),
    "chat-privacy": ("chat_privacy", "ChatPrivacyScreen"),
    "chats": ("chat_scan", "ChooseChatsScreen"),
    "chats-found": ("scan_results", "ScanResultsScreen"),
    "confirm": ("reply", "ReplyScreen"),
    "diary": ("diary", "DiaryScreen"),
    "different": ("difference", "DifferenceScreen"),
    "download": ("meta_export", "ChooseDownloadScreen"),
    "download-found": ("meta_export_findings", "DownloadFindingsScreen"),
    "download-reading": ("meta_export", "DownloadProgressScreen"),
    "earlier": ("earlier_objection", "EarlierObjectionScreen"),
    "edition": ("guidance", "FeedEditionScreen"),
    "export": ("case_export", "CaseExportScreen"),
    "exposure": ("meta_export", "ExposureScreen"),
    "guidance": ("guidance", "GuidanceScreen"),
    "helper": ("helper", "HelperScreen"),
    "help": ("help", "HelpScreen"),
    "hosts": ("guidance", "HostConsentScreen"),
    "identify": ("linked_accounts", "LinkedAccountsScreen"),
    "kept": ("kept", "KeptScreen"),
    "letter": ("letter", "LetterScreen"),
    "letters": ("letters", "LettersScreen"),
    "link": ("dialogs", "LinkScreen"),
    "manual": ("manual", "ManualScreen"),
    "manual-find": ("manual", "FindInManualScreen"),
    "note": ("note", "NoteScreen"),
    "open": ("open_form", "OpenFormScreen"),
    "overview": ("overview", "OverviewScreen"),
    "page": ("watched_page", "WatchedPageScreen"),
    "people": ("people", "PeopleScreen"),
    "periods": ("deadlines", "DeadlinesScreen"),
    "purge": ("purge", "PurgeScreen"),
    "review": ("review", "ReviewScreen"),
    "scan": ("chat_scan", "ScanProgressScreen"),
    "sources": ("sources", "SourcesScreen"),
    "submit": ("submit_form", "SubmitFormScreen"),
    "topic": ("topic", "TopicScreen"),
    "welcome": ("welcome", "WelcomeScreen"),
}
"""The screens that others open, by the id of their commands: module and class.

They are named and not imported, for all of them together take many times as long to load as the first screen.
"""
