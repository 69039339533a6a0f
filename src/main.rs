//! Two short mains: natively the command line, in the browser nothing (the library registers itself).

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    release_viewer::native::run()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
