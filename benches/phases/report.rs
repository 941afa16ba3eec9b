//! The section of `benches/results.md`.

use super::Figures;
use super::process::Cost;
use std::fmt::Write as _;
use std::path::Path;

const BEGIN: &str = "<!-- phases: written by `cargo bench --bench phases` -->";
const END: &str = "<!-- /phases -->";

/// Prints the tables and puts them in the place of the last ones.
pub(crate) fn write(all: &[Figures]) {
    let mut text = format!("{BEGIN}\n## Builds\n\n");
    text += "`scripts/peers FOLDER` and `JIANYAN_PEERS=FOLDER cargo bench --bench phases -- CORPUS…`: each row is a process of \
        its own into a fresh folder, the corpus in the system's memory, all on the same processors.\n";
    all.iter().for_each(|figures| one(figures, &mut text));
    text += END;
    println!("{text}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/results.md");
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    let new = match (old.split_once(BEGIN), old.split_once(END)) {
        (Some((before, _)), Some((_, after))) => format!("{before}{text}{after}"),
        _ => format!("{}\n\n{text}\n", old.trim_end()),
    };
    std::fs::write(path, new).expect("the results");
}

fn one(figures: &Figures, text: &mut String) {
    let sum = |costs: &[f64]| costs.iter().sum::<f64>();
    let floors: Vec<f64> = figures.floors.iter().skip(1).map(|(_, cost)| cost.seconds).collect();
    let peers: Vec<f64> = figures.peers.iter().map(|(_, cost)| cost.seconds).collect();
    let (floor, peer) = (sum(&floors), sum(&peers));
    let _ = write!(
        text,
        "\n### {}\n\n{} documents, {} of text; load of the machine {} before and {} after; {} processors.\n\n",
        figures.name,
        figures.documents,
        megabytes(figures.bytes),
        figures.load[0],
        figures.load[1],
        std::thread::available_parallelism().map_or(1, usize::from),
    );
    *text += "| what | seconds | most memory |\n| --- | ---: | ---: |\n";
    let mut row = |name: &str, cost: &Cost| {
        let _ = writeln!(text, "| {name} | {:.2} | {} |", cost.seconds, megabytes(cost.peak));
    };
    for (name, cost) in &figures.floors {
        row(&format!("floor: {}", floor_name(name)), cost);
    }
    row("jianyan, a fresh build", &figures.build);
    row("jianyan, nothing changed", &figures.again);
    row("jianyan, one document edited", &figures.edited);
    figures.peers.iter().for_each(|(name, cost)| row(name, cost));
    let phases: Vec<String> = figures
        .phases
        .iter()
        .map(|(name, seconds)| format!("{name} {seconds:.2} s"))
        .collect();
    let _ = write!(
        text,
        "\nPhases of a fresh build: {}. Its site: {}.\n\nA fresh build takes {:.1} times the floors (the last three: {floor:.2} s)",
        phases.join(", "),
        megabytes(figures.site),
        figures.build.seconds / floor.max(0.001),
    );
    if peer > 0.0 {
        let _ = write!(
            text,
            " and {:.0} % of {peer:.2} s of the others",
            100.0 * figures.build.seconds / peer
        );
    }
    let _ = writeln!(
        text,
        "; an edit {:.0} % of it.",
        100.0 * figures.edited.seconds / figures.build.seconds.max(0.001)
    );
}

fn floor_name(name: &str) -> &str {
    match name {
        "read" => "all files read",
        "pulldown-cmark" => "read, pulldown-cmark, pages written",
        "tantivy" => "tantivy, bigrams with positions",
        _ => "tantivy, merged to one segment",
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.0} MB", bytes as f64 / 1e6)
}
