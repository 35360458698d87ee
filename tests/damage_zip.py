"""Damage to ZIP packages: the container, the members, and the XML in them."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from random import Random

from damage_bytes import ANY, NUMBERS, Change, attribute_changed, inserted, nulls, tag_renamed

Member = tuple[zipfile.ZipInfo, bytes]
_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_SIZES = (0, 1, 1000, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF)
_TARGETS = (
    "",
    "/",
    ".",
    "../../../../etc/passwd",
    "document.xml",
    "header1.xml",
    "/word/document.xml",
    "%00",
    "a\\b",
    "x" * 5000,
    "file:///etc/passwd",
    "_rels/document.xml.rels",
)


def unpacked(data: bytes) -> list[Member]:
    """The members of a package; empty when earlier damage made it none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(one, archive.read(one)) for one in archive.infolist()]
    except Exception:  # noqa: BLE001 - whatever is wrong with it: it is damaged already
        return []


def packed(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of these members; the same name may come twice."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w", method, compresslevel=1) as archive:
        warnings.simplefilter("ignore")
        for name, content in members:
            kind = zipfile.ZIP_STORED if name == "mimetype" else method
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, kind)
    return made.getvalue()


def _named(data: bytes) -> list[tuple[str, bytes]]:
    return [(info.filename, content) for info, content in unpacked(data)]


def members_swapped(random: Random, data: bytes) -> bytes:
    members = _named(data)
    if len(members) < 2:
        return data
    a, b = random.sample(range(len(members)), 2)
    members[a], members[b] = (members[a][0], members[b][1]), (members[b][0], members[a][1])
    return packed(members)


def member_removed(random: Random, data: bytes) -> bytes:
    members = _named(data)
    if members:
        del members[random.randrange(len(members))]
    return packed(members)


def member_renamed(random: Random, data: bytes) -> bytes:
    members = _named(data)
    if members:
        at = random.randrange(len(members))
        name = members[at][0]
        new = random.choice(
            (
                name.upper(),
                "../" + name,
                "/" + name,
                "C:\\" + name,
                name.replace("/", "\\"),
                "x",
                name + "/",
                "",
            )
        )
        members[at] = (new, members[at][1])
    return packed(members)


def member_twice(random: Random, data: bytes) -> bytes:
    members = _named(data)
    if members:
        members.insert(random.randrange(len(members)), random.choice(members))
    return packed(members)


def member_damaged(random: Random, data: bytes) -> bytes:
    """The package is sound, a member of it is not."""
    members = _named(data)
    if members:
        at = random.randrange(len(members))
        content = members[at][1]
        members[at] = (members[at][0], random.choice(ANY)(random, content) if content else b"\0")
    return packed(members)


def _header(random: Random, data: bytes, signature: bytes, fields: dict[int, str]) -> bytes:
    """One of the headers with this signature with one of the fields (offset: struct format) set."""
    places = [match.start() for match in re.finditer(re.escape(signature), data)]
    changed = bytearray(data)
    if places:
        offset, form = random.choice(list(fields.items()))
        at = random.choice(places) + offset
        size = struct.calcsize(form)
        value = random.choice((*_SIZES, random.getrandbits(32))) & (256**size - 1)
        if at + size <= len(changed):
            struct.pack_into(form, changed, at, value)
    return bytes(changed)


def sizes_wrong(random: Random, data: bytes) -> bytes:
    if random.random() < 0.3:
        return _header(random, data, _LOCAL, {18: "<L", 22: "<L"})
    return _header(random, data, _CENTRAL, {20: "<L", 24: "<L"})


def checksum_wrong(random: Random, data: bytes) -> bytes:
    return _header(random, data, _CENTRAL, {16: "<L"})


def header_field_wrong(random: Random, data: bytes) -> bytes:
    """Version, flags (encryption among them), method, time, lengths of name and extra field."""
    if random.random() < 0.4:
        return _header(random, data, _LOCAL, dict.fromkeys((4, 6, 8, 10, 26, 28), "<H"))
    return _header(random, data, _CENTRAL, dict.fromkeys((6, 8, 10, 12, 14, 28, 30, 32, 34), "<H"))


