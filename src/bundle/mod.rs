//! The browser's projection of the index.
