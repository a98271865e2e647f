use super::*;
use crate::{canonical::ContentHash, course::MediaKind, facts::Fact};
use proptest::prelude::*;

fn media() -> BTreeMap<String, Media> {
    let medium = |kind, pixels| Media { kind, hash: ContentHash::of(b"x"), size: 1, pixels };
    BTreeMap::from([
        ("media/a.svg".to_owned(), medium(MediaKind::Svg, Some((640, 480)))),
        ("media/film.mp4".to_owned(), medium(MediaKind::Mp4, None)),
        ("media/film.vtt".to_owned(), medium(MediaKind::Vtt, None)),
    ])
}

fn with(facts: &Facts, markdown: &str, inside_line: bool) -> String {
    let media = media();
    let render = Render {
        facts,
        media: &media,
        folder: "first",
        media_prefix: "/media/",
        language: "en",
        link: &|path| (path == "first/other.md").then(|| "/learn/outside/other".to_owned()),
        words: &|word| format!("[{}]", word.code()),
        anchors: true,
    };
    if inside_line { phrase(markdown, &render) } else { html(markdown, &render).html }
}

fn page(markdown: &str) -> String {
    with(&Facts::examples(), markdown, false)
}

#[test]
fn the_usual_things_look_as_they_should() {
    for (markdown, expected) in [
        ("One *two* **three** `four`", "<p>One <em>two</em> <strong>three</strong> <code>four</code></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"),
        ("## Say it, again!", "<h2 id=\"s-say-it-again\">Say it, again!</h2>\n"),
        ("## A\n## A", "<h2 id=\"s-a\">A</h2>\n<h2 id=\"s-a-2\">A</h2>\n"),
        ("# Too high", "<h2 id=\"s-too-high\">Too high</h2>\n"),
        ("```rust\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n"),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>\n"),
        (
            "> [!TIP]\n> Breathe.",
            "<aside class=\"callout callout-tip\" role=\"note\"><p class=\"callout-title\">[tip]</p>\n<p>Breathe.</p>\n</aside>\n",
        ),
        (
            "> [!EXAMPLE]\n> Like *so*.\n\nafter",
            "<aside class=\"callout callout-example\" role=\"note\"><p class=\"callout-title\">[example]</p>\n<p>Like <em>so</em>.</p>\n</aside>\n<p>after</p>\n",
        ),
        (
            "| a | b |\n|---|--:|\n| 1 | 2 |",
            "<div class=\"table-scroll\" role=\"group\" tabindex=\"0\" aria-label=\"[table]\"><table><thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"end\">b</th></tr></thead><tbody>\n<tr><td>1</td><td class=\"end\">2</td></tr>\n</tbody></table></div>\n",
        ),
        ("[x](other.md#more)", "<p><a href=\"/learn/outside/other#s-more\" rel=\"noopener noreferrer\">x</a></p>\n"),
        (
            "[x](https://a.example/?b&c)",
            "<p><a href=\"https://a.example/?b&amp;c\" rel=\"noopener noreferrer\">x</a></p>\n",
        ),
    ] {
        assert_eq!(page(markdown), expected, "{markdown}");
    }
}

#[test]
fn media_have_their_size_alternative_and_captions() {
    let hash = ContentHash::of(b"x");
    assert_eq!(
        page("![A \"small\" map](../media/a.svg)"),
        format!(
            "<p><img src=\"/media/{hash}.svg\" alt=\"A &quot;small&quot; map\" width=\"640\" height=\"480\" loading=\"lazy\" decoding=\"async\"></p>\n"
        )
    );
    let film = page("![A call](media/film.mp4)");
    assert!(film.contains(&format!("<source src=\"/media/{hash}.mp4\" type=\"video/mp4\">")), "{film}");
    assert!(
        film.contains(&format!(
            "<track kind=\"captions\" src=\"/media/{hash}.vtt\" srclang=\"en\" label=\"[captions]\" default=\"\">"
        )),
        "{film}"
    );
    assert!(film.contains("aria-label=\"A call\"") && film.contains("controls"), "{film}");
    assert_eq!(page("![gone](media/none.png)"), "<p>gone</p>\n");
    assert_eq!(page("![far](https://evil.example/pixel.png)"), "<p>far</p>\n");
}

