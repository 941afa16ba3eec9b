//! What other programs take: a feed of new documents, and the map of the site. Both name addresses,
//! so they exist only where the site file gives the base URL.

use super::Site;
use super::names::encoded;
use super::shelf::Facet;
use crate::sink::Sink;
use std::fmt::Write;
use std::io;

/// Documents in the feed.
const ENTRIES: usize = 30;

/// Addresses in a sitemap: the protocol's limit.
const ADDRESSES: usize = 50_000;

impl Site<'_> {
    /// Writes `feed.xml` (Atom, RFC 4287) and `sitemap.xml` (sitemaps.org), where there is a base URL.
    pub(super) fn feeds(&self, sink: &dyn Sink) -> io::Result<()> {
        let Some(base) = self.settings.base_url.as_deref().map(escaped) else {
            return Ok(());
        };
        let base = base.as_str();
        sink.text("feed.xml", self.feed(base))?;
        sink.text("sitemap.xml", self.sitemap(base))
    }

    /// The newest dated documents. Each is as new as its date says: a build tells no time.
    fn feed(&self, base: &str) -> String {
        let newest = self
            .shelf
            .list(Facet::All, "")
            .map(super::shelf::List::newest)
            .into_iter()
            .flatten();
        let dated: Vec<_> = newest
            .filter_map(|index| {
                let entry = &self.entries[index];
                entry.document.record().date.map(|day| (entry, day.date))
            })
            .take(ENTRIES)
            .collect();
        let updated = dated.first().map_or(self.now, |(_, date)| *date);
        let author = self.settings.unit.as_deref().unwrap_or(&self.settings.title);
        let mut feed = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\">\n\
             <title>{}</title>\n<id>{base}</id>\n<link href=\"{base}\"/>\n<link rel=\"self\" href=\"{base}feed.xml\"/>\n\
             <updated>{updated}T00:00:00Z</updated>\n<author><name>{}</name></author>\n",
            escaped(&self.settings.title),
            escaped(author),
        );
        for (entry, date) in dated {
            let record = entry.document.record();
            let url = format!("{base}{}", encoded(&entry.page));
            // Writing to a text can't fail.
            let _ = write!(
                feed,
                "<entry>\n<title>{}</title>\n<id>{url}</id>\n<link href=\"{url}\"/>\n<updated>{date}T00:00:00Z</updated>\n\
                 <category term=\"{}\" label=\"{}\"/>\n",
                escaped(&record.title),
                record.kind.key(),
                escaped(&self.words.name(record.kind)),
            );
            if let Some(summary) = &record.summary {
                let _ = writeln!(feed, "<summary>{}</summary>", escaped(summary));
            }
            feed.push_str("</entry>\n");
        }
        feed.push_str("</feed>\n");
        feed
    }

    fn sitemap(&self, base: &str) -> String {
        let mut map = String::from(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        let _ = writeln!(map, "<url><loc>{base}</loc></url>");
        let pages = self.entries.iter().map(|entry| &entry.page);
        for page in pages.take(ADDRESSES - 1) {
            let _ = writeln!(map, "<url><loc>{base}{}</loc></url>", encoded(page));
        }
        map.push_str("</urlset>\n");
        map
    }
}

/// Text for element content and for values of attributes, without the characters that XML hasn't.
fn escaped(text: &str) -> String {
    let allowed = text
        .chars()
        .filter(|&c| !matches!(c, '\u{FFFE}' | '\u{FFFF}') && (!c.is_control() || matches!(c, '\n' | '\t')));
    allowed
        .collect::<String>()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
