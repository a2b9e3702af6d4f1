"""Pages for people without an account: appointments and their passes, the badge of a member of staff, the board of a hall.

They are written by the server and need no script to be read; nothing is stored in the browser, no cookie, no local storage.
"""
