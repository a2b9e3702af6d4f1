"""Passwords of eight characters and more that are tried first: words of keyboards, calendars and this product."""

from __future__ import annotations

from typing import Final

_WORDS: Final = """
12345678 123456789 1234567890 87654321 987654321 0987654321 11223344 12341234 123123123 12344321 147258369 741852963 789456123
1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qazxsw2 q1w2e3r4 zaq12wsx qazwsxedc qwertyui qwertyuiop qwer1234 qwerty12 qwerty123 asdfghjk
asdfghjkl asdf1234 zxcvbnm1 zxcvbnm123 password passw0rd p@ssw0rd p@ssword administrator administrador adminadmin admin123
admin1234 admin12345 rootroot letmein1 letmein123 welcome1 welcome123 iloveyou sunshine princess football baseball superman
starwars michelle jennifer computer internet whatever trustno1 changeme changeit default1 security access14 monkey123 dragon123
master123 abc12345 abcd1234 a1b2c3d4 aa123456 a12345678 a123456789 5201314a woaini520 woaini1314 woaini123 1314520a 5201314520
wang1234 zhang123 test1234 testtest guest123 user1234 hello123 menshen1 menshen123 menshenmenshen doorgods temperature
thermometer guardguard guard123 guard1234 hospital
"""
COMMON: Final = frozenset(_WORDS.split())
