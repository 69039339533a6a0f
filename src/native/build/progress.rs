//! How far a build is, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows what is done on standard error, if somebody looks at it.
pub(super) struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new() -> Self {
        // Hidden by itself where standard error is no terminal.
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(5));
        bar.set_message("reading");
        if let Ok(style) = ProgressStyle::with_template("{msg} {pos}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// A file of FOLDER was looked at.
    pub(super) fn read(&self) {
        self.0.inc(1);
    }

    /// From now on releases are written, so many.
    pub(super) fn writing(&self, count: u64) {
        if let Ok(style) =
            ProgressStyle::with_template("{msg} {percent:>3} % {bar:40} {pos} of {len}")
        {
            self.0.set_style(style);
        }
        self.0.set_length(count);
        self.0.set_position(0);
        self.0.set_message("writing");
    }

    /// So many releases are done.
    pub(super) fn written(&self, count: u64) {
        self.0.inc(count);
    }

    /// The last step.
    pub(super) fn swapping(&self) {
        self.0.set_message("swapping");
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
