//! The normal form in which words of a document are recognised that no spelling may hide.

use crate::check::privacy::is_unseen;
use crate::text::normalize;

/// A text in small, half-width, simplified characters, without blanks and without what nobody sees: words are set wide
/// (机　密), and a sign may stand in them that no page shows.
pub(super) fn bare(text: &str) -> String {
    let shown = normalize(text);
    let kept = shown.chars().filter(|&it| !it.is_whitespace() && !is_unseen(it));
    kept.map(|it| match it {
        '宻' => '密',
        '袐' => '秘',
        // Punctuation that means the same.
        '︰' | '﹕' | '∶' => ':',
        '﹐' => ',',
        other => other,
    })
    .collect()
}
