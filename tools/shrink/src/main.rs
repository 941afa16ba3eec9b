//! Shrinks the scripts and stylesheets of the site: `src/assets/client/NAME.js` and `src/assets/styles/NAME.css` are
//! written for people, and the files of the same names below `src/assets/shrunk`, which the program embeds, for the wire.
//! `src/assets/shrunk/sources` holds a line for each: the hash of its source, its own, and its path.
//!
//! A script is a classic one, and only its inner names are shortened: what scripts share stands below the global `jianyan`.

mod syntax;

use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Features, Targets};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_compat::EngineTargets;
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

/// The oldest browser that the site works in.
const OLDEST: u32 = 69;

/// The script that tells people whose browser is older which one they need: in JavaScript of 2009, which any browser understands.
const ANYWHERE: &str = "theme.js";

type Shrink = fn(&str, &str) -> Result<String, Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/assets");
    let kinds: [(&str, &str, Shrink); 2] = [("client", "js", script), ("styles", "css", style)];
    let mut lines = String::new();
    for (folder, ending, shrink) in kinds {
        let out = assets.join("shrunk").join(folder);
        if out.exists() {
            fs::remove_dir_all(&out)?;
        }
        fs::create_dir_all(&out)?;
        for file in sources(&assets.join(folder), ending)? {
            let name = file.file_name().ok_or("a source has a name")?.to_string_lossy();
            let source = fs::read_to_string(&file)?;
            let shrunk = shrink(&name, &source).map_err(|error| format!("{}: {error}", file.display()))?;
            let [of_source, of_shrunk] = [&source, &shrunk].map(|text| crc32fast::hash(text.as_bytes()));
            lines += &format!("{of_source:08x} {of_shrunk:08x} {folder}/{name}\n");
            fs::write(out.join(&*name), shrunk)?;
        }
    }
    fs::write(assets.join("shrunk/sources"), lines)?;
    Ok(())
}

/// The files of a folder that have an ending, by name.
fn sources(folder: &Path, ending: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut files = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    files.retain(|file| file.extension().is_some_and(|own| own == ending));
    files.sort();
    Ok(files)
}

/// A stylesheet without what only people need.
fn style(_: &str, text: &str) -> Result<String, Box<dyn Error>> {
    let oldest = Browsers {
        chrome: Some(OLDEST << 16),
        ..Browsers::default()
    };
    // `color-scheme` needs no help as long as no rule says `light-dark()`.
    let targets = Targets {
        exclude: Features::LightDark,
        ..Targets::from(oldest)
    };
    let mut sheet = StyleSheet::parse(text, ParserOptions::default()).map_err(|error| error.to_string())?;
    sheet.minify(MinifyOptions {
        targets,
        ..MinifyOptions::default()
    })?;
    let printed = sheet.to_css(PrinterOptions {
        minify: true,
        targets,
        ..PrinterOptions::default()
    })?;
    Ok(printed.code + "\n")
}

/// A script without what only people need.
fn script(name: &str, text: &str) -> Result<String, Box<dyn Error>> {
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, text, SourceType::cjs()).parse();
    if let Some(error) = parsed.errors.first() {
        return Err(format!("{error:?}").into());
    }
    let target = if name == ANYWHERE {
        "chrome5".to_owned()
    } else {
        format!("chrome{OLDEST}")
    };
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        compress: Some(CompressOptions {
            target: EngineTargets::from_target(&target)?,
            ..CompressOptions::default()
        }),
    };
    let shrunk = Minifier::new(options).minify(&allocator, &mut parsed.program);
    if let Some((construct, since)) = syntax::too_new(&parsed.program, OLDEST) {
        return Err(format!("{construct} came with Chromium {since}; the oldest is {OLDEST}").into());
    }
    let written = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(shrunk.scoping)
        .build(&parsed.program);
    if name != ANYWHERE {
        return Ok(written.code + "\n");
    }
    // The printer prefers strings in backticks, which came in 2015.
    if written.code.contains(['"', '$']) {
        return Err("a script for any browser has its strings in single quotes, without quotes inside".into());
    }
    Ok(written.code.replace('`', "\"") + "\n")
}
