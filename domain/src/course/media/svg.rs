//! Whether a drawing could run or fetch something. Drawings are served as files of their own with a policy that forbids
//! both; this is the first line of defence. It reads XML as browsers do: prefixes, references and escapes hide nothing.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event, attributes::Attribute},
};

/// Elements that run code, hold other markup, or are there to load something.
const ELEMENTS: [(&str, &str); 13] = [
    ("script", "a script"),
    ("handler", "a script"),
    ("listener", "a script"),
    ("foreignobject", "foreign markup"),
    ("iframe", "a frame"),
    ("object", "foreign markup"),
    ("embed", "foreign markup"),
    ("link", OUTSIDE),
    ("meta", "foreign markup"),
    ("base", OUTSIDE),
    ("audio", "sound"),
    ("video", "a film"),
    ("canvas", "foreign markup"),
];
/// Attributes whose value is an address, or may become one.
const ADDRESSES: [&str; 9] = ["href", "src", "action", "formaction", "data", "from", "to", "by", "values"];
const OUTSIDE: &str = "an address outside the drawing";
const SCRIPT: &str = "a script address";

/// What in the drawing could run or fetch something, if anything.
///
/// # Errors
/// Why it is no XML that can be read.
pub(in crate::course) fn danger(bytes: &[u8]) -> Result<Option<&'static str>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not in UTF-8".to_owned())?;
    let mut reader = Reader::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text));
    let (mut depth, mut style) = (0_usize, None);
    loop {
        let event = reader.read_event().map_err(|why| why.to_string())?;
        let found = match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                if matches!(event, Event::Start(_)) {
                    depth += 1;
                    if lower(tag.local_name().into_inner()) == "style" {
                        style = Some(String::new());
                    }
                }
                element(tag)?
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                style.take().and_then(|css: String| of_style(&css))
            }
            Event::Text(text) => {
                add(&mut style, text);
                None
            }
            Event::CData(text) => {
                add(&mut style, text);
                None
            }
            Event::GeneralRef(name) => {
                let sign = name.resolve_char_ref().map_err(|why| why.to_string())?;
                let known = ["lt", "gt", "amp", "apos", "quot"].contains(&&**name);
                if sign.is_none() && !known {
                    return Err(format!("it has an unknown reference `&{};`", &**name));
                }
                add(&mut style, &sign.map(String::from).unwrap_or_default());
                None
            }
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().transpose().map_err(|why| why.to_string())?;
                if encoding.is_some_and(|name| !name.eq_ignore_ascii_case("utf-8")) {
                    return Err("it says that it is not in UTF-8".to_owned());
                }
                None
            }
            Event::DocType(text) => text.contains('[').then_some("an entity"),
            Event::PI(instruction) => lower(instruction.target()).contains("stylesheet").then_some(OUTSIDE),
            Event::Comment(_) => None,
            Event::Eof if depth > 0 => return Err("it ends before all of its elements do".to_owned()),
            Event::Eof => return Ok(None),
        };
        if found.is_some() {
            return Ok(found);
        }
    }
}

fn add(style: &mut Option<String>, text: &str) {
    if let Some(style) = style {
        style.push_str(text);
    }
}

fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

fn element(tag: &BytesStart<'_>) -> Result<Option<&'static str>, String> {
    let name = lower(tag.local_name().into_inner());
    if let Some((_, what)) = ELEMENTS.iter().find(|(known, _)| *known == name) {
        return Ok(Some(what));
    }
    let animation = name.starts_with("animate") || name == "set";
    // Looking for doubles takes time for each pair, and a browser refuses them anyway.
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|why| why.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|why| why.to_string())?;
        if let Some(what) = of_attribute(&attribute, &value, animation) {
            return Ok(Some(what));
        }
    }
    Ok(None)
}

