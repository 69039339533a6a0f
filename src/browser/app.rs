//! The component at the root: it owns the state, fetches what the state needs, and follows the address bar.

use gloo::timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use super::events::Listener;
use super::history::Gone;
use super::link::Link;
use super::settings::{initial_place, release, settings};
use super::source::{Source, path, read, source};
use super::{events, focus, history};
use crate::model::Slug;
use crate::reader;
use crate::view::{
    Action, Cause, Failure, Field, Focus, Loaded, Opener, Order, Place, Request, Routing, Scene,
    Settings, State, Status, view_viewer,
};

/// Milliseconds until a reader is told that something is being loaded. Less flickers, more looks broken.
const SLOW: u32 = 1_000;
/// Milliseconds without a key until suggestions are asked for. Less asks for words that nobody means, more comes when
/// the next word is begun.
const PAUSE: u32 = 150;
/// Milliseconds for which a button says that it has copied.
const COPIED: u32 = 3_000;

/// Properties of [`App`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct AppProps {
    /// The `<release-viewer>` element.
    pub(super) host: Element,
    /// The element that holds the view.
    pub(super) root: Element,
    /// Begins ids and addresses.
    pub(super) name: String,
    /// The loader.
    pub(super) link: Link,
}

/// What the component hears.
#[derive(Clone, Debug)]
pub(super) enum Message {
    /// Something for the state.
    Act(Action),
    /// A link to a place was followed.
    Follow(Place),
    /// A control was used.
    Obey(Order),
    /// What was asked for has come, or has not.
    Answer(u32, Option<String>, u32),
    /// The clipboard has answered.
    Copied(bool),
    /// The suggestion of these words was taken, else the active one.
    Pick(Option<String>),
    /// Nothing was typed for a while.
    Suggest,
    /// The host asks for an address.
    Asked(String),
    /// The host has changed an attribute.
    Configure,
    /// What has failed may work now.
    Retry,
    /// The address bar has changed.
    AddressChanged,
    /// A prerendered view stands in the page; ours is needed only when it shows something else.
    Adopt(Element),
    /// A link may be followed next.
    Likely(String),
    /// The search form was sent.
    Search,
}

/// The component at the root.
pub(super) struct App {
    state: State,
    /// Whether the first view shows what a prerendered page has brought.
    brought: bool,
    source: Source,
    /// The release that the host wanted last.
    wanted: Option<Slug>,
    focus: Option<Focus>,
    /// Why the next change of the address will come.
    cause: Option<Cause>,
    /// What is under way, and the number of the question; an answer to another comes too late.
    fetching: Option<(u32, Request)>,
    /// The same for suggestions; the number is 0 until it is asked.
    suggesting: (u32, Option<String>),
    denied: bool,
    /// Number of the last question.
    asked: u32,
    pause: Option<Timeout>,
    slow: Option<Timeout>,
    said: Option<Timeout>,
    told: Option<&'static str>,
    /// What stands behind the name of the view in the title of the page.
    title: Option<String>,
    listener: Listener,
}

