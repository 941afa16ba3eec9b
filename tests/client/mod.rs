//! The browser's search client, its own scripts unmodified, in an embedded JavaScript engine on the
//! files of the bundle as shipped.

mod alone;
pub(crate) mod corpus;
mod damage;
pub(crate) mod engine;
mod help;
pub(crate) mod parity;
mod promises;
pub(crate) mod queries;
mod similar;
