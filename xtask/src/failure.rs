//! What can go wrong here: a sentence for the person at the terminal, and the exit code.

use std::{fmt, io, process::ExitCode};

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command cannot be carried out as it was given.
    Usage(String),
    /// Something failed on the way.
    Failed(String),
}

/// What every command returns.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// 2 for a wrong call, 1 for all else.
    pub(crate) fn code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Failed(_) => ExitCode::from(1),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::Failed(text) => f.write_str(text),
        }
    }
}

/// A [`Failure::Failed`] with these words.
pub(crate) fn failed<T>(text: impl Into<String>) -> Result<T> {
    Err(Failure::Failed(text.into()))
}

/// Says what was tried when the system refuses.
pub(crate) trait Context<T> {
    /// Puts `text` before the system's own words.
    fn context(self, text: impl fmt::Display) -> Result<T>;
}

impl<T> Context<T> for io::Result<T> {
    fn context(self, text: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Failure::Failed(format!("{text}: {error}")))
    }
}
