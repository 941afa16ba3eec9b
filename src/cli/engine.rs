//! Where a search is answered from: the index folder, or a cluster.

use super::common::Common;
use super::engine_args::EngineArgs;
use super::error::CliError;
use crate::cluster::{self, Client};
use crate::index::IndexError;
use crate::message::Lang;
use crate::query::explain::Explanation;
use crate::query::help::Idea;
use crate::query::{Alike, Answer, Asked, Searcher};
use std::path::PathBuf;

/// What answers.
pub(super) enum Engine {
    /// An index folder, which is told in a language why it doesn't.
    Index(Box<Searcher>, PathBuf, Lang),
    /// A cluster.
    Cluster(Box<cluster::Searcher>),
}

impl Engine {
    /// Opens the cluster of the arguments; without one the index folder.
    pub(super) fn open(common: &Common, arguments: &EngineArgs) -> Result<Self, CliError> {
        let lang = common.terminal_lang();
        if let Some(address) = arguments.address(common.audience)? {
            let searcher = cluster::Searcher::open(Client::connect(&address)?)?;
            return Ok(Self::Cluster(Box::new(searcher)));
        }
        let opened = Searcher::open(&common.index);
        let searcher = opened.map_err(|error| CliError::Index(common.index.clone(), error.message(lang)))?;
        Ok(Self::Index(Box::new(searcher), common.index.clone(), lang))
    }

    /// Answers what is asked; with what explains it, where that is wanted.
    pub(super) fn answer(&self, asked: &Asked, explain: bool) -> Result<(Answer, Option<Explanation>), CliError> {
        match self {
            Self::Index(searcher, ..) => {
                let answer = self.read(searcher.answer(asked))?;
                let explanation = explain.then(|| self.read(searcher.explain(&asked.query, &answer.hits)));
                Ok((answer, explanation.transpose()?))
            }
            Self::Cluster(searcher) => {
                let answered = searcher.answer(asked)?;
                let explanation = explain.then(|| searcher.explain(&answered)).transpose()?;
                Ok((answered.answer, explanation))
            }
        }
    }

    /// Queries with a filter in place of a word that counts years.
    pub(super) fn dated(&self, query: &str) -> Result<Vec<Idea>, CliError> {
        match self {
            Self::Index(searcher, ..) => self.read(searcher.dated(query)),
            Self::Cluster(searcher) => Ok(searcher.dated(query)?),
        }
    }

    /// Other queries that find something.
    pub(super) fn help(&self, query: &str) -> Result<Vec<Idea>, CliError> {
        match self {
            Self::Index(searcher, ..) => self.read(searcher.help(query)),
            Self::Cluster(searcher) => Ok(searcher.help(query)?),
        }
    }

    /// The documents nearest to a text.
    pub(super) fn like_text(&self, text: &str, limit: usize) -> Result<Vec<Alike>, CliError> {
        match self {
            Self::Index(searcher, ..) => self.read(searcher.like_text(text, limit)),
            Self::Cluster(searcher) => Ok(searcher.like_text(text, limit)?),
        }
    }

    /// The documents like the one of an id; `None` when there is no such document.
    pub(super) fn like_document(&self, id: &str, limit: usize) -> Result<Option<Vec<Alike>>, CliError> {
        match self {
            Self::Index(searcher, ..) => self.read(searcher.like_document(id, limit)),
            Self::Cluster(searcher) => Ok(searcher.like_document(id, limit)?),
        }
    }

    /// What an index folder said.
    fn read<T>(&self, read: Result<T, IndexError>) -> Result<T, CliError> {
        read.map_err(|error| match self {
            Self::Index(_, path, lang) => CliError::Index(path.clone(), error.message(*lang)),
            Self::Cluster(_) => CliError::Cluster(error.into()),
        })
    }
}
