//! Places in an archive, and how they are written after `#`.

use crate::index::{Order, Query};
use crate::model::{Date, Lang, Slug, escape};

/// Something that can be shown and has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page of a section.
    List {
        /// Language of the list; `None` is the viewer's own.
        lang: Option<Lang>,
        /// Section; `None` is the first.
        section: Option<Slug>,
        /// Page, from 1.
        page: usize,
    },
    /// A release, or one block of it.
    Release {
        /// Its id.
        id: Slug,
        /// The block that the address points at.
        block: Option<String>,
    },
    /// A page of search results.
    Results {
        /// Language of the releases looked through; `None` is the viewer's own.
        lang: Option<Lang>,
        /// What is looked for.
        query: Query,
        /// Page, from 1.
        page: usize,
    },
}

impl Default for Place {
    fn default() -> Self {
        Self::List { lang: None, section: None, page: 1 }
    }
}

impl Place {
    /// The language that the address names.
    #[must_use]
    pub fn lang(&self) -> Option<&Lang> {
        match self {
            Self::List { lang, .. } | Self::Results { lang, .. } => lang.as_ref(),
            Self::Release { .. } => None,
        }
    }
}

/// Where the address of a place stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Routing {
    /// After `#`: `#rv/<id>/<block>`, `#rv?q=…&page=…`.
    #[default]
    Hash,
    /// After `?`, beside what the host has there: `?rv=<id>/<block>`, `?rv-q=…&rv-page=…`.
    Query,
    /// In the path: each place is a prerendered page of the archive. `releases/<id>.html#rv-at-<block>`,
    /// `<lang>/<section>/page-<n>.html`, `index.html?q=…`.
    Path,
    /// Nowhere. The links are those of [`Self::Hash`], so that a new tab opens what they name; the address bar is the
    /// host's.
    None,
}

/// Writes and reads addresses of one viewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// `rv`, or the id of the element where a page has several viewers.
    pub name: String,
    /// Where addresses stand.
    pub routing: Routing,
    /// What the host has after `?`, without `?` and without what is ours.
    pub around: String,
    /// Before paths: the address of the archive, or the way to it; with a slash at its end.
    pub base: String,
}

impl Address {
    /// The address of a place, with `#` or `?`.
    #[must_use]
    pub fn write(&self, place: &Place) -> String {
        let mut path = String::new();
        let mut parameters: Vec<(&str, String)> = Vec::new();
        if let Some(lang) = place.lang() {
            parameters.push(("lang", lang.to_string()));
        }
        let page = match place {
            Place::Release { id, block } => {
                escape(id.as_str(), &mut path);
                if let Some(block) = block {
                    path.push('/');
                    escape(block, &mut path);
                }
                1
            }
            Place::List { section, page, .. } => {
                parameters.extend(section.as_ref().map(|section| ("section", section.to_string())));
                *page
            }
            Place::Results { query, page, .. } => {
                parameters.push(("q", query.words.clone()));
                parameters.extend(query.from.map(|date| ("from", date.to_string())));
                parameters.extend(query.to.map(|date| ("to", date.to_string())));
                parameters
                    .extend(query.section.as_ref().map(|section| ("section", section.to_string())));
                parameters
                    .extend(query.department.as_ref().map(|name| ("department", name.clone())));
                parameters.extend(query.attached.then(|| ("files", "yes".to_owned())));
                let by_date = query.order == Order::Date;
                parameters.extend(by_date.then(|| ("order", "date".to_owned())));
                *page
            }
        };
        if page > 1 {
            parameters.push(("page", page.to_string()));
        }
        if self.routing == Routing::Path {
            return self.write_path(place, parameters);
        }
        let mut name = String::new();
        escape(&self.name, &mut name);
        let in_query = self.routing == Routing::Query;
        let mut address = String::from(if in_query { "?" } else { "#" });
        let mut between = '?';
        if in_query {
            address.push_str(&self.around);
            between = '&';
            if !path.is_empty() {
                join(&mut address, between);
                address.push_str(&name);
                address.push('=');
            }
            name.push('-');
        } else {
            address.push_str(&name);
            if !path.is_empty() {
                address.push('/');
            }
            name.clear();
        }
        address.push_str(&path);
        add_parameters(&mut address, between, &name, &parameters);
        address
    }

    /// The page of a place, and behind `?` what no page of its own stands for.
    fn write_path(&self, place: &Place, parameters: Vec<(&str, String)>) -> String {
        let mut address = self.base.clone();
        match place {
            Place::Release { id, block } => {
                address.push_str("releases/");
                escape(id.as_str(), &mut address);
                address.push_str(".html");
                if let Some(block) = block {
                    address.push('#');
                    escape(&self.name, &mut address);
                    address.push_str("-at-");
                    escape(block, &mut address);
                }
            }
            Place::List { lang: Some(lang), section: Some(section), page } => {
                address.push_str(lang.as_str());
                address.push('/');
                escape(section.as_str(), &mut address);
                address.push('/');
                if *page > 1 {
                    address.push_str("page-");
                    address.push_str(&page.to_string());
                } else {
                    address.push_str("index");
                }
                address.push_str(".html");
            }
            _ => {
                address.push_str("index.html");
                add_parameters(&mut address, '?', "", &parameters);
            }
        }
        address
    }