impl Component for App {
    type Message = Message;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let AppProps { host, name, link, .. } = ctx.props();
        let settings = settings(host, name, link);
        let place = initial_place(host, &settings.address);
        let source = link.data().map_or_else(|| source(host, &settings.address), Source::Data);
        let mut state = State::new(settings, place);
        // What the page holds already is not fetched again.
        let page = link.page().and_then(|page| reader::read_page(&page).ok());
        if let Some(page) = page {
            let page = Loaded::Page(page.archive, page.total, page.releases);
            let _start = state.apply(Action::Loaded(page, String::new()));
        }
        let brought = state.status == Status::Ready;
        let mut app = Self {
            state,
            brought,
            source,
            wanted: release(host),
            focus: None,
            cause: None,
            fetching: None,
            suggesting: (0, None),
            denied: false,
            asked: 0,
            pause: None,
            slow: None,
            said: None,
            told: None,
            title: None,
            listener: events::listen(ctx),
        };
        app.fetch_what_is_needed(ctx);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        ctx.props().link.tell("busy", "", "", "");
        match message {
            Message::Act(action) => self.act(ctx, action),
            Message::Follow(place) => {
                self.go(ctx, place, Cause::Link);
                false
            }
            Message::Obey(order) => self.obey(ctx, order),
            Message::Answer(number, text, code) => {
                if let (asked, Some(question)) = &self.suggesting
                    && *asked == number
                {
                    // What is only offered may fail unheard.
                    let list = text.and_then(|text| reader::read_suggestions(&text).ok());
                    let said = Action::Suggested(question.clone(), list.unwrap_or_default());
                    return self.act(ctx, said);
                }
                let request = self.fetching.clone().filter(|(asked, _)| *asked == number);
                let Some((_, request)) = request else { return false };
                self.act(
                    ctx,
                    match read(&self.source, &request, text.as_deref(), code) {
                        // Where each place is a page, the server says what there is none of.
                        Ok(Loaded::Release(_, None))
                            if self.state.settings.address.routing == Routing::Path =>
                        {
                            Action::Failed(request, Failure::Server)
                        }
                        Ok(loaded) => Action::Loaded(loaded, ctx.props().link.now(self.state.ui())),
                        Err(failure) => Action::Failed(request, failure),
                    },
                )
            }
            Message::Copied(done) => {
                let link = ctx.link().clone();
                self.said = Some(Timeout::new(COPIED, move || {
                    link.send_message(Message::Act(Action::Copied(None)))
                }));
                self.act(ctx, Action::Copied(Some(done)))
            }
            Message::Pick(words) => {
                self.act(
                    ctx,
                    words.map_or(Action::Pick, |words| Action::Edit(Field::Words, words)),
                );
                self.search(ctx)
            }
            Message::Suggest => {
                self.asked += 1;
                self.suggesting.0 = self.asked;
                if let (number, Some(question)) = &self.suggesting {
                    self.put(ctx, *number, question);
                }
                false
            }
            Message::Asked(address) => {
                if let Some(place) = self.state.settings.address.read(&address) {
                    self.go(ctx, place, Cause::Link);
                }
                false
            }
            Message::Configure => self.configure(ctx),
            Message::Retry => {
                self.state.status == Status::Failed && self.act(ctx, Action::Retry(Cause::Form))
            }
            Message::AddressChanged => self.follow_address(ctx),
            Message::Adopt(page) => {
                events::adopt(&page, &self.listener, ctx);
                false
            }
            Message::Likely(href) => {
                let place = self.state.settings.address.read(&href);
                let request = place.and_then(|place| self.state.missing(&place));
                let path = request.map(|request| path(&self.source, &request));
                if let Some(path) = path.filter(|path| !path.is_empty()) {
                    ctx.props().link.tell("likely", &path, "", "");
                }
                false
            }
            Message::Search => self.search(ctx),
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = &ctx.props().link;
        link.tell("busy", "", "", "");
        let date = |date, ui, style| link.day(date, ui, style);
        view_viewer(&Scene { state: &self.state, date: &date })
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        // Before the first view is complete, the prerendered one stands; afterwards only as long as it is the same.
        if self.told == Some("ready") {
            ctx.props().link.tell("changed", "", "", "");
        }
        self.tell(ctx);
        if let Some(title) =
            self.state.title().filter(|_| ctx.props().host.has_attribute("document-title"))
        {
            self.name_page(&title);
        }
        if let Some(focus) = self.focus.take() {
            focus::give(&focus, &ctx.props().link);
        }
    }
}

impl App {
    /// Lets the state take something in, and looks after what follows from it.
    fn act(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        let (retries, fails) =
            (matches!(action, Action::Retry(_)), matches!(action, Action::Failed(..)));
        if retries || fails {
            self.fetching = None;
        }
        // What was only wished for is not asked for a second time.
        self.denied |= fails && self.state.status == Status::Ready;
        let before = self.state.shown.clone();
        let focus = self.state.apply(action);
        if focus.is_some() {
            self.focus = focus;
        } else if before.is_none() && self.state.shown.is_some() {
            self.focus = Some(Focus::Nothing);
        }
        if fails {
            self.tell_failure(ctx);
        } else if self.state.shown != before {
            self.tell_results(ctx);
        }
        self.fetch_what_is_needed(ctx);
        self.suggest(ctx);
        true
    }

