//! The pages: in each the viewer works, looks as it should, and has nothing to complain of.

use super::viewer::{HEADING, ITEM, Viewer};
use super::{in_hosts, nothing_went_wrong, of, packages, set_policy};
use crate::page::Page;
use crate::server::POLICY;
use serde_json::{Value, json};

fn walk(page: &Page, file: &str) {
    page.load(&of(file), "");
    Viewer::only(page).walk();
    nothing_went_wrong(page);
}

#[test]
fn viewer_works_in_a_plain_page_under_the_strictest_policy() {
    in_hosts(|page| {
        walk(page, "plain.html");
        walk(page, "isolated.html");
    });
}

#[test]
fn viewer_works_among_the_parts_of_bootstrap() {
    in_hosts(|page| {
        let Some(packages) = packages() else { return };
        page.server.also("npm", &packages);
        // The arrows of Bootstrap's own parts are pictures inside its style.
        set_policy(
            page,
            &of("bootstrap.html"),
            &POLICY.replace("img-src 'self'", "img-src 'self' data:"),
        );
        page.load(&of("bootstrap.html"), "");
        let viewer = Viewer::only(page);
        for isolate in [false, true] {
            page.js("document.documentElement.dataset.bsTheme = 'light'");
            if isolate {
                page.js("watched.events.length = 0");
                viewer.js("viewer.isolate = true");
            }
            viewer.until_isolated(isolate);
            viewer.walk();
            page.js("document.documentElement.dataset.bsTheme = 'dark'");
            viewer.axe_finds_nothing(&format!("dark, isolated: {isolate}"));
        }
        page.js("document.querySelector('#dropdown').click()");
        page.until_shown(".dropdown-menu");
        nothing_went_wrong(page);
    });
}

#[test]
fn viewer_takes_the_colours_of_krds_in_both_of_its_modes() {
    in_hosts(|page| {
        let Some(packages) = packages() else { return };
        page.server.also("npm", &packages);
        let seen = ["krds.html", "krds-high-contrast.html"].map(|file| {
            walk(page, file);
            let viewer = Viewer::only(page);
            let size = viewer.js("return parseFloat(getComputedStyle(inside(viewer, '.rv-item a')).fontSize)");
            assert!(size.as_f64() >= Some(15.0), "{file}: letters of {size} px");
            let look = "
                const of = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
                const paint = (colour) => { const at = document.createElement('i'); at.style.color = colour; document.body.append(at);
                  const drawn = getComputedStyle(at).color; at.remove(); return drawn; };
                const seen = getComputedStyle(rootOf(viewer)).color;
                return { text: seen, light: paint(of('--krds-light-color-text-basic')), dark: paint(of('--krds-high-contrast-color-text-basic')) }";
            viewer.js(look)
        });
        let [light, dark] = seen;
        assert_eq!(light["text"], light["light"], "the text of KRDS");
        assert_eq!(dark["text"], dark["dark"], "the text of KRDS in high contrast");
        assert_ne!(light["text"], dark["text"]);
    });
}

/// What can be seen of the elements of a viewer that no host should change.
fn looks(page: &Page) -> Value {
    Viewer::only(page).js(
        "const properties = ['display', 'visibility', 'opacity', 'color', 'backgroundColor', 'fontSize', 'fontWeight',
           'fontStyle', 'lineHeight', 'letterSpacing', 'wordSpacing', 'textTransform', 'textAlign', 'textIndent', 'textDecorationLine',
           'whiteSpace', 'cursor', 'pointerEvents', 'userSelect', 'float', 'position', 'boxSizing', 'listStyleType', 'transform',
           'paddingTop', 'paddingLeft', 'marginTop', 'marginLeft', 'borderTopWidth', 'borderTopColor', 'borderTopStyle', 'minHeight',
           'transitionDuration', 'direction'];
         return [rootOf(viewer), ...allInside(viewer, '*')].filter((at) => isShown(at)).map((at) => {
           const style = getComputedStyle(at);
           const values = properties.map((name) => `${name}: ${style[name]}`);
           return [`${at.localName}.${at.getAttribute('class')}`, ...values];
         });",
    )
}

