//! Syntax that came to Chromium version by version: what the minifier can't lower must not stand in a script.

use oxc_ast::AstKind;
use oxc_ast::ast::{Program, RegExpFlags};
use oxc_ast_visit::Visit;
use oxc_syntax::operator::LogicalOperator;

/// The first construct of a script that is newer than a Chromium, with the version that brought it.
pub fn too_new(program: &Program, oldest: u32) -> Option<(&'static str, u32)> {
    let mut search = Search { oldest, found: None };
    search.visit_program(program);
    search.found
}

struct Search {
    oldest: u32,
    found: Option<(&'static str, u32)>,
}

impl<'a> Visit<'a> for Search {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        let one = since(kind).filter(|(_, since)| *since > self.oldest);
        self.found = self.found.or(one);
    }
}

/// What a construct is called, and the Chromium that brought it, by MDN's browser compatibility data.
fn since(kind: AstKind) -> Option<(&'static str, u32)> {
    match kind {
        AstKind::PropertyDefinition(_) => Some(("a field of a class", 72)),
        AstKind::PrivateIdentifier(_) => Some(("a private name", 74)),
        AstKind::NumericLiteral(number) if number.raw.is_some_and(|raw| raw.contains('_')) => {
            Some(("a separator in a number", 75))
        }
        AstKind::ChainExpression(_) => Some(("?.", 80)),
        AstKind::LogicalExpression(logical) if logical.operator == LogicalOperator::Coalesce => Some(("??", 80)),
        AstKind::AssignmentExpression(assignment) if assignment.operator.is_logical() => Some(("??=, ||= or &&=", 85)),
        AstKind::RegExpLiteral(literal) if literal.regex.flags.contains(RegExpFlags::D) => Some(("the flag d", 90)),
        AstKind::StaticBlock(_) => Some(("a static block", 94)),
        AstKind::RegExpLiteral(literal) if literal.regex.flags.contains(RegExpFlags::V) => Some(("the flag v", 112)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::too_new;
    use oxc_allocator::Allocator;
    use oxc_parser::Parser;
    use oxc_span::SourceType;

    fn found(script: &str) -> Option<u32> {
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, script, SourceType::cjs()).parse();
        assert!(parsed.errors.is_empty(), "{script}");
        too_new(&parsed.program, 69).map(|(_, since)| since)
    }

    #[test]
    fn what_came_later_is_found_and_what_was_there_is_not() {
        for (script, since) in [
            ("class A { b = 1 }", 72),
            ("class A { #b() {} }", 74),
            ("let a = 1_000", 75),
            ("a?.b", 80),
            ("a ?? b", 80),
            ("a ??= b", 85),
            ("a ||= b", 85),
            ("a &&= b", 85),
            ("/a/d", 90),
            ("class A { static {} }", 94),
            ("/a/v", 112),
        ] {
            assert_eq!(found(script), Some(since), "{script}");
        }
        let old = "async function* f({ a, ...b }) { for await (const c of b) yield a ** c; try { a ? .5 : b } catch { } } \
                   class A { static b() {} get c() { return /(?<=d)\\p{L}(?<e>.)/su.exec(`${1n}`) } }";
        assert_eq!(found(old), None);
    }
}
