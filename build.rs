//! Shrinks the scripts of the site: `src/assets/client/NAME.js` is written for people, and
//! `OUT_DIR/client/NAME.js`, which the program embeds, for the wire.
//!
//! A script is a classic one, and only its inner names are shortened: what scripts share stands
//! below the global `jianyan`.

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_compat::EngineTargets;
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;
use std::error::Error;
use std::path::{Path, PathBuf};

const SCRIPTS: &str = "src/assets/client";

/// The oldest browser that the site works in.
const OLDEST: &str = "chrome86";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SCRIPTS}");
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("client");
    std::fs::create_dir_all(&out)?;
    for file in std::fs::read_dir(SCRIPTS)? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "js") {
            let name = file.file_name().ok_or("a script has a name")?;
            std::fs::write(out.join(name), shrink(&file)?)?;
        }
    }
    Ok(())
}

/// A script without what only people need.
fn shrink(file: &Path) -> Result<String, Box<dyn Error>> {
    let script = std::fs::read_to_string(file)?;
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, &script, SourceType::cjs()).parse();
    if let Some(error) = parsed.errors.first() {
        return Err(format!("{}: {error:?}", file.display()).into());
    }
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        compress: Some(CompressOptions {
            target: EngineTargets::from_target(OLDEST)?,
            ..CompressOptions::default()
        }),
    };
    let shrunk = Minifier::new(options).minify(&allocator, &mut parsed.program);
    let written = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(shrunk.scoping)
        .build(&parsed.program);
    Ok(written.code + "\n")
}
