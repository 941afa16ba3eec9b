use super::*;

#[test]
fn the_parameters_are_read() {
    assert!(LIKENESS.document < LIKENESS.text && LIKENESS.text < LIKENESS.candidates);
    assert!(LIKENESS.bands.is_sorted_by(|a, b| a.1 > b.1));
}