def method_unknown(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    method = random.choice((1, 6, 9, 12, 14, 93, 97, 98, 99, 255))
    for signature, offset in ((_LOCAL, 8), (_CENTRAL, 10)):
        for match in re.finditer(re.escape(signature), data):
            if match.start() + offset + 2 <= len(data):
                struct.pack_into("<H", changed, match.start() + offset, method)
    return bytes(changed)


def directory_misplaced(random: Random, data: bytes) -> bytes:
    if random.random() < 0.3:
        return _header(random, data, _CENTRAL, {42: "<L"})
    return _header(random, data, _END, {4: "<H", 8: "<H", 10: "<H", 12: "<L", 16: "<L", 20: "<H"})


# XML inside a member.


def _xml(random: Random, data: bytes, change: Change, wanted: str = r"\.(xml|rels)$") -> bytes:
    members = _named(data)
    fitting = [at for at, (name, _) in enumerate(members) if re.search(wanted, name.lower())]
    if not fitting:
        return data
    at = random.choices(fitting, [1 + len(members[one][1]) ** 0.5 for one in fitting])[0]
    members[at] = (members[at][0], change(random, members[at][1]))
    return packed(members)


def xml_tag_renamed(random: Random, data: bytes) -> bytes:
    return _xml(random, data, tag_renamed)


def xml_attribute_changed(random: Random, data: bytes) -> bytes:
    return _xml(random, data, attribute_changed)


def xml_text_changed(random: Random, data: bytes) -> bytes:
    def change(random: Random, xml: bytes) -> bytes:
        texts = list(re.finditer(rb">([^<>]+)<", xml))
        if not texts:
            return xml
        chosen = random.choice(texts)
        new = random.choice((*NUMBERS, "\u202e", "\u2028", "&#x85;", "&#xD;", "&#9;")).encode()
        return xml[: chosen.start(1)] + new + xml[chosen.end(1) :]

    return _xml(random, data, change)


def xml_nested(random: Random, data: bytes) -> bytes:
    """Elements in themselves, also just below the depth at which the parser gives up (256)."""

    def change(random: Random, xml: bytes) -> bytes:
        tags = list(re.finditer(rb"<([A-Za-z][\w:.-]*)[^<>]*(?<!/)>", xml))
        if not tags:
            return xml
        chain = b"".join(b"<%s>" % one[1] for one in random.choices(tags, k=random.randint(1, 3)))
        ends = b"".join(b"</%s>" % one for one in reversed(re.findall(rb"<([^>]+)>", chain)))
        depth = random.choice((60, 200, 5000)) // chain.count(b"<")
        at = random.choice(tags).start()
        nested = chain * depth + "12人".encode() + ends * depth
        return xml[:at] + nested + xml[at:]

    return _xml(random, data, change)


def xml_long_text(random: Random, data: bytes) -> bytes:
    def change(random: Random, xml: bytes) -> bytes:
        texts = [match.end() - 1 for match in re.finditer(rb">[^<>]+<", xml)] or [0]
        at = random.choice(texts)
        return xml[:at] + random.choice((b"1", b"X", "占".encode(), b" ")) * 3_400_000 + xml[at:]

    return _xml(random, data, change)


def xml_dtd(random: Random, data: bytes) -> bytes:
    def change(random: Random, xml: bytes) -> bytes:
        head = re.match(rb"\s*(?:<\?xml[^>]*\?>)?", xml)
        at = head.end() if head else 0
        entity = random.choice((b'"ab"', b'SYSTEM "file:///etc/passwd"', b'PUBLIC "x" "http://localhost:9/"'))
        dtd = b"<!DOCTYPE x [<!ENTITY a %s><!ENTITY %% p 'x'>]>" % entity
        body = xml[at:]
        texts = [match.end() - 1 for match in re.finditer(rb">[^<>]+<", body)]
        if texts:
            here = random.choice(texts)
            body = body[:here] + b"&a;" + body[here:]
        return xml[:at] + dtd + body

    return _xml(random, data, change)


def xml_nulls(random: Random, data: bytes) -> bytes:
    return _xml(random, data, nulls)


def xml_encoding_wrong(random: Random, data: bytes) -> bytes:
    def change(random: Random, xml: bytes) -> bytes:
        name = random.choice((b"utf-16", b"gbk", b"nix", b"", b"ascii", b"utf-7", b"cp037"))
        head = b'<?xml version="1.0" encoding="%s"?>' % name
        return head + re.sub(rb"^\s*<\?xml[^>]*\?>", b"", xml)

    return _xml(random, data, change)


def xml_element_moved(random: Random, data: bytes) -> bytes:
    """A well-formed part whose elements are missing, doubled, or where they do not belong."""

    def change(random: Random, xml: bytes) -> bytes:
        from lxml import etree

        try:
            root = etree.fromstring(xml)
        except etree.XMLSyntaxError:
            return xml
        for _ in range(random.choice((1, 5))):
            inner = [one for one in root.iter() if one.getparent() is not None]
            if not inner:
                break
            chosen, place = random.choice(inner), random.choice(inner)
            parent = chosen.getparent()
            parent.remove(chosen)
            within = [chosen, *chosen.iter()]
            if random.random() < 0.6 and place not in within:
                place.insert(random.randrange(len(place) + 1), chosen)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    return _xml(random, data, change)


def xml_attribute_removed(random: Random, data: bytes) -> bytes:
    def change(random: Random, xml: bytes) -> bytes:
        found = list(re.finditer(rb"\s(?!xmlns)[\w:.-]+=\"[^\"]*\"", xml))
        if not found:
            return xml
        chosen = random.choice(found)
        return xml[: chosen.start()] + xml[chosen.end() :]

    return _xml(random, data, change)


def xml_many_elements(random: Random, data: bytes) -> bytes:
    def change(random: Random, xml: bytes) -> bytes:
        found = list(re.finditer(rb"<([\w:.-]+)(?:\s[^<>]*)?(?:/>|>[^<>]*</\1>)", xml))
        return inserted_after(random.choice(found), xml) if found else xml

    def inserted_after(chosen: re.Match[bytes], xml: bytes) -> bytes:
        return (
            xml[: chosen.end()] + chosen[0] * min(20_000, 4_000_000 // len(chosen[0])) + xml[chosen.end() :]
        )

    return _xml(random, data, change)


def relation_astray(random: Random, data: bytes) -> bytes:
    def change(random: Random, xml: bytes) -> bytes:
        found = list(re.finditer(rb'(?:Target|Id|Type)="([^"]*)"', xml))
        if not found:
            return inserted(random, xml, b"<Relationship/>")
        chosen = random.choice(found)
        new = random.choice((*(one.encode() for one in _TARGETS), random.choice(found)[1]))
        return xml[: chosen.start(1)] + new + xml[chosen.end(1) :]

    return _xml(random, data, change, r"\.rels$|manifest\.xml$|ofd\.xml$|document\.xml$")


ZIP: tuple[Change, ...] = (
    members_swapped,
    member_removed,
    member_renamed,
    member_twice,
    member_damaged,
    sizes_wrong,
    checksum_wrong,
    header_field_wrong,
    method_unknown,
    directory_misplaced,
    xml_tag_renamed,
    xml_attribute_changed,
    xml_attribute_removed,
    xml_text_changed,
    xml_element_moved,
    xml_nested,
    xml_long_text,
    xml_many_elements,
    xml_dtd,
    xml_nulls,
    xml_encoding_wrong,
    relation_astray,
)
SLOW: tuple[Change, ...] = (xml_long_text, xml_many_elements)
