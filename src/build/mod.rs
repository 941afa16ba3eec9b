//! The whole way of the data, once.
