//! SPDX licence expressions, as far as crates use them: `AND`, `OR`, `WITH`, parentheses and the old `/`.

/// Whether an expression can be met with allowed licences alone. A licence with an exception is allowed when the
/// pair `X WITH Y` is, or when `X` is: an exception only ever permits more.
pub fn allowed(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut parser = Parser { words: spaced.split_whitespace().collect(), at: 0, is_allowed };
    let answer = parser.either().ok_or_else(|| format!("cannot read the licence `{expression}`"))?;
    if parser.at == parser.words.len() { Ok(answer) } else { Err(format!("cannot read the licence `{expression}`")) }
}

struct Parser<'a> {
    words: Vec<&'a str>,
    at: usize,
    is_allowed: &'a dyn Fn(&str) -> bool,
}

impl<'a> Parser<'a> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.words.get(self.at) == Some(&word);
        self.at += usize::from(found);
        found
    }

    fn next(&mut self) -> Option<&'a str> {
        let word = self.words.get(self.at).copied()?;
        self.at += 1;
        Some(word)
    }

    fn either(&mut self) -> Option<bool> {
        let mut answer = self.both()?;
        while self.take("OR") {
            answer |= self.both()?;
        }
        Some(answer)
    }

    fn both(&mut self) -> Option<bool> {
        let mut answer = self.one()?;
        while self.take("AND") {
            answer &= self.one()?;
        }
        Some(answer)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let answer = self.either()?;
            return self.take(")").then_some(answer);
        }
        let name = self.next().filter(|word| !matches!(*word, "AND" | "OR" | "WITH" | ")"))?;
        if self.take("WITH") {
            let exception = self.next()?;
            let pair = format!("{name} WITH {exception}");
            return Some((self.is_allowed)(&pair) || (self.is_allowed)(name));
        }
        Some((self.is_allowed)(name))
    }
}

#[cfg(test)]
mod tests {
    use super::allowed;

    fn ok(expression: &str) -> bool {
        allowed(expression, &|name| matches!(name, "MIT" | "Apache-2.0")).unwrap()
    }

    #[test]
    fn any_alternative_is_enough_and_every_part_is_needed() {
        assert!(ok("MIT"));
        assert!(ok("MIT OR GPL-3.0"));
        assert!(ok("GPL-3.0/MIT"));
        assert!(!ok("MIT AND GPL-3.0"));
        assert!(ok("(MIT OR GPL-3.0) AND Apache-2.0"));
        assert!(!ok("GPL-3.0 AND (MIT OR Apache-2.0)"));
    }

    #[test]
    fn an_exception_permits_more() {
        assert!(ok("Apache-2.0 WITH LLVM-exception OR GPL-3.0"));
        assert!(!ok("GPL-2.0 WITH Classpath-exception-2.0"));
    }

    #[test]
    fn nonsense_is_an_error() {
        for text in ["", "MIT OR", "(MIT", "MIT Apache-2.0", "WITH MIT"] {
            assert!(allowed(text, &|_| true).is_err(), "{text}");
        }
    }
}
