//! Answers of a search → what is on the screen.

use std::rc::Rc;

use futures::executor::block_on;
use release_viewer::reader::{read_answer, read_archive};
use release_viewer::view::{
    Action, Address, Cause, Failure, Field, Loaded, Opener, Place, Request, Scene, Settings, State,
    Status, Step, Ui, view_viewer,
};
use yew::{Component, Context, Html, LocalServerRenderer, Properties};

const ARCHIVE: &str = r#"{"version":2,"piece":100,"search":{"ko":"search/a.bin","en":"search/b.bin"},"languages":[
    {"language":"ko","sections":[{"id":"press","name":"보도자료","count":9}],"departments":["동북아과"]},
    {"language":"en","sections":[{"id":"press","name":"Press Releases","count":9}],"departments":[]}]}"#;

const HITS: &str = r#"{"total":12,"hits":[
    {"id":"route","title":"직항 개설","date":"2025-03-05","lang":"ko","section":"보도자료","section_id":"press","department":"동북아과",
     "attachments":2,"withdrawn":true,"marked_title":[{"text":"직항","mark":true},{"text":" 개설","mark":false}],
     "excerpt":[{"text":"양국은 ","mark":false},{"text":"직항","mark":true},{"text":"을 연다.","mark":false}],"block":"p2","marker":"2."},
    {"id":"talks","title":"회담","date":null,"lang":"ko","section":null,"section_id":null,"department":null,"attachments":0,
     "withdrawn":false,"marked_title":[{"text":"회담","mark":false}],"excerpt":[{"text":"첫 문단","mark":false}],"block":null,"marker":null}],
    "dropped":["없는말"],"did_you_mean":null,"loosenings":[]}"#;

const NONE: &str = r#"{"total":0,"hits":[],"dropped":[],"did_you_mean":"직항",
    "loosenings":[{"what":"period","word":null,"total":1200},{"what":"files","word":null,"total":3},{"what":"word","word":"없는말","total":7}]}"#;

#[derive(PartialEq, Properties)]
struct WholeProps {
    state: Rc<State>,
}

struct Whole;

impl Component for Whole {
    type Message = ();
    type Properties = WholeProps;

    fn create(_context: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let date = |date: release_viewer::model::Date, _, _| date.to_string();
        view_viewer(&Scene { state: &context.props().state, date: &date })
    }
}

fn html(state: &State) -> String {
    let props = WholeProps { state: Rc::new(state.clone()) };
    block_on(LocalServerRenderer::<Whole>::with_props(props).hydratable(false).render())
}

/// The element that begins with this, up to where one of its kind ends.
fn element<'a>(html: &'a str, begins: &str, ends: &str) -> &'a str {
    let from = html.find(begins).unwrap_or_else(|| panic!("{begins} is not in {html}"));
    let rest = &html[from..];
    &rest[..rest.find(ends).unwrap() + ends.len()]
}

/// The words of some markup.
fn words(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    parts.collect::<String>().trim().to_owned()
}

fn start(address: &str, ui: Ui) -> State {
    let address_of = Address { name: "rv".to_owned(), ..Address::default() };
    let place = address_of.read(address).unwrap();
    let settings = Settings {
        address: address_of,
        ui,
        heading_level: 2,
        page_size: 10,
        skip_menu: true,
        isolated: false,
        form: None,
        page: String::new(),
    };
    let mut state = State::new(settings, place);
    let archive = read_archive(ARCHIVE).unwrap();
    assert!(archive.searchable);
    state.apply(Action::Loaded(Loaded::Archive(archive), String::new()));
    state
}

fn give(state: &mut State, json: &str) {
    let Some(Request::Search(question)) = state.needs() else { panic!("a search") };
    let answer = Loaded::Answer(question, read_answer(json).unwrap());
    state.apply(Action::Loaded(answer, "10:00".to_owned()));
    assert_eq!(state.status, Status::Ready);
}

fn shown(address: &str, json: &str) -> String {
    let mut state = start(address, Ui::Ko);
    give(&mut state, json);
    html(&state)
}

