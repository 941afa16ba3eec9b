//! The boards say what the front matter says: every figure of 成果总览 and of the topics is recounted
//! here from the raw YAML, by code that shares nothing with the program, for both audiences.

mod agree;
mod chain;
mod figures;
mod front_matter;
mod pages;
mod people;
mod recount;
mod replies;
mod rules;
