//! The same archive by a site generator that a web team would take: a page and the data of each release, lists of ten,
//! one feed, with the head and the markup of our pages. The data block that our viewer takes over from is left out.

use super::{
    given,
    usage::{Usage, measure},
};
use crate::{
    dist::copy,
    failure::{Result, failed},
    process::find,
    tools,
};
use std::{ffi::OsString, path::Path};

pub(super) const VERSION: &str = "3.1.8";

/// Builds the releases in the folder `releases` of `work`, and tells what that has used.
pub(super) fn build(work: &Path) -> Result<Usage> {
    let modules = tools::npm(&[("@11ty/eleventy", VERSION)])?;
    let Some(node) = find("node") else { return failed("node is missing; Eleventy runs on it") };
    copy(&given("eleventy"), work)?;
    let args: [OsString; 3] = [
        modules.join("@11ty/eleventy/cmd.cjs").into(),
        "--config=eleventy.config.mjs".into(),
        "--quiet".into(),
    ];
    measure(work, &node, &args)
}
