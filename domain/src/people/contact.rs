//! What a person types to say who they are.

use super::checked_text;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An e-mail address in its normal form: trimmed and in lower case.
///
/// The part before the `@` is lowered too: providers that tell `Ann@` from `ann@` are all but extinct, and two accounts
/// that differ only by case are a support call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// Why a text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum EmailProblem {
    /// Nothing was given.
    #[error("the e-mail address is empty")]
    Empty,
    /// More than 254 bytes, or more than 64 before the `@` (RFC 5321, section 4.5.3.1).
    #[error("the e-mail address is too long")]
    TooLong,
    /// There is no `@`, or more than one.
    #[error("the e-mail address needs exactly one @")]
    At,
    /// The part before the `@` is empty or has a character that cannot be there.
    #[error("the part before the @ is not valid")]
    Local,
    /// The part after the `@` is not a full domain name.
    #[error("the part after the @ is not a full domain name")]
    Domain,
}

impl EmailProblem {
    /// A stable short code, the key of the text on screen.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "email-empty",
            Self::TooLong => "email-too-long",
            Self::At => "email-at",
            Self::Local => "email-local",
            Self::Domain => "email-domain",
        }
    }
}

impl Email {
    /// Reads an address as people type it. Quoted local parts, comments and address literals are refused.
    ///
    /// # Errors
    /// [`EmailProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, EmailProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailProblem::Empty);
        }
        let Some((local, domain)) = text.split_once('@') else {
            return Err(EmailProblem::At);
        };
        if domain.contains('@') {
            return Err(EmailProblem::At);
        }
        if text.len() > 254 || local.len() > 64 {
            return Err(EmailProblem::TooLong);
        }
        let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        if local.is_empty() || local.split('.').any(str::is_empty) || !local.chars().all(plain) {
            return Err(EmailProblem::Local);
        }
        if domain.split('.').count() < 2 || !domain.split('.').all(is_label) {
            return Err(EmailProblem::Domain);
        }
        Ok(Self(text.to_lowercase()))
    }

    /// The part before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.split('@').next().unwrap_or_default()
    }
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_alphanumeric() || c == '-')
}

checked_text!(Email, EmailProblem);

/// What an organisation calls a person by when they have no e-mail: 1 to 32 letters, digits and `.`, `-`, `_`, `/`,
/// in upper case, with at least one digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmployeeNumber(String);

/// Why a text is not an employee number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum EmployeeNumberProblem {
    /// Nothing was given.
    #[error("the employee number is empty")]
    Empty,
    /// More than 32 characters.
    #[error("the employee number is too long")]
    TooLong,
    /// A character other than A to Z, 0 to 9, `.`, `-`, `_`, `/`; or no digit at all.
    #[error("the employee number may have letters A to Z, digits and . - _ /, and needs a digit")]
    Characters,
}

impl EmployeeNumberProblem {
    /// A stable short code, the key of the text on screen.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "employee-number-empty",
            Self::TooLong => "employee-number-too-long",
            Self::Characters => "employee-number-characters",
        }
    }
}

impl EmployeeNumber {
    /// Reads a number as people type it; letter case does not matter.
    ///
    /// # Errors
    /// [`EmployeeNumberProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, EmployeeNumberProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmployeeNumberProblem::Empty);
        }
        if text.len() > 32 {
            return Err(EmployeeNumberProblem::TooLong);
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-_/".contains(c);
        if !text.chars().all(plain) || !text.chars().any(|c| c.is_ascii_digit()) {
            return Err(EmployeeNumberProblem::Characters);
        }
        Ok(Self(text.to_ascii_uppercase()))
    }
}

checked_text!(EmployeeNumber, EmployeeNumberProblem);

/// What a person signs in with: whatever has an `@` is an e-mail address, the rest is an employee number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Login {
    /// By e-mail address.
    Email(Email),
    /// By employee number.
    Number(EmployeeNumber),
}

