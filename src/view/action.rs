//! What can happen to a viewer, and what it asks for.

use super::address::Place;
use super::search_box::Field;
use super::state::Settings;
use crate::model::{Answer, Archive, Entry, Lang, Release, Slug};

/// A control that opens the search window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Opener {
    /// The button beside the main menu.
    #[default]
    Button,
    /// The button in the skip menu.
    SkipMenu,
}

/// Whether anything is under way or has failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// What is shown is what was asked for.
    Ready,
    /// Something is being fetched.
    Waiting,
    /// It takes more than a second.
    Slow,
    /// It did not come.
    Failed,
}

/// Why something did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No connection.
    Offline,
    /// No answer in time.
    Timeout,
    /// An answer that says no.
    Server,
    /// An answer that cannot be read.
    Data,
}

impl Failure {
    /// Its name for programs, in `rv-error`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Timeout => "timeout",
            Self::Server => "server",
            Self::Data => "data",
        }
    }
}

/// How a reader came to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The page was opened.
    Start,
    /// A link in the viewer, or a method of the element.
    Link,
    /// The search form, or an attribute of the element; the focus stays where it is.
    Form,
    /// Back, forward, or the address bar.
    History,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The reader goes somewhere.
    Go(Place, Cause),
    /// Data have come, and when.
    Loaded(Loaded, String),
    /// Data have not come.
    Failed(Request, Failure),
    /// A second has passed.
    Slow,
    /// The same again: the reader wants it, or the connection is back.
    Retry(Cause),
    /// The host has changed its mind.
    Configure(Box<Settings>),
    /// The search window is to open.
    OpenSearch(Opener),
    /// The search window is to close.
    CloseSearch,
    /// Escape was pressed in the search window: the suggestions close, or without any the window.
    Escape,
    /// A field of the search window has changed.
    Edit(Field, String),
    /// Suggestions have come for this question, or none have.
    Suggested(String, Vec<String>),
    /// The next suggestion, or the one before it, is to be the active one.
    Step(Step),
    /// The active suggestion is taken.
    Pick,
    /// The focus has left the search field.
    LeaveField,
    /// The search form was sent with a period that ends before it begins.
    WrongPeriod,
    /// A skip link was followed.
    Skip(Focus),
    /// The address was copied, or not; or that was long enough ago.
    Copied(Option<bool>),
}

/// A way through the suggestions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next; behind the last stands the field, then the first.
    Down,
    /// To the one before.
    Up,
}

/// Data that have come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loaded {
    /// The table of contents.
    Archive(Archive),
    /// A piece of the list of a language and a section.
    List(Lang, Slug, usize, Vec<Entry>),
    /// A release, or that there is none.
    Release(Slug, Option<Box<Release>>),
    /// A piece of the texts of a language.
    Texts(Lang, usize, Vec<Release>),
    /// The answer to a question.
    Answer(String, Answer),
    /// What a prerendered page has brought: the sections; where it is a list, the number of releases in all of its
    /// pages; what it shows.
    Page(Archive, Option<usize>, Vec<Release>),
    /// All there is.
    Feed(Vec<Release>),
}

/// Data that a place needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// The table of contents.
    Archive,
    /// A piece of the list of a language and a section.
    List(Lang, Slug, usize),
    /// A release.
    Release(Slug),
    /// A piece of the texts of a language, where there is no index.
    Texts(Lang, usize),
    /// A page of what a query finds: a question to the search program, as the parameters of an address.
    Search(String),
}

/// Where the focus is to go once the view stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Nowhere; the window scrolls to where it was when the page was left.
    Nothing,
    /// The heading of list, release or message; the viewer comes to the top of the window.
    Heading,
    /// The same after back or forward; the window scrolls to where it was.
    HeadingInPlace,
    /// The link of a release in a list, after back or forward.
    Item(Slug),
    /// A block of the release.
    Block(String),
    /// A block, only if nothing else in the page has the focus.
    BlockIfFree(String),
    /// The main menu.
    MainMenu,
    /// The search field.
    SearchField,
    /// The field with the end of the period.
    PeriodEnd,
    /// The button that tries again, with the message above it in the window.
    Retry,
    /// What opened the search window.
    Opener(Opener),
    /// The end of the viewer.
    End,
}
