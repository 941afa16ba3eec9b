//! The browser's search client, its own scripts unmodified, in an embedded JavaScript engine on the
//! files of the bundle as shipped.

mod alone;
mod corpus;
mod damage;
pub mod engine;
mod help;
pub mod parity;
mod promises;
mod queries;
mod similar;