    /// The place of a page of the archive, its address without the base.
    fn read_path(&self, address: &str) -> Option<Place> {
        let (address, fragment) = address.split_once('#').unwrap_or((address, ""));
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let parts: Vec<String> = path.split('/').map(unescape).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match *parts {
            ["releases", file] => {
                let block = unescape(fragment);
                let block =
                    block.strip_prefix(&self.name).and_then(|block| block.strip_prefix("-at-"));
                let id = Slug::parse(file.strip_suffix(".html")?)?;
                Some(Place::Release { id, block: block.map(str::to_owned) })
            }
            [lang, section, file] => {
                let page = match file {
                    "" | "index.html" => 1,
                    file => file.strip_prefix("page-")?.strip_suffix(".html")?.parse().ok()?,
                };
                Some(Place::List {
                    lang: Some(Lang::parse(lang)?),
                    section: Some(Slug::parse(section)?),
                    page,
                })
            }
            ["" | "index.html"] => Some(place_of(&pairs(query).collect::<Vec<_>>())),
            _ => None,
        }
    }

    /// The place that an address names. `None` if it is not ours; what is wrong in it is left out.
    #[must_use]
    pub fn read(&self, address: &str) -> Option<Place> {
        if self.routing == Routing::Path
            && let Some(path) = address.strip_prefix(&self.base)
        {
            return self.read_path(path);
        }
        let (path, parameters) = match address.strip_prefix('?') {
            Some(query) if self.routing == Routing::Query => {
                let mut ours = own(query, &self.name).peekable();
                ours.peek()?;
                let path = ours.find(|(key, _)| key.is_empty()).map_or("", |(_, value)| value);
                (path, own(query, &self.name).collect())
            }
            Some(_) => return None,
            None => {
                let fragment = address.strip_prefix('#').unwrap_or(address);
                let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
                let (name, path) = path.split_once('/').unwrap_or((path, ""));
                if unescape(name) != self.name {
                    return None;
                }
                (path, pairs(query).collect::<Vec<_>>())
            }
        };
        let mut parts = path.split('/').map(unescape);
        if let Some(id) = parts.next().as_deref().and_then(Slug::parse) {
            return Some(Place::Release {
                id,
                block: parts.next().filter(|block| !block.is_empty()),
            });
        }
        Some(place_of(&parameters))
    }

    /// What is not ours in a query (`?a=b&rv=…`), without `?`.
    #[must_use]
    pub fn around(query: &str, name: &str) -> String {
        let query = query.strip_prefix('?').unwrap_or(query);
        let mut around = String::new();
        for part in
            query.split('&').filter(|part| !part.is_empty() && own(part, name).next().is_none())
        {
            join(&mut around, '&');
            around.push_str(part);
        }
        around
    }
}

/// The list or the results that these parameters name; what is wrong in them is left out.
fn place_of(parameters: &[(&str, &str)]) -> Place {
    let get = |name: &str| {
        let found = parameters.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| unescape(value)).filter(|value| !value.is_empty())
    };
    let date = |name| get(name).as_deref().and_then(Date::parse_iso);
    let lang = get("lang").as_deref().and_then(Lang::parse);
    let section = get("section").as_deref().and_then(Slug::parse);
    let page = get("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1);
    let asks = parameters.iter().any(|(key, _)| *key == "q");
    let query = Query {
        words: get("q").unwrap_or_default(),
        from: date("from"),
        to: date("to"),
        section: section.clone(),
        department: get("department"),
        attached: get("files").is_some(),
        order: if get("order").as_deref() == Some("date") { Order::Date } else { Order::Relevance },
    };
    if asks { Place::Results { lang, query, page } } else { Place::List { lang, section, page } }
}

fn add_parameters(address: &mut String, first: char, name: &str, parameters: &[(&str, String)]) {
    let mut between = first;
    for (key, value) in parameters {
        join(address, between);
        between = '&';
        address.push_str(name);
        address.push_str(key);
        address.push('=');
        escape(value, address);
    }
}

/// Puts a sign between two parts of an address.
fn join(address: &mut String, between: char) {
    if !address.is_empty() && !address.ends_with('?') {
        address.push(between);
    }
}

fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter_map(|pair| pair.split_once('='))
}

/// The parameters of a viewer in a query, by their names without that of the viewer: the path is the empty one.
fn own<'a>(query: &'a str, name: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let mut escaped = String::new();
    escape(name, &mut escaped);
    pairs(query).filter_map(move |(key, value)| {
        let rest = key.strip_prefix(escaped.as_str())?;
        if rest.is_empty() { Some((rest, value)) } else { Some((rest.strip_prefix('-')?, value)) }
    })
}

fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = if byte == b'%' {
            text.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok())
        } else {
            None
        };
        found.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    // Half a character is nobody's word.
    String::from_utf8(found).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Address, Place, Routing};
    use crate::index::Query;
    use crate::model::{Date, Lang, Slug};

    fn check(place: &Place, written: &str) {
        let address = Address { name: "rv".to_owned(), ..Address::default() };
        assert_eq!(address.write(place), written);
        assert_eq!(address.read(written).as_ref(), Some(place));
        let around = "a=1&rvx=2";
        let query =
            Address { routing: Routing::Query, around: around.to_owned(), ..address.clone() };
        let address = query.write(place);
        assert_eq!(query.read(&address).unwrap_or_default(), *place, "{address}");
        assert_eq!(Address::around(&address, "rv"), around);
    }

    #[test]
    fn a_query_keeps_what_is_the_hosts() {
        let address = |around: &str| Address {
            name: "rv".to_owned(),
            routing: Routing::Query,
            around: around.to_owned(),
            ..Address::default()
        };
        let release =
            Place::Release { id: Slug::parse("a").unwrap(), block: Some("p2+1".to_owned()) };
        assert_eq!(address("").write(&release), "?rv=a/p2+1");
        assert_eq!(address("menu=3").write(&release), "?menu=3&rv=a/p2+1");
        let list = Place::List { lang: None, section: None, page: 2 };
        assert_eq!(address("menu=3").write(&list), "?menu=3&rv-page=2");
        assert_eq!(address("").write(&Place::default()), "?");
        assert_eq!(address("").read("?menu=3"), None);
        assert_eq!(address("").read("#rv/a/p2+1"), Some(release));
    }

    #[test]
    fn each_place_has_one_address() {
        check(&Place::default(), "#rv");
        check(
            &Place::List { lang: Some(Lang::EN), section: Slug::parse("briefings"), page: 3 },
            "#rv?lang=en&section=briefings&page=3",
        );
        let id = Slug::parse("0507-talks-ko").unwrap();
        check(&Place::Release { id: id.clone(), block: None }, "#rv/0507-talks-ko");
        check(&Place::Release { id, block: Some("p2+1".to_owned()) }, "#rv/0507-talks-ko/p2+1");
        let query = Query {
            words: "직항 & 50%".to_owned(),
            from: Date::new(2025, 1, 1),
            ..Query::default()
        };
        check(
            &Place::Results { lang: None, query, page: 1 },
            "#rv?q=%EC%A7%81%ED%95%AD%20%26%2050%25&from=2025-01-01",
        );
        let query = Query { department: Some("유라시아과".to_owned()), ..Query::default() };
        check(
            &Place::Results { lang: None, query, page: 1 },
            "#rv?q=&department=%EC%9C%A0%EB%9D%BC%EC%8B%9C%EC%95%84%EA%B3%BC",
        );
    }

    #[test]
    fn pages_are_places() {
        let base = "https://a.example/press/";
        let address = Address {
            name: "rv".to_owned(),
            routing: Routing::Path,
            base: base.to_owned(),
            ..Address::default()
        };
        let check = |place: &Place, path: &str| {
            assert_eq!(address.write(place), format!("{base}{path}"));
            assert_eq!(address.read(&format!("{base}{path}")).as_ref(), Some(place));
        };
        let id = Slug::parse("0507-회담").unwrap();
        check(
            &Place::Release { id: id.clone(), block: None },
            "releases/0507-%ED%9A%8C%EB%8B%B4.html",
        );
        check(
            &Place::Release { id: id.clone(), block: Some("p2.1".to_owned()) },
            "releases/0507-%ED%9A%8C%EB%8B%B4.html#rv-at-p2.1",
        );
        let list = |page| Place::List {
            lang: Some(Lang::EN),
            section: Slug::parse("press-releases"),
            page,
        };
        check(&list(1), "en/press-releases/index.html");
        check(&list(3), "en/press-releases/page-3.html");
        check(&Place::default(), "index.html");
        let query = Query { words: "직항".to_owned(), ..Query::default() };
        check(
            &Place::Results { lang: Some(Lang::KO), query, page: 2 },
            "index.html?lang=ko&q=%EC%A7%81%ED%95%AD&page=2",
        );
        assert_eq!(address.read(base), Some(Place::default()));
        assert_eq!(address.read(&format!("{base}en/press-releases/")), Some(list(1)));
        assert_eq!(address.read("https://a.example/"), None);
        assert_eq!(address.read(&format!("{base}feed.json")), None);
        assert_eq!(
            address.read("#rv/a"),
            Some(Place::Release { id: Slug::parse("a").unwrap(), block: None })
        );
        let heading = format!("{base}releases/a.html#rv-heading");
        assert_eq!(address.read(&heading), address.read("#rv/a"));
    }

    #[test]
    fn other_fragments_are_left_to_the_host() {
        let address = Address { name: "rv".to_owned(), ..Address::default() };
        assert_eq!(address.read("#top"), None);
        assert_eq!(address.read("#rvx/1"), None);
        assert_eq!(address.read(""), None);
        assert_eq!(address.read("#rv?page=x&from=y"), Some(Place::default()));
        assert_eq!(address.read("#rv/../x"), Some(Place::default()));
        assert_eq!(address.read("#rv/%ED%95"), Some(Place::default()));
    }
}
