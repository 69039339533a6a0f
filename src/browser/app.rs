//! The component at the root: it owns the state, fetches what the state needs, and follows the address bar.

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::{clock, events, fetch, focus, history};
use crate::model::{Lang, Slug};
use crate::reader;
use crate::view::{
    Action, Address, Cause, Failure, Focus, Loaded, Opener, Order, Place, Request, Scene, Settings,
    State, Status, Ui, view_viewer,
};

/// Milliseconds until a reader is told that something is being loaded. Less flickers, more looks broken.
const SLOW: u32 = 1_000;
/// Milliseconds without scrolling after which the place in the page is noted. WebKit allows 100 notes in 30 s.
const SCROLL_REST: u32 = 250;
/// Milliseconds for which a button says that it has copied.
const COPIED: u32 = 3_000;

/// Properties of [`App`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct AppProps {
    /// The `<release-viewer>` element.
    pub(super) host: HtmlElement,
    /// The element that holds the view.
    pub(super) root: Element,
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
    /// The clipboard has answered.
    Copied(bool),
    /// Escape was pressed in the search window.
    Escape,
    /// The fragment of the address has changed.
    AddressChanged,
    /// The search form was sent.
    Search,
    /// The window was scrolled.
    Scrolled,
    /// The window rests.
    NoteScroll,
}

/// The component at the root.
pub(super) struct App {
    state: Rc<State>,
    base: String,
    focus: Option<Focus>,
    /// Whether the window is to go back to where it was once the first view stands.
    restore: bool,
    /// Why the next change of the address will come.
    cause: Option<Cause>,
    fetching: Option<Request>,
    slow: Option<Timeout>,
    rest: Option<Timeout>,
    said: Option<Timeout>,
    told: Option<&'static str>,
    _listeners: Vec<EventListener>,
}

impl Component for App {
    type Message = Message;
    type Properties = AppProps;

    fn create(ctx: &Context<Self>) -> Self {
        let host = &ctx.props().host;
        let settings = settings(host);
        let place = initial_place(host, &settings);
        let mut app = Self {
            state: Rc::new(State::new(settings, place)),
            base: base(host),
            focus: None,
            restore: false,
            cause: None,
            fetching: None,
            slow: None,
            rest: None,
            said: None,
            told: None,
            _listeners: events::listen(ctx),
        };
        app.fetch_what_is_needed(ctx);
        app
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(action) => self.act(ctx, action),
            Message::Follow(place) => {
                self.go(ctx, place, Cause::Link);
                false
            }
            Message::Obey(order) => self.obey(ctx, order),
            Message::Copied(done) => {
                let link = ctx.link().clone();
                self.said = Some(Timeout::new(COPIED, move || {
                    link.send_message(Message::Act(Action::Copied(None)))
                }));
                self.act(ctx, Action::Copied(Some(done)))
            }
            Message::Escape => self.act(ctx, Action::CloseSearch),
            Message::AddressChanged => {
                let cause = self.cause.take().unwrap_or(Cause::History);
                // Without a fragment the reader is back at the beginning.
                let place = history::fragment().and_then(|fragment| match fragment.as_str() {
                    "" => Some(Place::default()),
                    _ => self.state.settings.address.read(&fragment),
                });
                match place {
                    Some(place) => self.act(ctx, Action::Go(place, cause)),
                    None => false,
                }
            }
            Message::Search => match self.state.asked() {
                Some(place) => {
                    self.go(ctx, place, Cause::Form);
                    false
                }
                None => self.act(ctx, Action::WrongPeriod),
            },
            Message::Scrolled => {
                let link = ctx.link().clone();
                self.rest =
                    Some(Timeout::new(SCROLL_REST, move || link.send_message(Message::NoteScroll)));
                false
            }
            Message::NoteScroll => {
                history::note_scroll();
                false
            }
        }
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        view_viewer(&Scene { state: Rc::clone(&self.state), date: clock::day })
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        self.tell(&ctx.props().host);
        if let Some(title) =
            self.state.title().filter(|_| ctx.props().host.has_attribute("document-title"))
        {
            name_page(&title);
        }
        if std::mem::take(&mut self.restore) {
            focus::restore(history::noted_scroll());
        }
        if let Some(focus) = self.focus.take() {
            focus::give(
                &focus,
                &self.state.settings.address.name,
                &ctx.props().host,
                history::noted_scroll(),
            );
        }
    }
}

impl App {
    /// Lets the state take something in, and looks after what follows from it.
    fn act(&mut self, ctx: &Context<Self>, action: Action) -> bool {
        if action == Action::Retry {
            self.fetching = None;
        }
        let started_here = self.state.shown.is_none();
        let focus = Rc::make_mut(&mut self.state).apply(action);
        if focus.is_some() {
            self.focus = focus;
        } else if started_here && self.state.shown.is_some() {
            self.restore = true;
        }
        self.fetch_what_is_needed(ctx);
        true
    }

    fn fetch_what_is_needed(&mut self, ctx: &Context<Self>) {
        let request = match self.state.status {
            Status::Waiting | Status::Slow => self.state.needs(),
            _ => None,
        };
        let Some(request) = request else {
            self.slow = None;
            self.fetching = None;
            return;
        };
        if self.fetching.as_ref() == Some(&request) {
            return;
        }
        if self.slow.is_none() {
            let link = ctx.link().clone();
            self.slow =
                Some(Timeout::new(SLOW, move || link.send_message(Message::Act(Action::Slow))));
        }
        self.fetching = Some(request.clone());
        let (base, ui) = (self.base.clone(), self.state.ui());
        ctx.link().send_future(async move {
            Message::Act(match load(&base, &request).await {
                Ok(loaded) => Action::Loaded(loaded, clock::now(ui)),
                Err(failure) => Action::Failed(request, failure),
            })
        });
    }

