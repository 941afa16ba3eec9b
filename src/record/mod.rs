//! From a front matter to a typed record: the model of the project.
pub mod date;
pub mod model;
pub mod vocabulary;
pub mod write;

pub use model::*;
pub use vocabulary::*;
