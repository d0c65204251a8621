"""The files of a record and what lies beside them: people's folders, kept versions, backups, exports, leftovers."""
