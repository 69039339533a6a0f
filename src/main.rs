//! Two short mains: natively the command line, in the browser the widget, whose exports the loader calls.

/// Rendering makes many small values: with the allocator of the C library a page takes about twice as long.
#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    release_viewer::native::run()
}

#[cfg(target_arch = "wasm32")]
mod widget;

#[cfg(target_arch = "wasm32")]
fn main() {}
