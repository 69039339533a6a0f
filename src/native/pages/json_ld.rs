//! A release as a `NewsArticle`, for search engines (<https://schema.org/NewsArticle>).
//!
//! Addresses in it are absolute; where the address of the site is not known they are left out.

use anyhow::Result;
use serde::Serialize;

use super::{Names, moment, paths};
use crate::model::{Content, Lang, Licence, Release, Translation, Url};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article_section: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    main_entity_of_page: Option<WebPage<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    image: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Organization<'a>>,
    is_accessible_for_free: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    work_translation: Vec<Version<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    translation_of_work: Option<Version<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creative_work_status: Option<&'static str>,
}

#[derive(Serialize)]
struct WebPage<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
}

#[derive(Serialize)]
struct Organization<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Version<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    in_language: &'a str,
    url: String,
}

/// The article as JSON; `canonical` is the absolute address of its page.
pub(super) fn of(
    release: &Release,
    lang: &Lang,
    names: &Names,
    description: &str,
    canonical: Option<&str>,
) -> Result<String> {
    let entry = &release.entry;
    // An unofficial translation says itself that another text is the original.
    let original = entry.translations.first().filter(|_| entry.unofficial_translation);
    let translations = entry.translations.iter().filter(|other| Some(*other) != original);
    let article = NewsArticle {
        context: "https://schema.org",
        kind: "NewsArticle",
        headline: entry.name(),
        description,
        in_language: lang.as_str(),
        date_published: entry.date.map(|date| moment(date, entry.time)),
        date_modified: entry.modified.map(|(date, time)| moment(date, Some(time))),
        article_section: entry.section.as_ref().map(|section| section.name.as_str()),
        url: canonical,
        main_entity_of_page: canonical.map(|id| WebPage { kind: "WebPage", id }),
        image: pictures(release).collect(),
        publisher: names.publisher.map(|name| Organization {
            kind: "GovernmentOrganization",
            name,
            url: names.site,
        }),
        is_accessible_for_free: true,
        license: release.licence.as_ref().and_then(Licence::url),
        work_translation: translations.filter_map(|other| version(other, names)).collect(),
        translation_of_work: original.and_then(|other| version(other, names)),
        creative_work_status: entry.withdrawn.as_ref().map(|_| "Withdrawn"),
    };
    Ok(serde_json::to_string(&article)?)
}

fn version<'a>(other: &'a Translation, names: &Names) -> Option<Version<'a>> {
    let url = format!("{}{}", names.site?, paths::release(&other.id));
    Some(Version { kind: "NewsArticle", in_language: other.lang.as_str(), url })
}

/// The pictures of a release that have an absolute address.
pub(super) fn pictures(release: &Release) -> impl Iterator<Item = &str> {
    release
        .blocks
        .iter()
        .filter_map(|block| match &block.content {
            Content::Figure(figure) => figure.url.as_ref().map(Url::as_str),
            _ => None,
        })
        .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}
