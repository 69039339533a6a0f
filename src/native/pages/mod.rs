//! Whole pages: a release or a page of a list → HTML that needs no script, in the ministry's page or our own.
//!
//! The viewer in it is drawn by the same functions as in the browser; head, data and frame are joined around it.
//!
//! **Invariant:** same input, same bytes: nothing of the clock or the machine, and nothing that changes when another
//! release is published is in a page.

mod assets;
mod data;
mod head;
mod html;
mod json_ld;
mod paths;
mod policy;
mod render;
mod template;
#[cfg(test)]
mod tests;

pub(in crate::native) use render::day;

use std::rc::Rc;

use anyhow::{Context, Result};

use self::assets::Assets;
use self::template::{Parts, Template};
use super::feeds::without_text;
use super::json;
use super::options::Options;
use crate::model::{
    Archive, Date, Entry, Lang, Licence, Neighbour, Release, Section, Time, passages,
};
use crate::view::{Address, ListPage, Place, Routing, Settings, State, Status, Ui};

/// A page of a section's list.
#[derive(Debug)]
pub(super) struct List {
    /// Language of the releases.
    pub(super) lang: Lang,
    /// The section.
    pub(super) section: Section,
    /// The page, from 1.
    pub(super) page: usize,
    /// Number of releases on all pages.
    pub(super) total: usize,
    /// The releases on this one, newest first.
    pub(super) entries: Vec<Entry>,
}

/// Writes pages.
#[derive(Debug)]
pub(super) struct Pages {
    options: Options,
    /// For a language, and last for all others.
    templates: Vec<(Option<Lang>, Template)>,
    assets: Assets,
}

/// What is the same on every page.
#[derive(Clone, Copy, Debug)]
struct Names<'a> {
    site: Option<&'a str>,
    publisher: Option<&'a str>,
}

/// What a page shows.
#[derive(Clone, Copy, Debug)]
enum Content<'a> {
    Release(&'a Release),
    List(&'a List),
}

/// One page.
#[derive(Debug)]
struct Page<'a> {
    content: Content<'a>,
    /// The data of a release, in two parts.
    item: (&'a str, &'a str),
    lang: &'a Lang,
    /// The way to the root of the archive.
    root: &'static str,
    /// Where the page is, from there.
    path: String,
    /// What the viewer calls it.
    title: String,
}

impl Pages {
    /// Reads templates and widget.
    ///
    /// # Errors
    /// When a template has not exactly one place for the viewer, or the widget is not complete.
    pub(super) fn new(options: &Options) -> Result<Self> {
        let mut templates = Vec::new();
        for (lang, path) in &options.templates {
            templates.push((lang.clone(), Template::read(path, options.offline)?));
        }
        let built_in = templates.iter().all(|(lang, _)| lang.is_some());
        if built_in {
            templates.push((None, Template::built_in(options.offline)?));
        }
        let assets = Assets::new(options.widget.as_deref(), built_in, options.offline)?;
        Ok(Self { options: options.clone(), templates, assets })
    }

    /// The files that pages need, by their path from the root of the archive.
    pub(super) fn assets(&self) -> &[(String, Vec<u8>)] {
        &self.assets.files
    }

    /// The page of a release.
    ///
    /// # Errors
    /// When the data cannot be written as JSON.
    pub(super) fn release(&self, archive: &Rc<Archive>, release: Rc<Release>) -> Result<String> {
        let release = if release.entry.withdrawn.is_some() {
            Rc::new(without_text(&release))
        } else {
            release
        };
        let item = json::page_item(&release)?;
        self.release_with(archive, release, (&item, ""))
    }

    /// The page of a release whose data are written already, in two parts. It is not withdrawn, or without its text.
    ///
    /// # Errors
    /// When the data cannot be written as JSON.
    pub(super) fn release_with(
        &self,
        archive: &Rc<Archive>,
        release: Rc<Release>,
        item: (&str, &str),
    ) -> Result<String> {
        let lang = release.entry.lang.clone().unwrap_or(Lang::KO);
        let place = Place::Release { id: release.entry.id.clone(), block: None };
        let mut state = self.state(archive, &lang, "../", place);
        state.releases.insert(release.entry.id.clone(), Some(Rc::clone(&release)));
        let page = Page {
            content: Content::Release(&release),
            item,
            lang: &lang,
            root: "../",
            path: paths::release(&release.entry.id),
            title: state.title().unwrap_or_default(),
        };
        self.write(archive, &page, state)
    }

