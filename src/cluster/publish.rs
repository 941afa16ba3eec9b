//! Brings a generation to a cluster.