    /// Tells the loader what to do with the content that the host has put into the element: until the first view is
    /// complete it stays, below the line that says what is going on.
    fn tell(&mut self, host: &HtmlElement) {
        let event = match self.state.status {
            Status::Ready => "rv-view",
            Status::Slow | Status::Failed => "rv-wait",
            Status::Waiting => return,
        };
        if self.told != Some("rv-view") && self.told != Some(event) {
            self.told = Some(event);
            let _unheard = web_sys::Event::new(event).map(|event| host.dispatch_event(&event));
        }
    }

    /// Carries out what a control asks for.
    fn obey(&mut self, ctx: &Context<Self>, order: Order) -> bool {
        let action = match order {
            Order::ToggleSearch if self.state.search.open => Action::CloseSearch,
            Order::ToggleSearch => Action::OpenSearch(Opener::Button),
            Order::OpenSearch(opener) => Action::OpenSearch(opener),
            Order::Retry => Action::Retry,
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
        history::note_scroll();
        let address = self.state.settings.address.write(&place);
        let here = history::fragment().unwrap_or_default();
        let set = || web_sys::window().map(|window| window.location().set_hash(&address));
        if here == address || set().is_none() {
            ctx.link().send_message(Message::Act(Action::Go(place, cause)));
        } else {
            self.cause = Some(cause);
        }
    }

    fn copy(&self, ctx: &Context<Self>) {
        let address = format!(
            "{}{}",
            self.state.settings.page,
            self.state.settings.address.write(&self.state.place)
        );
        let clipboard = web_sys::window().map(|window| window.navigator().clipboard());
        // Outside a secure context there is no clipboard, whatever its type says.
        let clipboard = clipboard.filter(|clipboard| !clipboard.is_undefined());
        let promise = clipboard.map(|clipboard| clipboard.write_text(&address));
        ctx.link().send_future(async move {
            let done = match promise {
                Some(promise) => JsFuture::from(promise).await.is_ok(),
                None => false,
            };
            Message::Copied(done)
        });
    }
}

/// Fetches and reads what a request names.
async fn load(base: &str, request: &Request) -> Result<Loaded, Failure> {
    let path = match request {
        Request::Archive => "archive.json".to_owned(),
        Request::List(lang) => format!("lists/{lang}.json"),
        Request::Release(id) => format!("releases/{id}.json"),
        Request::Texts(lang) => format!("{lang}/feed.json"),
    };
    let text = fetch::text(&format!("{base}{path}")).await?;
    let Some(text) = text else {
        return match request {
            Request::Release(id) => Ok(Loaded::Release(id.clone(), None)),
            _ => Err(Failure::Server),
        };
    };
    let feed = |text: &str| {
        reader::read_feed(text).map_err(|_| Failure::Data).map(|reading| reading.releases)
    };
    Ok(match request {
        Request::Archive => {
            Loaded::Archive(reader::read_archive(&text).map_err(|_| Failure::Data)?)
        }
        Request::List(lang) => Loaded::List(
            lang.clone(),
            feed(&text)?.into_iter().map(|release| release.entry).collect(),
        ),
        Request::Texts(lang) => Loaded::Texts(lang.clone(), feed(&text)?),
        Request::Release(id) => {
            let release = feed(&text)?.into_iter().next().ok_or(Failure::Data)?;
            Loaded::Release(id.clone(), Some(Box::new(release)))
        }
    })
}

fn attribute(host: &HtmlElement, name: &str) -> Option<String> {
    host.get_attribute(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The id of the element; a viewer that is alone on its page needs none.
pub(super) fn name(host: &HtmlElement) -> String {
    Some(host.id()).filter(|id| !id.is_empty()).unwrap_or_else(|| "rv".to_owned())
}

/// Reads the attributes of the element (DESIGN, 4).
fn settings(host: &HtmlElement) -> Settings {
    let number = |name: &str| attribute(host, name).and_then(|value| value.parse::<u8>().ok());
    let nearest =
        || host.closest("[lang]").ok().flatten().and_then(|element| element.get_attribute("lang"));
    let lang = attribute(host, "lang").or_else(nearest).and_then(|lang| Lang::parse(&lang));
    let page =
        web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    Settings {
        address: Address { name: name(host) },
        ui: lang.as_ref().map_or(Ui::Ko, Ui::of),
        heading_level: number("heading-level").filter(|level| (1..=6).contains(level)).unwrap_or(2),
        page_size: number("page-size").filter(|size| *size > 0).map_or(10, usize::from),
        skip_menu: attribute(host, "skip-menu").as_deref() != Some("none"),
        page: page.split('#').next().unwrap_or_default().to_owned(),
    }
}

/// Gives the page the name of what it shows. Only where the host says that the page is the viewer's
/// (`document-title`).
fn name_page(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document())
        && document.title() != title
    {
        document.set_title(title);
    }
}

/// The folder that `src` names, with a slash at its end.
fn base(host: &HtmlElement) -> String {
    let source = attribute(host, "src").unwrap_or_default();
    let folder = source.strip_suffix("archive.json").unwrap_or(&source);
    if folder.is_empty() || folder.ends_with('/') {
        folder.to_owned()
    } else {
        format!("{folder}/")
    }
}

fn initial_place(host: &HtmlElement, settings: &Settings) -> Place {
    let asked = history::fragment().and_then(|fragment| settings.address.read(&fragment));
    let named = || {
        attribute(host, "release")
            .and_then(|id| Slug::parse(&id))
            .map(|id| Place::Release { id, block: None })
    };
    asked.or_else(named).unwrap_or_default()
}
