use super::*;
use crate::record::{Adoption, Benefits, Detail, Effect, Form, KeyLines, Kind, Level, Report};

fn candidate(id: &str, visibility: Visibility) -> Candidate {
    let event = |form, visibility| Adoption {
        date: None,
        form,
        level: Some(Level::County),
        authority: Some("县委".into()),
        effect: Some(Effect::Ordered),
        document: None,
        evidence: Some("档案 7".into()),
        note: Some("附注".into()),
        leads_to: vec!["b".into()],
        visibility,
        line: 1,
    };
    let adoptions = vec![
        event(Form::Instruction, None),
        event(Form::Instruction, Some(Visibility::Public)),
        event(Form::Norm, None),
        event(Form::Norm, Some(Visibility::Internal)),
    ];
    let record = Record {
        id: id.into(),
        file: format!("{id}.md"),
        kind: Kind::Report,
        title: id.into(),
        date: None,
        units: vec![],
        departments: vec![],
        authors: vec![],
        lines: vec![],
        causes: vec![],
        tags: vec![],
        summary: None,
        laws: vec![],
        related: vec!["a".into(), "b".into(), "nowhere".into()],
        supersedes: vec![],
        benefits: Benefits::default(),
        honours: vec![],
        visibility,
        review: None,
        draft: false,
        detail: Detail::Report(Report {
            adoptions,
            ..Report::default()
        }),
        key_lines: KeyLines::default(),
        unknown: vec![("密语".into(), "内部".into())],
    };
    let source = Source::of(id.into(), format!("{id}.md"), String::new());
    Candidate {
        record,
        source: Arc::new(source),
        findings: vec![],
    }
}

#[test]
fn the_public_gets_public_documents_with_public_fields_and_references() {
    let candidates = vec![candidate("a", Visibility::Public), candidate("b", Visibility::Internal)];
    let (passed, held_back) = clear(candidates, Audience::Public, Drafts::Hidden);
    assert_eq!(
        held_back,
        [HeldBack {
            file: "b.md".into(),
            id: "b".into(),
            reason: Reason::Internal
        }]
    );
    let record = passed[0].record();
    assert_eq!(record.related, ["a"]);
    assert!(record.unknown.is_empty());
    let Detail::Report(report) = &record.detail else {
        unreachable!("made as a report")
    };
    assert_eq!(
        report.adoptions.iter().map(|event| event.form).collect::<Vec<_>>(),
        [Form::Instruction, Form::Norm]
    );
    for event in &report.adoptions {
        assert_eq!(
            (event.note.as_deref(), event.evidence.as_deref(), event.leads_to.len()),
            (None, Some(""), 0)
        );
    }
}

#[test]
fn the_office_gets_everything_but_drafts() {
    let mut draft = candidate("c", Visibility::Internal);
    draft.record.draft = true;
    let candidates = vec![
        candidate("a", Visibility::Public),
        candidate("b", Visibility::Internal),
        draft,
    ];
    let (passed, held_back) = clear(candidates.clone(), Audience::Internal, Drafts::Hidden);
    assert_eq!(passed.len(), 2);
    assert_eq!(held_back[0].reason, Reason::Draft);
    let Detail::Report(report) = &passed[0].record().detail else {
        unreachable!("made as a report")
    };
    assert_eq!(report.adoptions.len(), 4);
    assert_eq!(clear(candidates, Audience::Internal, Drafts::Shown).0.len(), 3);
}

#[test]
fn an_open_finding_holds_a_public_document_back() {
    for (group, severity, held) in [
        (Group::Privacy, Severity::Warning, true),
        (Group::Privacy, Severity::Note, false),
        (Group::Record, Severity::Error, true),
        (Group::Record, Severity::Warning, false),
        (Group::Markdown, Severity::Error, false),
    ] {
        let mut found = candidate("a", Visibility::Public);
        found.findings = vec![Diagnostic::new(group, severity, "some-code", "a.md")];
        let (passed, held_back) = clear(vec![found], Audience::Public, Drafts::Hidden);
        assert_eq!(passed.is_empty(), held, "{group:?} {severity:?}");
        assert_eq!(
            held_back.iter().any(|held| held.reason == Reason::Finding("some-code")),
            held
        );
    }
}
