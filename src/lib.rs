//! A viewer for press releases, and the program that prepares them.
//!
//! Data flows one way: a source is read into the model, the model is indexed and rendered, and an edge shows it.
//!
//! | layer | what it is | what it must not know |
//! | --- | --- | --- |
//! | [`model`] | what a release is, and what a search has found, as plain data | everything else |
//! | [`reader`] | bytes → releases and problems, or what a search has answered | all but the model |
//! | [`index`] | releases and a question → hits | all but the model |
//! | [`view`] | model → Yew nodes, state and every word we say | readers and edges |
//! | `browser` | element, fetching, addresses, focus | `native` |
//! | `native` | command line and files | `browser` |

pub mod index;
pub mod model;
pub mod reader;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;
