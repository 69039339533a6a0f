//! Answers questions from the pieces of an index.

use super::{Answer, Question, Suggestion};
use crate::model::Lang;

/// Makes texts comparable: canonical decomposition with compatibility (NFKD), without U+0300–U+036F, composed again
/// (NFC), in lower case. The edge brings it, since a browser has its own.
pub type Fold = fn(&str) -> String;

/// What an [`Engine`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// These pieces must be [given](Engine::give) first, all at once; then ask again. Names are paths in the archive.
    Needs(Vec<String>),
    /// The answer.
    Done(T),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A piece is not what its name says: cut, changed, or of another archive.
    #[error("{0}: not the piece that was expected")]
    Piece(String),
    /// A piece was written by another version of this program.
    #[error("{0}: written by another version of the program")]
    Version(String),
}

/// Answers questions from the pieces of an index.
#[derive(Debug)]
pub struct Engine {
    fold: Fold,
    roots: Vec<(Lang, String)>,
}

impl Engine {
    /// For an archive: the first piece of each language, as `archive.json` names it.
    #[must_use]
    pub fn new(fold: Fold, roots: Vec<(Lang, String)>) -> Self {
        Self { fold, roots }
    }

    /// Answers a question.
    ///
    /// # Errors
    /// When pieces contradict each other.
    pub fn ask(&mut self, question: &Question) -> Result<Step<Answer>, Error> {
        let _ = (question, &self.roots, self.fold);
        Ok(Step::Done(Answer::default()))
    }

    /// Says what could be meant by what has been typed so far, at most `limit`.
    ///
    /// # Errors
    /// When pieces contradict each other.
    pub fn suggest(
        &mut self,
        lang: Option<&Lang>,
        typed: &str,
        limit: usize,
    ) -> Result<Step<Vec<Suggestion>>, Error> {
        let _ = (lang, typed, limit);
        Ok(Step::Done(Vec::new()))
    }

    /// Takes in a piece, the whole bytes of the file of this name.
    ///
    /// # Errors
    /// When it is not what its name says. It can be given again.
    pub fn give(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        let _ = (name, bytes);
        Ok(())
    }
}