    /// A page of a list.
    ///
    /// # Errors
    /// When the data cannot be written as JSON.
    pub(super) fn list(&self, archive: &Rc<Archive>, list: &List) -> Result<String> {
        self.list_from(archive, list, "../../")
    }

    /// The page at the root of the archive: a list that has an address of its own, too.
    ///
    /// # Errors
    /// When the data cannot be written as JSON.
    pub(super) fn home(&self, archive: &Rc<Archive>, list: &List) -> Result<String> {
        self.list_from(archive, list, "./")
    }

    fn list_from(&self, archive: &Rc<Archive>, list: &List, root: &'static str) -> Result<String> {
        let place = paths::place_of_list(&list.lang, &list.section, list.page);
        let entries = Rc::new(list.entries.iter().cloned().map(Rc::new).collect());
        let brought = ListPage { place: place.clone(), total: list.total, entries };
        let mut state = self.state(archive, &list.lang, root, place);
        state.page = Some(brought);
        let page = Page {
            content: Content::List(list),
            item: ("", ""),
            lang: &list.lang,
            root,
            path: paths::list(&list.lang, &list.section, list.page),
            title: state.title().unwrap_or_default(),
        };
        self.write(archive, &page, state)
    }

    /// A viewer that shows a place.
    fn state(&self, archive: &Rc<Archive>, lang: &Lang, root: &str, place: Place) -> State {
        let attribute = |name| self.template(lang).and_then(|template| template.attribute(name));
        let level = attribute("heading-level").and_then(|level| level.parse().ok());
        let settings = Settings {
            address: Address {
                name: attribute("id").unwrap_or("rv").to_owned(),
                routing: Routing::Path,
                around: String::new(),
                base: root.to_owned(),
            },
            ui: Ui::of(lang),
            heading_level: level.filter(|level| (1..=6).contains(level)).unwrap_or(2),
            page_size: self.options.page_size,
            skip_menu: attribute("skip-menu") != Some("none"),
            form: self.options.search.as_ref().map(ToString::to_string),
            isolated: false,
            page: self.printed(&place),
        };
        let mut state = State::new(settings, place.clone());
        state.archive = Some(Rc::clone(archive));
        (state.shown, state.status) = (Some(place), Status::Ready);
        state
    }

    /// The address that stands under a release on paper, if it is known.
    fn printed(&self, place: &Place) -> String {
        let site = self.options.site.as_deref();
        site.map(|site| format!("{site}{}", paths::page(place))).unwrap_or_default()
    }

    fn template(&self, lang: &Lang) -> Option<&Template> {
        let exact = self.templates.iter().find(|(own, _)| own.as_ref() == Some(lang));
        let found = exact.or_else(|| self.templates.iter().find(|(own, _)| own.is_none()));
        found.map(|(_, template)| template)
    }

