//! What a build is told besides its folder.

use std::path::PathBuf;

use crate::model::{Lang, Url};

/// Options of `build`.
#[derive(Clone, Debug)]
pub(super) struct Options {
    /// Where the archive will be served: absolute, ends with `/`.
    pub(super) site: Option<String>,
    /// Pages of the ministry around the viewer, for one language or for all others.
    pub(super) templates: Vec<(Option<Lang>, PathBuf)>,
    /// Where the search form goes without script.
    pub(super) search: Option<Url>,
    /// Who publishes.
    pub(super) publisher: Option<String>,
    /// Folder of the widget: `release-viewer.js` and `app/`.
    pub(super) widget: Option<PathBuf>,
    /// Releases on one page of a list.
    pub(super) page_size: usize,
    /// Whether pages switch on the service worker, which keeps what was read.
    pub(super) offline: bool,
}
