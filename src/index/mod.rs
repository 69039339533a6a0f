//! Releases and a question → hits.
//!
//! **Invariant:** knows the model only.
