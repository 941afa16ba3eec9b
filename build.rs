//! Shrinks the scripts and stylesheets of the site: `src/assets/client/NAME.js` and
//! `src/assets/styles/NAME.css` are written for people, and those of the same names below `OUT_DIR`,
//! which the program embeds, for the wire.
//!
//! A script is a classic one, and only its inner names are shortened: what scripts share stands
//! below the global `jianyan`.
//!
//! `JIANYAN_SOURCES` names the state of the program's own sources: what one program remembered, no
//! other takes up.

use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::{Browsers, Features, Targets};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_compat::EngineTargets;
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;
use std::collections::BTreeMap;
use std::error::Error;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The oldest browser that the site works in.
const OLDEST: u32 = 86;

type Shrink = fn(&str) -> Result<String, Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    println!("cargo::rustc-env=JIANYAN_SOURCES={:016x}", sources()?);
    let kinds: [(&str, &str, Shrink); 2] = [("client", "js", script), ("styles", "css", style)];
    for (folder, extension, shrink) in kinds {
        let source = PathBuf::from("src/assets").join(folder);
        println!("cargo::rerun-if-changed={}", source.display());
        let out = PathBuf::from(std::env::var("OUT_DIR")?).join(folder);
        std::fs::create_dir_all(&out)?;
        for file in std::fs::read_dir(source)? {
            let file = file?.path();
            if file.extension().is_some_and(|own| own == extension) {
                let name = file.file_name().ok_or("a source has a name")?;
                let shrunk =
                    shrink(&std::fs::read_to_string(&file)?).map_err(|error| format!("{}: {error}", file.display()))?;
                std::fs::write(out.join(name), shrunk)?;
            }
        }
    }
    Ok(())
}

/// A hash of every source file, the locked libraries and this script.
fn sources() -> std::io::Result<u64> {
    let mut files = BTreeMap::new();
    gather(Path::new("src"), &mut files)?;
    for file in ["Cargo.lock", "Cargo.toml", "build.rs"] {
        files.insert(PathBuf::from(file), std::fs::read(file)?);
    }
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    Ok(hasher.finish())
}

fn gather(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, files)?;
        } else {
            let bytes = std::fs::read(&path)?;
            files.insert(path, bytes);
        }
    }
    Ok(())
}

/// A stylesheet without what only people need.
fn style(text: &str) -> Result<String, Box<dyn Error>> {
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
fn script(text: &str) -> Result<String, Box<dyn Error>> {
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, text, SourceType::cjs()).parse();
    if let Some(error) = parsed.errors.first() {
        return Err(format!("{error:?}").into());
    }
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        compress: Some(CompressOptions {
            target: EngineTargets::from_target(&format!("chrome{OLDEST}"))?,
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
