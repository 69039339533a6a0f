//! Model → Yew nodes, and the state behind them.
//!
//! Rendering is pure: the same state gives the same nodes, natively and in the browser.
//!
//! **Invariant:** no window, clock, storage or random number while rendering; no reader and no edge is known here.

mod action;
mod address;
mod answers;
mod blocks;
mod data;
mod list;
mod main_menu;
mod message;
mod node;
mod release;
mod results;
mod search_box;
mod skip_menu;
mod state;
mod suggestions;
mod text;
mod viewer;

pub use action::{Action, Cause, Failure, Focus, Loaded, Opener, Request, Status, Step};
pub use address::{Address, Place, Routing};
pub use data::Shelf;
pub use node::Order;
pub use search_box::{Draft, Field};
pub use state::{Entries, ListPage, SearchWindow, Settings, State};
pub use suggestions::Suggestions;
pub use text::{Ui, Words};
pub use viewer::{DateStyle, Scene, dom_id, view_viewer};
