"""How personal data is written: a pattern for each kind, and the test a candidate must pass.

Recognisers stand in order: what one has claimed, no later one sees.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

Kind = Literal[
    "column name", "email", "click id", "IBAN", "payment card", "IP address", "phone number"
]

COLUMN_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
        firstname lastname fullname surname givenname familyname maidenname middlename username
        customername contactname recipientname personname
        email emails mail emailaddress mailaddress phone phones phonenumber telephone
        mobilenumber mobilephone cellphone fax faxnumber address addresses street postcode
        postalcode zip zipcode birthdate birthday birthyear dateofbirth yearofbirth dob iban
        accountnumber cardnumber creditcard passport passportnumber ssn socialsecuritynumber
        ip ipaddress latitude longitude gender
        vorname nachname familienname geburtsname kundenname benutzername
        mailadresse telefon telefonnummer handy handynummer mobilnummer rufnummer faxnummer
        anschrift adresse strasse hausnummer plz postleitzahl geburtsdatum geburtstag
        geburtsjahr kontonummer kartennummer ausweisnummer personalausweis versichertennummer
        sozialversicherungsnummer geschlecht breitengrad längengrad
        nickname login salutation birthplace nationality religion taxid licenseplate
        clientip userip remoteaddr ipaddr
        anrede spitzname geburtsort nationalität staatsangehörigkeit religionszugehörigkeit
        steuernummer steuerid kennzeichen unterschrift
        """,
    )
)

ID_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
        userid userpseudoid anonymousid visitorid clientid cookieid deviceid advertisingid idfa gaid
        accountid customerid customernumber contactid recordid personid memberid loyaltyid
        externalreference sessionid visitid
        kundennummer kundenid besuchernummer mitgliedsnummer kontaktid
        """,
    )
)
"""Names of columns whose ids lead to one person or one device."""


@dataclass(frozen=True)
class Recogniser:
    kind: Kind
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = bool


def _is_no_file(address: str) -> bool:
    return not re.search(r"\.(png|jpe?g|gif|svg|webp|css|js)$", address, re.IGNORECASE)


def _has_mod_97(iban: str) -> bool:
    """ISO 13616: the first four moved to the end, letters as 10 to 35, leave 1 modulo 97."""
    compact = iban.replace(" ", "")
    digits = "".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])
    return 15 <= len(compact) <= 34 and int(digits) % 97 == 1


def _is_card(number: str) -> bool:
    """A known network, and ISO/IEC 7812: every second digit doubled, the digits add to tens."""
    digits = re.sub(r"\D", "", number)
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return bool(_NETWORKS.fullmatch(digits)) and sum(sum(divmod(n, 10)) for n in doubled) % 10 == 0


def _is_outside_address(address: str) -> bool:
    """No machine ends in `.0.0.0`, but the versions of browsers do."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return not (ip.is_unspecified or ip.is_loopback or address.endswith(".0.0.0"))


def _has_phone_length(number: str) -> bool:
    """ITU-T E.164: at most 15 digits. Fewer than 9 are more often something else."""
    return 9 <= sum(letter.isdigit() for letter in number) <= 15


_CLICK_IDS = (
    "fbclid|gclid|gbraid|wbraid|dclid|msclkid|ttclid|twclid|li_fat_id|yclid|ysclid|igshid|igsh"
    "|mc_eid|_hsenc|_hsmi|__hstc|__hssc|__hsfp|mkt_tok|epik|sccid|rdt_cid|qclid|irclickid|cjevent"
    "|awc|tduid|zanpid|ef_id|_kx|vero_id|oly_enc_id|oly_anon_id|wickedid|_ga|_gl"
)
_NETWORKS = re.compile(
    r"4\d{12}(\d{3}){0,2}|5[1-5]\d{14}|2[2-7]\d{14}|6(011|5\d\d)\d{12}"
    r"|3[47]\d{13}|3(0[0-5]|[68]\d)\d{11}"
)
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_VERSION_4 = rf"(?<![\w.-])(?<!ersion )(?:{_OCTET}\.){{3}}{_OCTET}(?![\w-]|\.\d)"
_VERSION_6 = r"(?<![\w:])(?=[A-Fa-f:]*\d)(?:[0-9A-Fa-f]{0,4}:){3,7}[0-9A-Fa-f]{0,4}(?![\w:])"
_INTERNATIONAL = r"\+[1-9]\d{0,2}(?:[ ./-]{0,2}\(?\d{1,5}\)?){2,6}"
_DIALLED_ABROAD = r"00(?:49|43|41)[1-9]\d{7,11}|00[1-9]\d{0,2}[ /-](?:[ /-]?\d{2,5}){2,6}"
_GERMAN = r"\(?0[1-9]\d{1,4}\)?[ /-]{1,3}\d{3,8}(?:[ -]\d{2,8}){0,2}|01[5-7]\d{8,9}"
_FRENCH = r"0[1-9](?P<gap>[ .-])\d\d(?:(?P=gap)\d\d){3}"
_BRACKETED = r"\([2-9]\d\d\) ?[2-9]\d\d-\d{4}"
_NUMBERED = r"(?:1[ .-])?[2-9]\d\d(?P<dash>[.-])[2-9]\d\d(?P=dash)\d{4}"
_AT = r"(?:@|%(?:25)*40)"

MAY_HOLD_SOME = (
    r"\S(?:@|%(?:25)*40)\S+\.\S"
    rf"|(?i:[?&#;](?:{_CLICK_IDS})=)"
    r"|[A-Z][A-Z][0-9][0-9] ?[A-Z0-9]{4}"
    r"|(?:^|[^\w.-])(?:[0-9](?:[ -]?[0-9]){12}|(?:[0-9]{1,3}\.){3}[0-9])"
    r"|(?:[0-9A-Fa-f]{0,4}:){3}"
    r"|(?:^|[^\w.,+-])(?:\+[1-9][0-9 ()./-]{6}|00[1-9]|01[5-7][0-9]{8}"
    r"|0[1-9][ .-][0-9][0-9][ .-]|\(?0[1-9][0-9]{1,4}\)?[ /-]"
    r"|\([2-9][0-9][0-9]\) ?[2-9]|(?:1[ .-])?[2-9][0-9][0-9][.-][2-9][0-9][0-9][.-])"
)
"""What every find below has in it, for `re` and for Arrow: a look at many texts that hold nothing.

Arrow knows no look around a place.
"""

RECOGNISERS = (
    Recogniser("click id", re.compile(rf"(?<=[?&#;])(?i:{_CLICK_IDS})=[\w.*~%-]{{6,}}")),
    Recogniser(
        "email",
        re.compile(rf"(?<![\w.+-])[\w.+-]+{_AT}(?:[\w-]+\.)+[^\W\d_]{{2,}}"),
        _is_no_file,
    ),
    Recogniser(
        "IBAN",
        re.compile(r"\b[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b"),
        _has_mod_97,
    ),
    Recogniser(
        "payment card",
        re.compile(r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)"),
        _is_card,
    ),
    Recogniser("IP address", re.compile(f"{_VERSION_4}|{_VERSION_6}"), _is_outside_address),
    Recogniser(
        "phone number",
        re.compile(
            rf"(?<![\w.,+-])(?<!\d )(?:{_INTERNATIONAL}|(?<!/)(?:{_DIALLED_ABROAD}|{_GERMAN}"
            rf"|{_FRENCH}|{_NUMBERED})|{_BRACKETED})"
            r"(?![\w-]|[.,/]\d)"
        ),
        _has_phone_length,
    ),
)
