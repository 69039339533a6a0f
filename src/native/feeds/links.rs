//! Addresses in feeds and sitemaps.

use std::fmt::Write;

use uuid::Uuid;

/// The name space of our ids, itself made of a name (RFC 9562, 6.6): `release-viewer` under that of object names.
const OURS: Uuid = Uuid::from_u128(0xeb3b_1abf_cc9d_57f3_9143_19fc_48d6_0a0f);

/// Writes addresses for a document in a folder of the archive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Links<'a> {
    site: Option<&'a str>,
    /// How many folders above the document the archive begins.
    depth: usize,
}

impl<'a> Links<'a> {
    /// For a document in `folder`, which is empty or ends with `/`.
    pub(super) fn new(site: Option<&'a str>, folder: &str) -> Self {
        Self { site, depth: folder.matches('/').count() }
    }

    /// Whether addresses are absolute.
    pub(super) fn are_absolute(&self) -> bool {
        self.site.is_some()
    }

    /// The address of a path in the archive.
    pub(super) fn to(&self, path: &str) -> String {
        let mut address = self.root();
        // No name in an archive has a percent sign, so that one tells of a path that is encoded already.
        encode(path, "/%", &mut address);
        if address.is_empty() {
            address.push_str("./");
        }
        address
    }

    /// The address of a release's page.
    pub(super) fn page(&self, id: &str) -> String {
        self.to(&page(id))
    }

    /// An address that a release names. A relative one is relative to the page of the release.
    pub(super) fn named_by(&self, id: &str, address: &str) -> String {
        let mut written = match address.as_bytes().first() {
            Some(b'#' | b'?') => self.page(id),
            Some(b'/') => match (self.site, address.starts_with("//")) {
                (Some(site), true) => scheme(site).to_owned(),
                (Some(site), false) => origin(site).to_owned(),
                (None, _) => String::new(),
            },
            _ if has_scheme(address) => String::new(),
            _ => self.to("releases/"),
        };
        // All that RFC 3986 allows stays as it is.
        encode(address, ":/?#[]@!$&'()*+,;=%", &mut written);
        written
    }

    /// An id for a release that no other has: the address of its page, or a UUID made of its name.
    pub(super) fn id(&self, id: &str) -> String {
        if self.are_absolute() { self.page(id) } else { urn(id) }
    }

    /// An id for a document in the archive.
    pub(super) fn id_of_document(&self, path: &str) -> String {
        // The names of releases hold no slash, so that no release gets the same one.
        if self.are_absolute() { self.to(path) } else { urn(&format!("/{path}")) }
    }

    fn root(&self) -> String {
        self.site.map_or_else(|| "../".repeat(self.depth), str::to_owned)
    }
}

/// The path of a release's page in the archive.
pub(super) fn page(id: &str) -> String {
    format!("releases/{id}.html")
}

fn urn(name: &str) -> String {
    Uuid::new_v5(&OURS, name.as_bytes()).urn().to_string()
}

/// `https:` of `https://example.kr/news/`.
fn scheme(site: &str) -> &str {
    site.split_inclusive(':').next().unwrap_or_default()
}

/// `https://example.kr` of `https://example.kr/news/`.
fn origin(site: &str) -> &str {
    let start = site.find("://").map_or(0, |at| at + 3);
    let end = site.get(start..).and_then(|rest| rest.find('/')).map(|at| start + at);
    end.and_then(|end| site.get(..end)).unwrap_or(site)
}

fn has_scheme(address: &str) -> bool {
    let end = address.find([':', '/', '?', '#']).unwrap_or(address.len());
    address.get(end..).is_some_and(|rest| rest.starts_with(':'))
}

/// Writes a percent sign and two digits for all but letters, digits, `-._~` (RFC 3986, 2.3) and what is to be kept.
fn encode(text: &str, kept: &str, into: &mut String) {
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() || "-._~".contains(letter) || kept.contains(letter) {
            into.push(letter);
        } else {
            for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string cannot fail.
                let _done = write!(into, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Links;

    const SITE: Option<&str> = Some("https://example.kr/news/");

    #[test]
    fn with_a_site_addresses_are_absolute() {
        let links = Links::new(SITE, "ko/");
        assert_eq!(links.to("ko/rss.xml"), "https://example.kr/news/ko/rss.xml");
        assert_eq!(links.to(""), "https://example.kr/news/");
        assert_eq!(
            links.page("회담-1"),
            "https://example.kr/news/releases/%ED%9A%8C%EB%8B%B4-1.html"
        );
        assert_eq!(links.to("ko/%ED%9A%8C/"), links.to("ko/회/"));
        assert_eq!(links.id("a"), links.page("a"));
    }

    #[test]
    fn without_a_site_addresses_are_relative_to_the_document() {
        assert_eq!(Links::new(None, "ko/press-releases/").page("a"), "../../releases/a.html");
        assert_eq!(Links::new(None, "").page("a"), "releases/a.html");
        assert_eq!(Links::new(None, "").to(""), "./");
        let id = Links::new(None, "ko/").id("a");
        assert_eq!(id, Links::new(None, "").id("a"), "the place of the feed makes no difference");
        assert!(id.starts_with("urn:uuid:"), "{id}");
        assert_ne!(id, Links::new(None, "").id_of_document("a"));
    }

    #[test]
    fn what_a_release_names_is_found_from_the_feed() {
        let check = |address, absolute, relative| {
            assert_eq!(Links::new(SITE, "ko/").named_by("x", address), absolute);
            assert_eq!(Links::new(None, "ko/").named_by("x", address), relative);
        };
        check(
            "https://a.kr/한?b=c%20d",
            "https://a.kr/%ED%95%9C?b=c%20d",
            "https://a.kr/%ED%95%9C?b=c%20d",
        );
        check("mailto:a@b.kr", "mailto:a@b.kr", "mailto:a@b.kr");
        check(
            "files/1.pdf",
            "https://example.kr/news/releases/files/1.pdf",
            "../releases/files/1.pdf",
        );
        check("/1.pdf", "https://example.kr/1.pdf", "/1.pdf");
        check("//a.kr/1.pdf", "https://a.kr/1.pdf", "//a.kr/1.pdf");
        check("#p2", "https://example.kr/news/releases/x.html#p2", "../releases/x.html#p2");
    }
}
