//! The second line of defence: only these elements and attributes ever leave this crate.

use ammonia::Builder;
use std::sync::LazyLock;

static RULES: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut rules = Builder::empty();
    rules
        .add_tags([
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
            "video",
        ])
        .add_clean_content_tags(["script", "style"])
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("img", ["src", "alt", "width", "height", "loading", "decoding"])
        .add_tag_attributes("video", ["controls", "preload", "aria-label"])
        .add_tag_attributes("source", ["src", "type"])
        .add_tag_attributes("track", ["kind", "src", "srclang", "label", "default"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("div", ["role", "tabindex", "aria-label"])
        .add_tag_attributes("aside", ["role"])
        .add_tag_attributes("th", ["scope"])
        .add_allowed_classes("div", ["table-scroll"])
        .add_allowed_classes(
            "aside",
            [
                "callout",
                "callout-note",
                "callout-tip",
                "callout-important",
                "callout-warning",
                "callout-caution",
                "callout-example",
            ],
        )
        .add_allowed_classes("p", ["callout-title"])
        .add_allowed_classes("td", ["end", "centre"])
        .add_allowed_classes("th", ["end", "centre"])
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer"));
    for heading in ["h2", "h3", "h4", "h5", "h6"] {
        rules.add_tag_attributes(heading, ["id"]);
    }
    rules
});

pub(super) fn clean(html: &str) -> String {
    RULES.clean(html).to_string()
}
