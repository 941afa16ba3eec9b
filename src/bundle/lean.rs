//! Scripts as they are shipped: without the lines that only people read.

/// A script without its comment lines, empty lines and indentation.
///
/// It reads the project's own scripts, in which a comment has its lines to itself and no text goes
/// over the end of a line; a test holds them to that.
pub fn lean(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        let begins = line.starts_with("/*");
        if in_comment || begins {
            in_comment = !line.contains("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_and_talk_goes() {
        let script = "/* What it does,\n   and why. */\n'use strict';\n\n  /** One line. */\n  const a = '//'; // beside\n  // alone\n  f(a);\n";
        assert_eq!(lean(script), "'use strict';\nconst a = '//'; // beside\nf(a);\n");
    }

    #[test]
    fn the_client_is_written_so_that_lines_can_be_dropped() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/assets/client");
        for file in std::fs::read_dir(folder).unwrap().flatten() {
            let script = std::fs::read_to_string(file.path()).unwrap();
            for line in script.lines() {
                let whole = line.matches('`').count() % 2 == 0 && !line.ends_with('\\');
                let comment =
                    line.trim_start().starts_with("/*") && line.contains("*/") && !line.trim_end().ends_with("*/");
                assert!(whole && !comment, "{}: {line}", file.path().display());
            }
        }
    }
}
