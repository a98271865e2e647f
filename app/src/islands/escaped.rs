//! The content of a `<textarea>`.

/// The text as the content of a `<textarea>`, for its `inner_html`: the framework does not escape its children and renders nothing
/// for its value. The parser drops a first line break, so one is put before it.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    if text.starts_with(['\n', '\r']) {
        out.push('\n');
    }
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_break_is_kept() {
        assert_eq!(escaped("\nx"), "\n\nx");
        assert_eq!(escaped("x\n"), "x\n");
    }
}
