//! Names that are safe in an address, a file name and an HTML id.

use std::fmt;

/// A name of letters, digits, `-` and `_`; never empty, and it never begins with `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slug(String);

impl Slug {
    /// Keeps letters and digits of any script in lower case and joins what is between them with one hyphen.
    /// `None` if nothing is left.
    #[must_use]
    pub fn from_words(words: &str) -> Option<Self> {
        let mut slug = String::with_capacity(words.len());
        for letter in words.chars() {
            if letter.is_alphanumeric() || letter == '_' {
                slug.extend(letter.to_lowercase());
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(slug.trim_end_matches('-').len());
        (!slug.is_empty()).then_some(Self(slug))
    }

    /// Takes a name that is a slug already, for example one read back from an address.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let fits = |letter: char| {
            letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_') || letter > '\u{bf}'
        };
        (!name.is_empty() && !name.starts_with('-') && name.chars().all(fits))
            .then(|| Self(name.to_owned()))
    }

    /// Takes any name that is unique, for example an address, with `-` for what cannot stand in a slug. `None` if it
    /// is empty.
    #[must_use]
    pub fn escaped(name: &str) -> Option<Self> {
        Self::parse(name).or_else(|| {
            let escape = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
            Self::parse(name.chars().map(escape).collect::<String>().trim_start_matches('-'))
        })
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Slug {
    /// The name of what has none.
    fn default() -> Self {
        Self("release".to_owned())
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Slug;

    #[test]
    fn words_become_one_name() {
        let name = |words| Slug::from_words(words).map(|slug| slug.to_string());
        assert_eq!(name("0507-aldoria talks.KO").as_deref(), Some("0507-aldoria-talks-ko"));
        assert_eq!(name("보도자료 (국문)").as_deref(), Some("보도자료-국문"));
        assert_eq!(name(" -- "), None);
    }

    #[test]
    fn parse_refuses_what_could_leave_the_folder() {
        assert!(Slug::parse("../x").is_none());
        assert!(Slug::parse("").is_none());
        assert!(Slug::parse("a-b_1").is_some());
    }
}
