//! The npm package says what the element is: manifest, types and sources name the same things.

use serde_json::Value;
use std::collections::BTreeSet;

use crate::root;

fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn manifest() -> Value {
    serde_json::from_str(&text("static/package/custom-elements.json")).unwrap()
}

/// The value of `key` of each thing in a list of the element's declaration.
fn named(list: &str, key: &str) -> BTreeSet<String> {
    let manifest = manifest();
    let things = manifest["modules"][0]["declarations"][0][list].as_array().unwrap();
    let names: Vec<_> =
        things.iter().map(|thing| thing[key].as_str().unwrap().to_owned()).collect();
    let set: BTreeSet<_> = names.iter().cloned().collect();
    assert_eq!(set.len(), names.len(), "{list} names something twice");
    set
}

/// The attributes that the loader observes: names in one string.
fn observed() -> BTreeSet<String> {
    let loader = text("src/browser/release-viewer.js");
    let (_, after) = loader.split_once("const ATTRIBUTES = \"").unwrap();
    let (names, _) = after.split_once('"').unwrap();
    names.split(' ').map(str::to_owned).collect()
}

/// What of a text begins with `prefix` and goes on with small letters and hyphens.
fn words(text: &str, prefix: &str) -> BTreeSet<String> {
    text.match_indices(prefix)
        .map(|(at, _)| {
            let rest = &text[at..];
            let end =
                rest.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '-');
            rest[..end.unwrap_or(rest.len())].to_owned()
        })
        .filter(|word| word != prefix)
        .collect()
}

#[test]
fn the_manifest_is_of_the_schema_that_it_names() {
    let manifest = manifest();
    assert_eq!(manifest["schemaVersion"], "2.1.0");
    let module = &manifest["modules"][0];
    assert_eq!(module["path"], "release-viewer.js");
    assert_eq!(module["declarations"][0]["tagName"], "release-viewer");
    // What the loader exports is what the manifest and the types say.
    let class = module["declarations"][0]["name"].as_str().unwrap();
    assert!(text("static/package/release-viewer.d.ts").contains(&format!("const {class}: ")));
}

#[test]
fn the_manifest_names_the_observed_attributes() {
    assert_eq!(named("attributes", "name"), observed());
}

#[test]
fn every_attribute_has_a_property() {
    let members = named("members", "name");
    let types = ["release-viewer.d.ts", "react.d.ts", "vue.d.ts"]
        .map(|name| text(&format!("static/package/{name}")));
    for field in named("attributes", "fieldName") {
        assert!(members.contains(&field), "members lack {field}");
        // React and Vue bring `lang` themselves.
        for types in types.iter().filter(|_| field != "lang") {
            assert!(
                types.contains(&format!("  {field}?: "))
                    || types.contains(&format!("{field}: "))
                    || types.contains(&format!("get {field}()")),
                "{field}"
            );
        }
    }
}

#[test]
fn the_types_have_every_member() {
    let types = text("static/package/release-viewer.d.ts");
    for member in named("members", "name") {
        let found = ["  {}: ", "  get {}()", "  {}("]
            .iter()
            .any(|form| types.contains(&form.replace("{}", &member)));
        assert!(found, "release-viewer.d.ts lacks {member}");
    }
}

#[test]
fn the_manifest_names_the_custom_properties_of_the_stylesheet() {
    assert_eq!(named("cssProperties", "name"), words(&text("static/release-viewer.css"), "--rv-"));
}

#[test]
fn the_types_have_every_event() {
    let events = named("events", "name");
    assert_eq!(events.len(), 4);
    let types = text("static/package/release-viewer.d.ts");
    let react = text("static/package/react.d.ts");
    for event in &events {
        assert!(types.contains(&format!("\"{event}\": CustomEvent<")), "{event}");
        assert!(react.contains(&format!("\"on{event}\"?: ")), "{event}");
    }
}

#[test]
fn the_read_me_of_the_package_names_all() {
    let read_me = text("static/package/README.md");
    let names = named("attributes", "name").into_iter().chain(named("events", "name"));
    for name in names.chain(named("members", "name")) {
        let found = [format!("`{name}`"), format!("`{name}("), format!("`{name}=")];
        assert!(found.iter().any(|form| read_me.contains(form)), "{name}");
    }
}