    /// Joins frame, head, viewer and data.
    fn write(&self, archive: &Archive, page: &Page, state: State) -> Result<String> {
        let template = self.template(page.lang).context("no template for this page")?;
        let names = Names {
            site: self.options.site.as_deref(),
            publisher: self.options.publisher.as_deref(),
        };
        let root = page.root;
        let mut head = String::with_capacity(4096);
        let size = self.options.page_size;
        let linked = head::write(archive, page, &names, size, &self.assets, &mut head)?;

        let mut viewer = String::with_capacity(32 * 1024);
        viewer.push_str("<release-viewer");
        html::attribute("src", root, &mut viewer);
        html::attribute("routing", "path", &mut viewer);
        html::attribute("lang", page.lang.as_str(), &mut viewer);
        html::attribute("page-size", &self.options.page_size.to_string(), &mut viewer);
        viewer.push_str(template.attributes());
        viewer.push_str("><div class=\"rv-root\" data-rv-page>");
        viewer.push_str(&render::view(state));
        viewer.push_str("</div>");
        let data = data::write(archive, page, &mut viewer)?;
        viewer.push_str("</release-viewer>");

        let mut hashes = String::new();
        if template.has_hashes() {
            let linked = linked.and_then(|linked| head.get(linked));
            let blocks = linked.into_iter().chain(viewer.get(data));
            hashes = blocks.map(html::hash).collect::<Vec<_>>().join(" ");
        }

        let press_releases = Ui::of(page.lang).words().press_releases;
        let board = archive.board(page.lang).and_then(|board| board.sections.first());
        let home = board.map(|first| paths::list(page.lang, &first.section, 1));
        let scripts =
            self.assets.script.into_iter().chain(self.options.offline.then_some("offline.js"));
        let end: String = scripts
            .map(|script| {
                // It may not take bandwidth from the text and its style.
                let [open, close] =
                    ["<script type=\"module\" src=\"", "\" fetchpriority=\"low\"></script>\n"];
                format!("{open}{root}{script}{close}")
            })
            .collect();
        Ok(template.fill(&Parts {
            lang: page.lang.as_str(),
            root,
            name: &spoken(names.publisher.unwrap_or(press_releases), page.lang),
            home: &format!("{root}{}", home.unwrap_or_default()),
            feeds: &format!("{root}{}", page.feeds()),
            hashes: &hashes,
            head: &head,
            viewer: &viewer,
            end: &end,
        }))
    }
}

impl Page<'_> {
    fn section(&self) -> Option<&Section> {
        match self.content {
            Content::Release(release) => release.entry.section.as_ref(),
            Content::List(list) => Some(&list.section),
        }
    }

    fn section_name(&self) -> &str {
        self.section().map_or(Ui::of(self.lang).words().press_releases, |section| &section.name)
    }

    /// The folder with the feeds that this page belongs to.
    fn feeds(&self) -> String {
        let all = || format!("{}/", self.lang);
        self.section().map_or_else(all, |section| paths::folder(self.lang, section))
    }

    fn licence(&self) -> Option<&Licence> {
        match self.content {
            Content::Release(release) => release.licence.as_ref(),
            Content::List(_) => None,
        }
    }

    fn is_withdrawn(&self) -> bool {
        matches!(self.content, Content::Release(release) if release.entry.withdrawn.is_some())
    }

    /// The pages before and after this one, in the order of reading.
    fn around(&self, page_size: usize) -> (Option<String>, Option<String>) {
        match self.content {
            Content::Release(release) => {
                let path = |other: &Neighbour| paths::release(&other.id);
                (release.older.as_ref().map(path), release.newer.as_ref().map(path))
            }
            Content::List(list) => {
                let path = |page: usize| paths::list(&list.lang, &list.section, page);
                let last = list.total.div_ceil(page_size.max(1));
                let previous = list.page.checked_sub(1).filter(|page| *page > 0);
                (previous.map(path), Some(list.page + 1).filter(|page| *page <= last).map(path))
            }
        }
    }

    /// What a search engine shows below the title: the decks, else how the text begins.
    fn description(&self) -> String {
        match self.content {
            Content::Release(release) => {
                let entry = &release.entry;
                // Without a title the first deck stands in its place.
                let decks = entry.decks.get(usize::from(entry.title.is_none())..);
                let decks = decks.unwrap_or_default().join(" ");
                head::shortened(if decks.is_empty() { &entry.opening } else { &decks })
            }
            Content::List(_) => String::new(),
        }
    }
}

/// Words as HTML, with `lang` on those in another language than the page.
fn spoken(words: &str, around: &Lang) -> String {
    let mut spoken = String::new();
    for passage in passages(words, around) {
        if let Some(lang) = &passage.lang {
            spoken.push_str("<span");
            html::attribute("lang", lang.as_str(), &mut spoken);
            spoken.push('>');
        }
        html::escape(passage.words, &mut spoken);
        if passage.lang.is_some() {
            spoken.push_str("</span>");
        }
    }
    spoken
}

/// A time in Seoul by RFC 3339; a day alone where no time is known.
fn moment(date: Date, time: Option<Time>) -> String {
    time.map_or_else(|| date.to_string(), |time| format!("{date}T{time}+09:00"))
}