/// Why a text cannot be signed in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum LoginProblem {
    /// Nothing was given.
    #[error("no e-mail address or employee number was given")]
    Empty,
    /// It looks like an e-mail address and is not one.
    #[error(transparent)]
    Email(#[from] EmailProblem),
    /// It looks like an employee number and is not one.
    #[error(transparent)]
    Number(#[from] EmployeeNumberProblem),
}

impl LoginProblem {
    /// A stable short code, the key of the text on screen.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "login-empty",
            Self::Email(problem) => problem.code(),
            Self::Number(problem) => problem.code(),
        }
    }
}

impl Login {
    /// Reads what was typed into the one sign-in field.
    ///
    /// # Errors
    /// [`LoginProblem`] says what is wrong.
    pub fn parse(text: &str) -> Result<Self, LoginProblem> {
        if text.trim().is_empty() {
            Err(LoginProblem::Empty)
        } else if text.contains('@') {
            Ok(Self::Email(Email::parse(text)?))
        } else {
            Ok(Self::Number(EmployeeNumber::parse(text)?))
        }
    }

    /// The text in its normal form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(email) => email.as_str(),
            Self::Number(number) => number.as_str(),
        }
    }

    /// The e-mail address, when it is one.
    #[must_use]
    pub fn email(&self) -> Option<&Email> {
        match self {
            Self::Email(email) => Some(email),
            Self::Number(_) => None,
        }
    }

    /// The employee number, when it is one.
    #[must_use]
    pub fn number(&self) -> Option<&EmployeeNumber> {
        match self {
            Self::Number(number) => Some(number),
            Self::Email(_) => None,
        }
    }
}

impl std::str::FromStr for Login {
    type Err = LoginProblem;

    fn from_str(text: &str) -> Result<Self, LoginProblem> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Login {
    type Error = LoginProblem;

    fn try_from(text: String) -> Result<Self, LoginProblem> {
        Self::parse(&text)
    }
}

impl From<Login> for String {
    fn from(login: Login) -> Self {
        login.as_str().to_owned()
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_trimmed_and_lowered() {
        let email = Email::parse("  Ann.O'Neil+Course@Mail.Example.ORG\t").unwrap();
        assert_eq!(email.as_str(), "ann.o'neil+course@mail.example.org");
        assert_eq!(email.local(), "ann.o'neil+course");
        assert_eq!(Email::parse("jörg@müller.example").unwrap().as_str(), "jörg@müller.example");
    }

    #[test]
    fn each_fault_of_an_address_has_its_name() {
        use EmailProblem::{At, Domain, Empty, Local, TooLong};
        let long_local = format!("{}@a.example", "x".repeat(65));
        let long_all = format!("a@{}example", "x.".repeat(124));
        let cases = [
            ("", Empty),
            ("   ", Empty),
            ("ann", At),
            ("a@b@c.example", At),
            ("@a.example", Local),
            ("a b@c.example", Local),
            ("a..b@c.example", Local),
            (".a@c.example", Local),
            ("<a>@c.example", Local),
            ("\"a\"@c.example", Local),
            ("a\n@c.example", Local),
            ("a@", Domain),
            ("a@b", Domain),
            ("a@b..example", Domain),
            ("a@-b.example", Domain),
            ("a@b.example\r\nBcc:x", Domain),
            ("a@[127.0.0.1]", Domain),
            (&long_local, TooLong),
            (&long_all, TooLong),
        ];
        for (text, problem) in cases {
            assert_eq!(Email::parse(text), Err(problem), "{text:?}");
        }
    }

    #[test]
    fn an_employee_number_ignores_case_and_needs_a_digit() {
        assert_eq!(EmployeeNumber::parse(" ab-0042 ").unwrap().as_str(), "AB-0042");
        for bad in ["", "abc", "12 34", "1@2", "٤٢", &"1".repeat(33)] {
            assert!(EmployeeNumber::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn one_field_takes_either() {
        assert!(matches!(Login::parse("A@b.example"), Ok(Login::Email(_))));
        assert!(matches!(Login::parse("a17"), Ok(Login::Number(_))));
        assert_eq!(Login::parse(" ").unwrap_err().code(), "login-empty");
        assert_eq!(Login::parse("a@").unwrap_err().code(), "email-domain");
        assert_eq!(Login::parse("ann").unwrap_err().code(), "employee-number-characters");
        let stored: String = Login::parse("a17").unwrap().into();
        assert_eq!(Login::parse(&stored), Login::parse("A17"));
    }
}