#[test]
fn a_result_has_all_that_helps_to_choose_it() {
    let page = shown("#rv?q=%EC%A7%81%ED%95%AD", HITS);
    assert!(page.contains("<ul class=\"rv-items\">"));
    let item = element(&page, "<li class=\"rv-item\"", "</li>");
    assert!(item.contains("<time datetime=\"2025-03-05\">"), "{item}");
    let title = element(item, "<h3", "</h3>");
    assert!(title.contains("href=\"#rv/route/p2\""), "a hit opens at its paragraph: {title}");
    assert!(title.contains("<mark>직항</mark> 개설"), "{title}");
    let passage = element(item, "<div class=\"rv-passage\">", "</div>");
    assert!(passage.contains("href=\"#rv/route/p2\"") && passage.contains("<mark>직항</mark>"));
    assert_eq!(words(passage), "2. 양국은 직항을 연다.");
    let side = element(item, "<p class=\"rv-item__side", "</p>");
    for said in ["철회", "보도자료", "동북아과", "첨부 2"] {
        assert!(side.contains(&format!("<span>{said}</span>")), "{side}");
    }
    let second = element(&page[page.find("rv-item-talks").unwrap()..], "href", "</li>");
    assert!(second.starts_with("href=\"#rv/talks\""), "nothing in the text matches: {second}");
    assert!(!second.contains("rv-passage__link"));
}

#[test]
fn heading_order_and_pages_are_said() {
    let page = shown("#rv?q=%EC%A7%81%ED%95%AD&files=yes", HITS);
    assert_eq!(words(element(&page, "<h2", "</h2>")), "‘직항’ 검색 결과 12건");
    assert_eq!(words(element(&page, "<p class=\"rv-status", "</p>")), "‘직항’ 검색 결과 12건");
    assert!(words(element(&page, "<p class=\"rv-list__said\"", "</p>")).ends_with("‘없는말’"));
    let orders = element(&page, "<ul class=\"rv-orders\"", "</ul>");
    let href = "#rv?q=%EC%A7%81%ED%95%AD&amp;files=yes";
    assert!(orders.contains(&format!("href=\"{href}\" aria-current=\"true\"")), "{orders}");
    assert!(orders.contains(&format!("href=\"{href}&amp;order=date\"")), "{orders}");
    let pages = element(&page, "<nav class=\"rv-pages\"", "</nav>");
    assert!(pages.contains(&format!("href=\"{href}&amp;page=2\"")), "{pages}");
    assert!(!page.contains("이렇게 찾아보기"));
    let without_words = shown("#rv?q=&files=yes", HITS);
    assert!(!without_words.contains("rv-orders") && without_words.contains("최신순"));
}

#[test]
fn a_count_is_heard_once() {
    let mut state = start("#rv?q=a", Ui::En);
    give(&mut state, HITS);
    let status =
        |state: &State| words(element(&html(state), "<p class=\"rv-status", "</p>")).to_owned();
    assert_eq!(status(&state), "12 results for ‘a’");
    let next = state.settings.address.read("#rv?q=a&page=2").unwrap();
    state.apply(Action::Go(next, Cause::Link));
    give(&mut state, HITS);
    assert_eq!(status(&state), "", "the heading has the focus and says it");
}

#[test]
fn zero_results_say_what_can_be_loosened() {
    let page = shown("#rv?q=%EC%97%86%EB%8A%94%EB%A7%90%20a&from=2025-01-01&files=yes", NONE);
    let message = element(&page, "<div class=\"rv-message\">", "</div>");
    assert_eq!(words(element(message, "<h2", "</h2>")), "‘없는말 a’ 검색 결과가 없습니다.");
    let ways = element(message, "<ul", "</ul>");
    let ways: Vec<(&str, String)> = ways
        .split("<a ")
        .skip(1)
        .map(|way| {
            let href = way.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
            (href, words(&format!("<{way}")))
        })
        .collect();
    let ways: Vec<(&str, &str)> = ways.iter().map(|(href, said)| (*href, said.as_str())).collect();
    assert_eq!(
        ways,
        [
            ("#rv?q=%EC%A7%81%ED%95%AD&amp;from=2025-01-01&amp;files=yes", "이렇게 찾아보기: 직항"),
            ("#rv?q=%EC%97%86%EB%8A%94%EB%A7%90%20a&amp;files=yes", "기간 없이: 1,200건"),
            ("#rv?q=%EC%97%86%EB%8A%94%EB%A7%90%20a&amp;from=2025-01-01", "첨부 조건 없이: 3건"),
            ("#rv?q=a&amp;from=2025-01-01&amp;files=yes", "‘없는말’ 없이: 7건"),
            ("#rv", "보도자료 목록"),
        ]
    );
}

