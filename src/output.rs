//! Atomic writing, markers, generations.
