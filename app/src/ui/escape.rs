/// Text as HTML, both between tags and in a quoted attribute: for what the framework writes into a page as it stands.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_is_left_that_ends_a_text_or_an_attribute() {
        assert_eq!(escaped(r#"</title> & "a" 'b' -->"#), "&lt;/title&gt; &amp; &quot;a&quot; &#39;b&#39; --&gt;");
        assert_eq!(escaped("Zoë – 李"), "Zoë – 李");
    }
}