#[test]
fn the_field_is_a_combobox_whose_ids_are_there() {
    let mut state = start("#rv?q=", Ui::Ko);
    give(&mut state, HITS);
    let field = |page: &str| element(page, "class=\"rv-field rv-field--large\"", ">").to_owned();
    let page = html(&state);
    let closed = field(&page);
    for said in [
        "role=\"combobox\"",
        "aria-expanded=\"false\"",
        "aria-controls=\"rv-suggestions\"",
        "aria-autocomplete=\"list\"",
    ] {
        assert!(closed.contains(said), "{closed}");
    }
    assert!(!closed.contains("aria-activedescendant"));
    let list = element(&page, "<ul class=\"rv-suggestions\"", ">");
    assert!(list.contains("id=\"rv-suggestions\"") && list.contains("hidden"), "{list}");
    state.apply(Action::Edit(Field::Words, "직".to_owned()));
    let suggestions = release_viewer::reader::read_suggestions(
        r#"[{"text":"직항 노선","id":null},{"text":"직항 개설","id":"route"}]"#,
    );
    state.apply(Action::Suggested(state.suggests().unwrap(), suggestions.unwrap()));
    state.apply(Action::Step(Step::Up));
    let page = html(&state);
    let open = field(&page);
    assert!(open.contains("aria-expanded=\"true\""), "{open}");
    assert!(open.contains("aria-activedescendant=\"rv-suggestion-1\""), "{open}");
    let list = element(&page, "<ul class=\"rv-suggestions\"", "</ul>");
    assert!(!list.contains("hidden"));
    let options: Vec<&str> = list.split("<li ").skip(1).collect();
    assert_eq!(options.len(), 2);
    assert!(options[0].contains("id=\"rv-suggestion-0\" role=\"option\" aria-selected=\"false\""));
    assert!(options[1].contains("id=\"rv-suggestion-1\" role=\"option\" aria-selected=\"true\""));
}

#[test]
fn every_filter_is_in_the_window() {
    let page = shown("#rv?q=a&from=2025-01-01&section=press&department=x&files=yes", HITS);
    let form = element(&page, "<form", "</form>");
    for id in ["field", "from", "to", "section", "department", "lang", "files"] {
        assert!(form.contains(&format!("for=\"rv-{id}\"")), "{id} has no label");
        assert!(form.contains(&format!("id=\"rv-{id}\"")), "{id}");
    }
    let languages = element(form, "<select class=\"rv-field\" id=\"rv-lang\"", "</select>");
    assert_eq!(words(languages), "한국어English");
    assert!(languages.contains("<option value=\"ko\" selected=\"\" lang=\"ko\">"), "{languages}");
    assert!(form.contains("<input checked class=\"rv-check\""));
}

#[test]
fn a_search_without_network_keeps_what_is_shown() {
    let mut state = start("#rv?q=a", Ui::En);
    give(&mut state, HITS);
    let next = state.settings.address.read("#rv?q=b").unwrap();
    state.apply(Action::Go(next, Cause::Form));
    let request = state.needs().unwrap();
    state.apply(Action::Failed(request, Failure::Offline));
    let page = html(&state);
    let alert = element(&page, "<div class=\"rv-alert\"", "</button>");
    assert!(alert.contains("There is no internet connection.") && alert.contains("10:00"));
    assert!(alert.contains("data-rv=\"retry\""));
    assert_eq!(words(element(&page, "<h2", "</h2>")), "12 results for ‘a’");
}

#[test]
fn an_archive_without_an_index_has_a_plain_field() {
    let mut state = start("#rv", Ui::Ko);
    let archive = read_archive(&ARCHIVE.replace("\"search\"", "\"other\"")).unwrap();
    assert!(!archive.searchable);
    state.apply(Action::Loaded(Loaded::Archive(archive), String::new()));
    state.apply(Action::OpenSearch(Opener::Button));
    let page = html(&state);
    assert!(page.contains("id=\"rv-field\"") && !page.contains("combobox"));
    state.apply(Action::Edit(Field::Words, "직".to_owned()));
    assert_eq!(state.suggests(), None);
    let place = Place::Results { lang: None, query: Default::default(), page: 1 };
    assert!(matches!(state.missing(&place), Some(Request::Texts(..))));
}
