use leptos::prelude::*;

/// A sentence of the checker, in which `backticks` mark what is typed: names, words of the format, code.
#[component]
pub fn Marked(
    /// The sentence, with its backticks.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let piece = |piece: Piece<'_>| match piece {
        Piece::Said(words) => words.to_owned().into_any(),
        Piece::Typed(words) => view! { <code>{words.to_owned()}</code> }.into_any(),
    };
    pieces(&text).into_iter().map(piece).collect_view()
}

#[derive(Debug, PartialEq, Eq)]
enum Piece<'t> {
    Said(&'t str),
    Typed(&'t str),
}

/// The pieces in their order. A backtick that has no partner, or nothing to mark, stands for itself.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((said, marked)) = rest.split_once('`') {
        let Some((typed, after)) = marked.split_once('`').filter(|(typed, _)| !typed.is_empty()) else { break };
        pieces.extend((!said.is_empty()).then_some(Piece::Said(said)));
        pieces.push(Piece::Typed(typed));
        rest = after;
    }
    pieces.extend((!rest.is_empty()).then_some(Piece::Said(rest)));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use Piece::{Said, Typed};

    #[test]
    fn pairs_mark_and_single_ones_stand_for_themselves() {
        for (text, expected) in [
            ("there is no node `nowhere`", vec![Said("there is no node "), Typed("nowhere")]),
            ("`a` or `b`.", vec![Typed("a"), Said(" or "), Typed("b"), Said(".")]),
            ("`a``b`", vec![Typed("a"), Typed("b")]),
            ("a ` alone", vec![Said("a ` alone")]),
            ("`a` and `", vec![Typed("a"), Said(" and `")]),
            ("nothing `` in it", vec![Said("nothing `` in it")]),
            ("plain", vec![Said("plain")]),
            ("", vec![]),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_marked_stays_text() {
        let shown = crate::ui::html(|| view! { <Marked text="write `<b>&`, not <i>"/> }.into_any()).replace("<!>", "");
        assert!(shown.contains("<code>&lt;b&gt;&amp;</code>") && shown.contains("not &lt;i&gt;"), "{shown}");
    }
}
