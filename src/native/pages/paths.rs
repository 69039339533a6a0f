//! Where things lie in an archive, as a link from its root names them.

use crate::model::{Lang, Section, Slug};
use crate::view::{Address, Place, Routing};

/// The formats of a feed: its file, its media type, and what a reader calls it.
pub(super) const FEEDS: [(&str, &str, &str); 3] = [
    ("rss.xml", "application/rss+xml", "RSS"),
    ("atom.xml", "application/atom+xml", "Atom"),
    ("feed.json", "application/feed+json", "JSON Feed"),
];

/// The page of a release.
pub(super) fn release(id: &Slug) -> String {
    page(&Place::Release { id: id.clone(), block: None })
}

/// A page of a list.
pub(super) fn list(lang: &Lang, section: &Section, number: usize) -> String {
    page(&place_of_list(lang, section, number))
}

/// The place of a page of a list.
pub(super) fn place_of_list(lang: &Lang, section: &Section, page: usize) -> Place {
    Place::List { lang: Some(lang.clone()), section: Some(section.id.clone()), page }
}

/// The folder with the pages and the feeds of a section.
pub(super) fn folder(lang: &Lang, section: &Section) -> String {
    let mut path = list(lang, section, 1);
    path.truncate(path.rfind('/').map_or(0, |slash| slash + 1));
    path
}

/// The page of a place, as the view's own links name it.
pub(super) fn page(place: &Place) -> String {
    Address { routing: Routing::Path, ..Address::default() }.write(place)
}

#[cfg(test)]
mod tests {
    use super::{folder, list, release};
    use crate::model::{Lang, Section, Slug};

    #[test]
    fn names_in_other_letters_are_escaped() {
        let slug = |name| Slug::parse(name).unwrap();
        assert_eq!(release(&slug("0115-a_b")), "releases/0115-a_b.html");
        assert_eq!(release(&slug("글")), "releases/%EA%B8%80.html");
        let news = Section { id: slug("news"), name: String::new() };
        assert_eq!(list(&Lang::KO, &news, 1), "ko/news/index.html");
        assert_eq!(list(&Lang::KO, &news, 2), "ko/news/page-2.html");
        assert_eq!(folder(&Lang::KO, &news), "ko/news/");
    }
}