#[test]
fn facts_are_text_and_never_markup() {
    let mut facts = Facts::default();
    facts.set(Fact::CompanyName, "<script>x</script> & *Sons* [a](javascript:x)".into());
    facts.set(Fact::PrivacyContact, "javascript:alert(1)".into());
    let html = with(&facts, "At {{company_name}} or `{{company_name}}`", false);
    assert!(html.contains("&lt;script&gt;x&lt;/script&gt; &amp; *Sons* [a](javascript:x)"), "{html}");
    assert!(!html.contains("<script") && !html.contains("<em>"), "{html}");
    let link = with(&facts, "[write]({{privacy_contact}}) ![{{company_name}}](media/a.svg)", false);
    assert!(!link.contains("href=\"javascript"), "{link}");
    assert!(link.contains("href=\"#\""), "{link}");
    assert!(!link.contains("<script"), "{link}");
    facts.set(Fact::PrivacyContact, "dpo@a.example".into());
    let link = with(&facts, "[write](mailto:{{privacy_contact}}) about {{refund_limit}}", false);
    assert!(link.contains("href=\"mailto:dpo@a.example\"") && link.contains("[refund limit]"), "{link}");
}

const HOSTILE: [&str; 22] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "text <b onclick=\"x\">b</b> <svg/onload=x>",
    "<style>*{display:none}</style>",
    "<p style=\"position:fixed\">x</p>",
    "<iframe src=\"https://evil.example\"></iframe>",
    "<a href=\"javascript:x\">x</a>",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](<javascript:alert(1)>)",
    "[x](https://a.example \"onmouseover=x\")",
    "[x](https://a.example/\"onmouseover=\"x)",
    "![x](javascript:x)",
    "![\"onerror=\"x](media/a.svg)",
    "<javascript:alert(1)>",
    "## <img src=x onerror=x> \" onclick=\"x",
    "> [!NOTE]\n> <script>x</script>",
    "| <script>x</script> |\n|---|\n| <img onerror=x> |",
];

/// No element outside the list, no handler, no address that acts.
fn assert_harmless(html: &str) {
    let tags = html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default());
    for tag in tags {
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap();
        assert!(
            [
                "a",
                "aside",
                "blockquote",
                "br",
                "code",
                "del",
                "div",
                "em",
                "h2",
                "h3",
                "h4",
                "h5",
                "h6",
                "hr",
                "img",
                "li",
                "ol",
                "p",
                "pre",
                "source",
                "strong",
                "table",
                "tbody",
                "td",
                "th",
                "thead",
                "tr",
                "track",
                "ul",
                "video"
            ]
            .contains(&name),
            "<{tag}> in {html}"
        );
        // Outside the quoted values there are only names of attributes.
        let names: String = tag.split('"').step_by(2).collect();
        assert!(!names.contains(" on") && !names.contains("style"), "<{tag}> in {html}");
        for value in tag.split("href=\"").skip(1).chain(tag.split("src=\"").skip(1)) {
            let value = value.split('"').next().unwrap().to_lowercase();
            assert!(
                value.starts_with('#')
                    || value.starts_with('/')
                    || value.starts_with("http")
                    || value.starts_with("mailto:"),
                "{value} in {html}"
            );
        }
    }
}

#[test]
fn hostile_text_stays_text() {
    for markdown in HOSTILE {
        assert_harmless(&page(markdown));
        assert_harmless(&with(&Facts::examples(), markdown, true));
    }
    assert_eq!(page("<script>alert(1)</script>"), "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    assert_eq!(page("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
}

#[test]
fn a_phrase_has_no_blocks() {
    let phrase = |markdown| with(&Facts::examples(), markdown, true);
    assert_eq!(phrase("Ask *{{company_name}}*\nagain"), "Ask <em>Parcelwise</em>\nagain");
    assert_eq!(phrase("one\n\ntwo"), "one<br>\ntwo");
    assert_eq!(phrase("# a [b](https://c.example) ![d](media/a.svg)"), "a b d");
}

proptest! {
    #[test]
    fn no_mixture_of_hostile_pieces_gets_through(
        pieces in prop::collection::vec(prop::sample::select(HOSTILE.to_vec()), 1..5),
        glue in prop::sample::select(vec!["", " ", "\n", "\n\n", "\n> ", "\n- ", "*", "`", "[", "]("]),
        cut in 0usize..40,
    ) {
        let text = pieces.join(glue);
        let text: String = text.chars().skip(cut).collect();
        assert_harmless(&page(&text));
    }
}
