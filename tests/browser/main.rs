//! Tests in a real browser: the viewer in an element, from mounting to unmounting.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in its helpers")]

use release_viewer::browser::{Mounted, mount};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Mounts a viewer with these attributes, tells it that there is no archive, and waits until it says so.
async fn viewer(attributes: &[(&str, &str)]) -> (HtmlElement, Element, Mounted) {
    let host: HtmlElement = document().create_element("release-viewer").unwrap().unchecked_into();
    for (name, value) in attributes {
        host.set_attribute(name, value).unwrap();
    }
    let root = document().create_element("div").unwrap();
    host.append_child(&root).unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    let link = js_sys::Object::new();
    let set = |name: &str, value: &JsValue| {
        js_sys::Reflect::set(&link, &name.into(), value).unwrap();
    };
    set("signal", &web_sys::AbortController::new().unwrap().signal());
    set("lang", &host.get_attribute("lang").unwrap_or_default().into());
    for (name, body) in [
        ("ask", "this.asked(number)"),
        ("tell", "if (number === 'failed') this.failed(); return true"),
        ("now", "return 'now'"),
        ("hash", "return ''"),
        ("focus", ""),
    ] {
        set(name, &js_sys::Function::new_with_args("number", body));
    }
    let wait = |name: &'static str| js_sys::Promise::new(&mut |resolve, _| set(name, &resolve));
    let (asked, failed) = (wait("asked"), wait("failed"));
    let name = if host.id().is_empty() { "rv".to_owned() } else { host.id() };
    let mounted = mount(host.clone().into(), root.clone(), name, link.unchecked_into());
    let number = JsFuture::from(asked).await.unwrap().as_f64().unwrap();
    assert!((number - 1.0).abs() < f64::EPSILON, "the first question has the number 1");
    mounted.answer(1, None, 404);
    JsFuture::from(failed).await.unwrap();
    (host, root, mounted)
}

fn text(root: &Element, selector: &str) -> String {
    root.query_selector(selector)
        .unwrap()
        .and_then(|element| element.text_content())
        .unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_missing_archive_is_said_in_the_language_of_the_element() {
    for (lang, title, retry) in [
        ("en", "The press releases could not be loaded.", "Try again"),
        ("ko", "보도자료를 불러오지 못했습니다.", "다시 시도"),
    ] {
        let (host, root, mounted) =
            viewer(&[("src", "no-such-archive/"), ("lang", lang), ("id", lang)]).await;
        assert_eq!(text(&root, ".rv-message__title"), title);
        assert_eq!(text(&root, "[data-rv=retry]"), retry);
        assert_eq!(
            root.query_selector(".rv").unwrap().unwrap().get_attribute("lang").as_deref(),
            Some(lang)
        );
        mounted.unmount();
        host.remove();
    }
}

#[wasm_bindgen_test]
async fn ids_begin_with_the_name_of_the_element() {
    let (host, root, mounted) = viewer(&[("src", "no-such-archive/"), ("id", "press")]).await;
    assert!(root.query_selector("#press-heading").unwrap().is_some());
    assert!(root.query_selector("#press-end").unwrap().is_some());
    mounted.unmount();
    host.remove();
}

#[wasm_bindgen_test]
async fn a_host_may_have_its_own_skip_menu() {
    let (host, root, mounted) =
        viewer(&[("src", "no-such-archive/"), ("skip-menu", "none"), ("heading-level", "4")]).await;
    assert!(root.query_selector(".rv-skip-menu").unwrap().is_none());
    assert!(root.query_selector("h4#rv-heading").unwrap().is_some());
    mounted.unmount();
    host.remove();
}

#[wasm_bindgen_test]
async fn unmounting_leaves_no_node() {
    let (host, root, mounted) = viewer(&[("src", "no-such-archive/")]).await;
    assert!(root.child_element_count() > 0);
    mounted.unmount();
    // Yew does it in the next microtask.
    JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.unwrap();
    assert_eq!(root.child_nodes().length(), 0);
    host.remove();
}
