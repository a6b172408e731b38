"""The stored form: tables, indexes and views, a file for each step; a public interface, see `supportq sql --schema`.

Every file holds the `SCRIPT` of one step; `store.migrations` says in which order they are taken.
"""