    /// Sends the search form.
    fn search(&mut self, ctx: &Context<Self>) -> bool {
        match self.state.asked() {
            Some(place) => self.go(ctx, place, Cause::Form),
            None => return self.act(ctx, Action::WrongPeriod),
        }
        true
    }

    fn fetch_what_is_needed(&mut self, ctx: &Context<Self>) {
        let waits = matches!(self.state.status, Status::Waiting | Status::Slow);
        let wished = || self.state.wishes().filter(|_| !self.denied);
        let request = if waits { self.state.needs() } else { wished() };
        let Some(request) = request else {
            self.slow = None;
            self.fetching = None;
            return;
        };
        if self.fetching.as_ref().is_some_and(|(_, asked)| *asked == request) {
            return;
        }
        if self.slow.is_none() {
            ctx.props().link.tell("begin", "", "", "");
            if waits {
                let link = ctx.link().clone();
                self.slow =
                    Some(Timeout::new(SLOW, move || link.send_message(Message::Act(Action::Slow))));
            }
        }
        self.asked += 1;
        let (number, link) = (self.asked, &ctx.props().link);
        let answer = |text, code| ctx.link().send_message(Message::Answer(number, text, code));
        match (&self.source, &request) {
            // A feed is all there is: what it did not bring is nowhere.
            (Source::Data(_) | Source::File(_), Request::Release(_)) => answer(None, 404),
            (Source::Data(data), _) => answer(Some(data.clone()), 0),
            (_, Request::Search(question)) => self.put(ctx, number, question),
            (source, request) => link.ask(number, &path(source, request)),
        }
        self.fetching = Some((number, request));
    }

    /// Puts a question to the search program. Only an archive has one.
    fn put(&self, ctx: &Context<Self>, number: u32, question: &str) {
        if let Source::Archive(folder) = &self.source {
            ctx.props().link.search(number, folder, question);
        }
    }

    /// Asks for suggestions once nothing is typed for a while; for the search program at once.
    fn suggest(&mut self, ctx: &Context<Self>) {
        let wanted = self.state.suggests();
        if self.suggesting.1 == wanted {
            return;
        }
        self.pause = wanted.as_ref().map(|question| {
            let link = ctx.link().clone();
            let pause = if question.starts_with("suggest=&") { 0 } else { PAUSE };
            Timeout::new(pause, move || link.send_message(Message::Suggest))
        });
        self.suggesting = (0, wanted);
    }

    /// Tells the loader what to do with the content that the host has put into the element: until the first view is
    /// complete it stays, below the line that says what is going on.
    fn tell(&mut self, ctx: &Context<Self>) {
        let kind = match self.state.status {
            Status::Ready => "ready",
            Status::Slow => "slow",
            Status::Failed => "failed",
            Status::Waiting => return,
        };
        if self.told != Some("ready") && self.told != Some(kind) {
            self.told = Some(kind);
            ctx.props().link.tell(kind, if self.brought { "page" } else { "" }, "", "");
        }
    }

    fn tell_failure(&self, ctx: &Context<Self>) {
        if let (Status::Failed, Some(failure)) = (self.state.status, self.state.failure) {
            let path = self.state.needs().map(|request| path(&self.source, &request));
            let message = failure.help(self.state.ui());
            ctx.props().link.tell("error", failure.code(), message, &path.unwrap_or_default());
        }
    }

    fn tell_results(&self, ctx: &Context<Self>) {
        if let Some(Place::Results { query, .. }) = &self.state.shown {
            ctx.props().link.tell("search", &query.words, &self.state.answer.total.to_string(), "");
        }
    }

