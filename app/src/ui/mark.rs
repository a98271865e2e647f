use leptos::prelude::*;

/// The mark, in the colours of the theme: two speech forms, and light where they meet. Same shape as `style/mark.svg`.
#[component]
pub fn Mark(
    /// For a page that has nothing else at its head.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let shape = concat!(
        r#"<path class="mark-a" d="M2 24V13.5A10.5 10.5 0 1 1 12.5 24z"/>"#,
        r#"<path class="mark-b" d="M30 8v10.5A10.5 10.5 0 1 1 19.5 8z"/>"#,
        r#"<path class="mark-ab" d="M19.5 8h1.944a10.5 10.5 0 0 1-8.944 16h-1.944A10.5 10.5 0 0 1 19.5 8z"/>"#,
    );
    view! { <svg class=if large { "mark mark-large" } else { "mark" } viewBox="0 0 32 32" aria-hidden="true" inner_html=shape></svg> }
}

/// A person's initials in a circle, beside the name.
#[component]
pub fn Avatar(
    /// The whole name.
    #[prop(into)]
    name: String,
    /// The learner's own.
    #[prop(optional)]
    me: bool,
) -> impl IntoView {
    view! { <span class=if me { "avatar avatar-me" } else { "avatar" } aria-hidden="true">{initials(&name)}</span> }
}

/// First letters of the first and the last word.
fn initials(name: &str) -> String {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter_map(|word| word.chars().next());
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_of_names_of_any_length() {
        assert_eq!(initials("Dana Whitfield"), "DW");
        assert_eq!(initials("Sam"), "S");
        assert_eq!(initials("Łucja van den Öst"), "ŁÖ");
        assert_eq!(initials("  "), "");
    }
}
