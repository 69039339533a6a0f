//! Model → Yew nodes.