    /// Tells where the reader goes; gives whether that is so. Back and forward cannot be stopped.
    fn tell_place(&self, ctx: &Context<Self>, kind: &str, place: &Place) -> bool {
        let (id, block) = match place {
            Place::Release { id, block } => (id.as_str(), block.as_deref().unwrap_or_default()),
            _ => ("", ""),
        };
        ctx.props().link.tell(kind, id, block, &self.url(place))
    }

    /// The whole address of a place.
    fn url(&self, place: &Place) -> String {
        let Settings { page, address, .. } = &self.state.settings;
        let routing = address.routing;
        let address = address.write(place);
        if routing == Routing::Path {
            return address;
        }
        // One that begins with `?` takes the place of the host's own query.
        let page = if address.starts_with('?') { page.split('?').next() } else { Some(&**page) };
        format!("{}{address}", page.unwrap_or_default())
    }

    /// Takes over changed attributes.
    fn configure(&mut self, ctx: &Context<Self>) -> bool {
        let AppProps { host, name, link, .. } = ctx.props();
        self.act(ctx, Action::Configure(Box::new(settings(host, name, link))));
        let wanted = release(host);
        if wanted != self.wanted {
            self.wanted.clone_from(&wanted);
            let place = wanted.map(|id| Place::Release { id, block: None });
            self.go(ctx, place.unwrap_or_default(), Cause::Form);
        }
        true
    }

    /// Goes to where the address bar has gone.
    fn follow_address(&mut self, ctx: &Context<Self>) -> bool {
        let cause = self.cause.take();
        let address = &self.state.settings.address;
        if address.routing == Routing::None {
            return false;
        }
        let here = match address.routing {
            Routing::Query => history::address(Routing::Query),
            Routing::Path => history::address(Routing::Path),
            _ => ctx.props().link.hash(),
        };
        // Without an address the reader is back at the beginning; a query without ours is that too.
        let place = match address.read(&here) {
            None if here.is_empty() || address.routing == Routing::Query => Place::default(),
            None => return false,
            Some(place) => place,
        };
        if place == self.state.place && cause.is_none() {
            return false;
        }
        if cause.is_none() {
            self.tell_place(ctx, "moved", &place);
        }
        self.act(ctx, Action::Go(place, cause.unwrap_or(Cause::History)))
    }

    /// Carries out what a control asks for.
    fn obey(&mut self, ctx: &Context<Self>, order: Order) -> bool {
        let action = match order {
            Order::ToggleSearch if self.state.search.open => Action::CloseSearch,
            Order::ToggleSearch => Action::OpenSearch(Opener::Button),
            Order::OpenSearch(opener) => Action::OpenSearch(opener),
            Order::Retry => Action::Retry(Cause::Link),
            Order::SkipToContent => Action::Skip(Focus::Heading),
            Order::SkipToMenu => Action::Skip(Focus::MainMenu),
            Order::SkipPast => Action::Skip(Focus::End),
            Order::Copy => {
                self.copy(ctx);
                return false;
            }
        };
        self.act(ctx, action)
    }

    /// Goes to a place through the address bar, so that back leads here again.
    fn go(&mut self, ctx: &Context<Self>, place: Place, cause: Cause) {
        if !self.tell_place(ctx, "navigate", &place) {
            return;
        }
        let address = &self.state.settings.address;
        match history::go(address.routing, &address.write(&place)) {
            Gone::Soon => self.cause = Some(cause),
            Gone::Now => ctx.link().send_message(Message::Act(Action::Go(place, cause))),
        }
    }

    fn copy(&self, ctx: &Context<Self>) {
        let address = self.url(&self.state.place);
        ctx.props().link.copy(&address);
    }

    /// Gives the page the name of what it shows. Only where the host says that the page is the viewer's
    /// (`document-title`). What a prerendered page has behind that name (the ministry's) stays there.
    fn name_page(&mut self, title: &str) {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let before = document.title();
        let behind = self.title.get_or_insert_with(|| {
            before.strip_prefix(title).map(str::to_owned).unwrap_or_default()
        });
        let title = format!("{title}{behind}");
        if before != title {
            document.set_title(&title);
        }
    }
}