fn of_attribute(attribute: &Attribute<'_>, value: &str, animation: bool) -> Option<&'static str> {
    let whole = lower(attribute.key.into_inner());
    let name = lower(attribute.key.local_name().into_inner());
    // Browsers drop control characters and spaces in addresses.
    let plain: String = value.chars().filter(|sign| !sign.is_whitespace() && !sign.is_control()).collect();
    let plain = lower(&plain);
    if whole == "xmlns" || whole.starts_with("xmlns:") {
        return plain.contains("w3.org/1999/xhtml").then_some("foreign markup");
    }
    if is_handler(&name) {
        return Some("an event handler");
    }
    if animation && name == "attributename" && (plain.ends_with("href") || is_handler(&plain)) {
        return Some("an animated address");
    }
    if whole == "xml:base" {
        return Some(OUTSIDE);
    }
    if plain.contains("javascript:") || plain.contains("vbscript:") {
        return Some(SCRIPT);
    }
    let address = matches!(name.as_str(), "href" | "src" | "action" | "formaction" | "data");
    if address && !is_inside(&plain) || ADDRESSES.contains(&name.as_str()) && plain.contains("://") {
        return Some(OUTSIDE);
    }
    of_style(value)
}

fn is_handler(name: &str) -> bool {
    name.strip_prefix("on").is_some_and(|rest| !rest.is_empty() && rest.chars().all(|sign| sign.is_ascii_alphabetic()))
}

/// Whether an address leads to the drawing itself, or is a picture written out.
fn is_inside(address: &str) -> bool {
    let pictures = ["png", "jpeg", "jpg", "gif", "webp"];
    let picture =
        |rest: &str| pictures.iter().any(|kind| rest.strip_prefix(kind).is_some_and(|it| it.starts_with([';', ','])));
    address.is_empty() || address.starts_with('#') || address.strip_prefix("data:image/").is_some_and(picture)
}

/// What a style, or the value of an attribute that may be one, would fetch.
fn of_style(css: &str) -> Option<&'static str> {
    let css: String = css.chars().filter(|sign| !sign.is_whitespace() && !sign.is_control()).collect();
    let css = lower(&css);
    if css.contains("@import") || css.contains("-moz-binding") || css.contains("image-set(") {
        return Some(OUTSIDE);
    }
    if css.contains("javascript:") || css.contains("expression(") {
        return Some(SCRIPT);
    }
    let addresses = || css.split("url(").skip(1).map(|rest| rest.trim_start_matches(['"', '\'']));
    if addresses().any(|address| !is_inside(address)) {
        return Some(OUTSIDE);
    }
    // An escape could spell any of these; a drawing program writes none in a rule.
    (css.contains('\\') && css.contains([':', '@', '('])).then_some("an escaped style")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_that_only_draw_pass() {
        for good in [
            "<svg><path d='M0 0'/><text font-family='on one'>on= \\ &amp; &#65;</text></svg>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><use href=\"#a\"/><use xlink:href='#a'/></svg>",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg/>",
            "<svg><metadata><rdf:RDF><cc:license rdf:resource='http://creativecommons.org'/></rdf:RDF></metadata></svg>",
            "<svg><style>.a{fill:url(#g);font-family:\"x\"}</style><rect style='fill: url( \"#g\" )'/></svg>",
            "<svg><image href='data:image/png;base64,AAAA'/><animate attributeName='x' from='0' to='9'/></svg>",
            "<svg><desc>a script: javascript is a word</desc></svg>",
        ] {
            assert_eq!(danger(good.as_bytes()), Ok(None), "{good}");
        }
    }

    #[test]
    fn drawings_that_could_act_are_found() {
        for bad in [
            "<svg><SCRIPT>x</SCRIPT></svg>",
            "<svg xmlns:s='http://www.w3.org/2000/svg'><s:script>x</s:script></svg>",
            "<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:foreignObject/></s:svg>",
            "<svg onload=\"x\">",
            "<svg><a\nonclick='x'>",
            "<svg><a href=\"JavaScript:x\">",
            "<svg><a href='java&#x73;cript:x'/></svg>",
            "<svg><a xlink:href=' java&#10;script:x'/></svg>",
            "<svg><a l:href='&#106;avascript:x'/></svg>",
            "<svg><a><animate attributeName='href' values='#a;#b'/></a></svg>",
            "<svg><a><set attributeName='xlink:href' to='#a'/></a></svg>",
            "<svg><set attributeName='x' to='javascript:y'/></svg>",
            "<svg><image href=\"https://x\"/>",
            "<svg><image href='//x'/></svg>",
            "<svg><use href='data:image/svg+xml,x'/></svg>",
            "<svg><rect fill='url(https://x)'/></svg>",
            "<svg><rect style='fill:u\\72l(//x)'/></svg>",
            "<svg><foreignObject/></svg>",
            "<svg><g><h:div xmlns:h='http://www.w3.org/1999/xhtml'/></g></svg>",
            "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>",
            "<svg><style>@import 'x'</style></svg>",
            "<svg><style>@im&#112;ort 'x'</style></svg>",
            "<svg><style><![CDATA[a{fill:url(//x)}]]></style></svg>",
            "<?xml-stylesheet href='x.css'?><svg/>",
            "<svg xml:base='https://x'/>",
        ] {
            assert!(matches!(danger(bad.as_bytes()), Ok(Some(_))), "{bad}");
        }
    }

    #[test]
    fn what_is_no_xml_is_not_taken_for_harmless() {
        let other = "<?xml version='1.0' encoding='iso-2022-jp'?><svg/>";
        for bad in ["<svg", "<svg><g></svg>", "<svg>", "<svg a='&x;'/>", "<svg>&x;</svg>", "<svg a=b/>", other] {
            assert!(danger(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(danger(b"<svg>\xff</svg>").is_err());
    }
}
