//! `jianyan gateway`

use super::Ending;
use super::common::Common;
use super::engine_args::EngineArgs;
use super::error::CliError;
use super::terminal;
use crate::gateway::{self, App, Engine, Folder, Pages, Refusal, Source};
use crate::http::{Names, Server};
use crate::message::Catalogue;
use clap::Args;
use std::net::{IpAddr, Ipv4Addr};

/// `gateway`
#[derive(Debug, Args)]
pub(super) struct GatewayArgs {
    /// Port (0: any free one)
    #[arg(long, default_value_t = 8378)]
    pub port: u16,
    /// Address of this machine to listen at
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_parser = loopback)]
    pub address: IpAddr,
    /// Name by which the web server before it hands requests on, where that keeps the reader's
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Questions a second of one reader
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    pub rate: u32,
    /// Also hand out the files of the site
    #[arg(long)]
    pub with_site: bool,
    #[command(flatten)]
    pub engine: EngineArgs,
}

/// An address at which this machine alone is reached.
fn loopback(text: &str) -> Result<IpAddr, String> {
    let address: IpAddr = text.parse().map_err(|_| text.to_owned())?;
    if address.is_loopback() {
        Ok(address)
    } else {
        Err(text.to_owned())
    }
}

/// Answers the search of a site until the process is told to end.
pub(super) fn run(common: &Common, arguments: &GatewayArgs) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    // What can't be opened is told at once.
    if let Some(address) = arguments.engine.address(common.audience)? {
        let engine = Engine::new(address, lang);
        engine.open()?;
        return answer(common, arguments, engine);
    }
    let folder = Folder::new(common.index.clone(), common.audience, lang);
    let opened = folder.current();
    opened.map_err(|Refusal(said)| CliError::Index(common.index.clone(), said))?;
    answer(common, arguments, folder)
}

/// Answers from a source until the process is told to end.
fn answer(common: &Common, arguments: &GatewayArgs, source: impl Source) -> Result<Ending, CliError> {
    let lang = common.terminal_lang();
    let pages = arguments.with_site.then(|| Pages::of(&common.site)).transpose();
    let pages = pages.map_err(|error| CliError::File(common.site.clone(), error))?;
    let taken = |cause: String| CliError::Port(arguments.port, cause);
    let names = Names {
        handed: arguments.host.clone(),
        reads: true,
    };
    let server = Server::bind_at(arguments.address, arguments.port, names).map_err(|error| taken(error.to_string()))?;
    let address = format!("http://{}/", server.address());
    terminal::print_line(Catalogue::of(lang).format("gateway.ready", &[("address", address)]));
    let app = App::new(source, pages, lang, arguments.rate);
    gateway::run(server, app).map_err(|error| taken(error.to_string()))?;
    Ok(Ending::Good)
}
