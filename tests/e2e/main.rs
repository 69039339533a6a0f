//! The built page in real browsers: by keyboard, by address, with a server that fails, and under two checkers.
//!
//! `cargo xtask test` says in the environment where everything is. Without `RELEASE_VIEWER_DIST` each test says that it
//! skips, and passes. **Invariant:** no test knows Rust code of the viewer; it sees what a reader sees.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on ends with a panic, and says what it skips"
)]

mod accessibility;
mod addresses;
mod browser;
mod failures;
mod fault;
mod faults;
mod faulty;
mod feeds;
mod gate;
mod given;
mod guide;
mod host_faults;
mod hosts;
mod keyboard;
mod lifetime;
mod offline;
mod page;
mod pages;
mod screenshots;
mod search;
mod server;
mod states;
mod tampered;
mod webdriver;