#[test]
fn an_isolated_viewer_looks_the_same_in_a_hostile_page() {
    in_hosts(|page| {
        let mut seen = Vec::new();
        for file in ["isolated.html", "hostile.html"] {
            for address in ["", "#rv/0825-island-climate-finance-ko"] {
                page.load(&of(file), address);
                Viewer::only(page).until_ready();
                page.frames();
                seen.push(looks(page));
            }
        }
        for (friendly, hostile) in [(&seen[0], &seen[2]), (&seen[1], &seen[3])] {
            let differences = differences(friendly, hostile);
            assert!(
                differences.is_empty(),
                "{} differences, among them:\n{}",
                differences.len(),
                differences[..differences.len().min(40)].join("\n")
            );
        }
    });
}

fn differences(one: &Value, other: &Value) -> Vec<String> {
    let (one, other) = (one.as_array().unwrap(), other.as_array().unwrap());
    let mut found = Vec::new();
    if one.len() != other.len() {
        found.push(format!("{} elements show, and {}", one.len(), other.len()));
    }
    for (one, other) in one.iter().zip(other) {
        let pairs = one.as_array().unwrap().iter().zip(other.as_array().unwrap());
        let different = pairs.filter(|(one, other)| one != other);
        found.extend(different.map(|(a, b)| format!("{}: {a} is {b}", one[0])));
    }
    found
}

#[test]
fn viewer_works_in_a_hostile_page_when_isolated() {
    in_hosts(|page| walk(page, "hostile.html"));
}

#[test]
fn viewers_on_one_page_do_not_get_into_each_others_way() {
    in_hosts(|page| {
        page.load(&of("two.html"), "");
        let viewers = [".first", ".second", "#third"].map(|css| Viewer::new(page, css));
        for viewer in viewers {
            viewer.until_shown(ITEM);
            assert_eq!(viewer.events("rv-ready").len(), 1);
        }
        let asked = page.server.take_asked();
        let wasm = asked.iter().filter(|path| path.ends_with(".wasm")).count();
        assert_eq!(wasm, 1, "one instance for all: {asked:?}");
        // The name of each, and that no id is there twice.
        let names = viewers.map(|viewer| {
            viewer.js("return inside(viewer, \"[id$='-heading']\").id.replace('-heading', '')")
        });
        assert_eq!(names, [json!("rv"), json!("rv2"), json!("third")]);
        assert_eq!(page.js("return wrongIds()"), json!([]));
        // Each goes its own way, and back.
        let [first, second, third] = viewers;
        let title = first.open_first();
        assert!(page.fragment().starts_with("#rv/"), "{}", page.fragment());
        second.until_shown(ITEM);
        let english = second.open_first();
        assert!(page.fragment().starts_with("#rv2/"), "{}", page.fragment());
        let korean = third.open_first();
        assert!(page.fragment().starts_with("#third/"), "{}", page.fragment());
        assert_eq!(first.text(HEADING), title);
        assert_eq!(second.text(HEADING), english);
        assert_eq!(third.text(HEADING), korean);
        page.back();
        third.until_shown(ITEM);
        assert_eq!([first.text(HEADING), second.text(HEADING)], [title.clone(), english]);
        page.back();
        second.until_shown(ITEM);
        assert_eq!(first.text(HEADING), title);
        assert_eq!(page.js("return wrongIds()"), json!([]));
        nothing_went_wrong(page);
    });
}

#[test]
fn an_address_leads_one_viewer_and_leaves_the_others() {
    in_hosts(|page| {
        page.load(&of("two.html"), "#rv2/0709-passport-service-app-en");
        let [first, second, third] =
            [".first", ".second", "#third"].map(|css| Viewer::new(page, css));
        second.until_text(HEADING, "Passport Reissue by Mobile App to Start on July 20");
        first.until_shown(ITEM);
        third.until_shown(ITEM);
        page.js("location.hash = '#third/0709-passport-service-app-ko'");
        third.until_text(HEADING, "여권 재발급, 7월 20일부터 휴대전화 앱으로 신청하세요");
        first.until_shown(ITEM);
        nothing_went_wrong(page);
    });
}
