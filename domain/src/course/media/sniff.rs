//! What the bytes of media say of themselves.

use super::MediaKind;

/// Whether the bytes are what the name promises.
pub(in crate::course) fn matches(kind: MediaKind, bytes: &[u8]) -> bool {
    match kind {
        MediaKind::Svg => std::str::from_utf8(bytes).is_ok_and(|text| text.contains("<svg")),
        MediaKind::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        MediaKind::Jpeg => bytes.starts_with(&[0xFF, 0xD8, 0xFF]),
        MediaKind::Webp => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        MediaKind::Mp4 => bytes.get(4..8) == Some(b"ftyp"),
        // An ID3v2 tag, or the synchronisation of a first frame (ISO/IEC 11172-3, 2.4.1.3).
        MediaKind::Mp3 => {
            bytes.starts_with(b"ID3")
                || bytes.first() == Some(&0xFF) && bytes.get(1).is_some_and(|it| it & 0xE0 == 0xE0)
        }
        MediaKind::Ogg => bytes.starts_with(b"OggS"),
        MediaKind::M4a => bytes.get(4..8) == Some(b"ftyp"),
        MediaKind::Webm => bytes.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]),
        MediaKind::Vtt => std::str::from_utf8(bytes)
            .is_ok_and(|text| text.strip_prefix('\u{FEFF}').unwrap_or(text).starts_with("WEBVTT")),
    }
}

/// Width and height, where the bytes say so.
pub(in crate::course) fn pixels(kind: MediaKind, bytes: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    match kind {
        MediaKind::Png => Some((number(16)?, number(20)?)),
        MediaKind::Jpeg => jpeg(bytes),
        MediaKind::Webp => webp(bytes),
        MediaKind::Svg => svg(std::str::from_utf8(bytes).ok()?),
        _ => None,
    }
    .filter(|(width, height)| (1..=100_000).contains(width) && (1..=100_000).contains(height))
}

/// The frame header: the first marker SOF0 to SOF15 that is not a table (ITU T.81, B.2.2).
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let marker = *bytes.get(at + 1)?;
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let length = usize::from(u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?));
        if (0xC0..=0xCF).contains(&marker) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let height = u16::from_be_bytes(bytes.get(at + 5..at + 7)?.try_into().ok()?);
            let width = u16::from_be_bytes(bytes.get(at + 7..at + 9)?.try_into().ok()?);
            return Some((width.into(), height.into()));
        }
        at += 2 + length.max(2);
    }
}

/// The three forms of RFC 9649, section 2.
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let byte = |at: usize| bytes.get(at).copied().map(u32::from);
    match bytes.get(12..16)? {
        b"VP8X" => {
            let three = |at: usize| Some(byte(at)? | byte(at + 1)? << 8 | byte(at + 2)? << 16);
            Some((three(24)? + 1, three(27)? + 1))
        }
        b"VP8L" => {
            let bits = byte(21)? | byte(22)? << 8 | byte(23)? << 16 | byte(24)? << 24;
            Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        }
        b"VP8 " => {
            let two = |at: usize| Some((byte(at)? | byte(at + 1)? << 8) & 0x3FFF);
            Some((two(26)?, two(28)?))
        }
        _ => None,
    }
}

/// The root's width and height, else its view box.
fn svg(text: &str) -> Option<(u32, u32)> {
    let root = text.split_once("<svg")?.1.split_once('>')?.0;
    let attribute = |name: &str| {
        let rest = root.split_once(&format!(" {name}=")).or_else(|| root.split_once(&format!("\n{name}=")))?.1;
        let quote = rest.chars().next().filter(|c| "\"'".contains(*c))?;
        rest[1..].split(quote).next()
    };
    let whole = |text: &str| {
        let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (1.0..=1e5).contains(&number).then(|| number.round() as u32)
    };
    if let (Some(width), Some(height)) = (attribute("width").and_then(whole), attribute("height").and_then(whole)) {
        return Some((width, height));
    }
    let mut numbers = attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
    Some((whole(numbers.next()?)?, whole(numbers.next()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_the_bytes() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 2, 128, 0, 0, 1, 224]);
        assert_eq!(pixels(MediaKind::Png, &png), Some((640, 480)));
        let jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC2, 0, 11, 8, 1, 224, 2, 128, 1];
        assert_eq!(pixels(MediaKind::Jpeg, &jpeg), Some((640, 480)));
        let mut webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
        webp.extend([0x7F, 2, 0, 0xDF, 1, 0]);
        assert_eq!(pixels(MediaKind::Webp, &webp), Some((640, 480)));
        for (svg, size) in [
            ("<svg width=\"640\" height='480px' viewBox=\"0 0 1 1\">", Some((640, 480))),
            ("<?xml?><svg xmlns='x' viewBox='0 0 640 480'>", Some((640, 480))),
            ("<svg viewBox='0,0,640.4,479.6'>", Some((640, 480))),
            ("<svg width='100%' height='100%'>", None),
            ("<svg viewBox='0 0 -5 9'>", None),
            ("<svg", None),
        ] {
            assert_eq!(pixels(MediaKind::Svg, svg.as_bytes()), size, "{svg}");
        }
        for kind in MediaKind::ALL {
            for length in 0..30 {
                assert_eq!(pixels(kind, &vec![0xFF; length]), None, "{kind:?} {length}");
            }
        }
    }

    #[test]
    fn bytes_must_be_what_the_name_promises() {
        assert!(matches(MediaKind::Vtt, b"WEBVTT\n") && !matches(MediaKind::Vtt, b"1\n00:00"));
        assert!(!matches(MediaKind::Png, b"<svg></svg>") && matches(MediaKind::Svg, b"<svg></svg>"));
        assert!(matches(MediaKind::Mp3, b"ID3\x04") && matches(MediaKind::Mp3, &[0xFF, 0xFB, 0x90]));
        assert!(!matches(MediaKind::Mp3, b"OggS") && matches(MediaKind::Ogg, b"OggS"));
        assert!(matches(MediaKind::Mp4, b"\0\0\0\x18ftypmp42") && !matches(MediaKind::Webm, b"\0\0"));
    }
}
