//! Scripts and stylesheets as they are shipped: `build.rs` shrank them.

/// A script of `src/assets/client`.
macro_rules! script {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/client/", $name))
    };
}

/// A stylesheet of `src/assets/styles`.
macro_rules! style {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/styles/", $name))
    };
}
