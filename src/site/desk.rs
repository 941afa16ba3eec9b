//! The pages of the preview's desk: they look like the site's and are never part of one.

use super::Site;
use super::templates::{Templates, render};
use crate::message::Lang;
use minijinja::{Value, context};
use serde::Serialize;

/// Stylesheet of the desk.
pub(crate) const DESK_STYLE: &str = concat!(style!("search-small.css"), style!("desk.css"), style!("verify.css"));
/// Script of the desk's forms.
pub(crate) const DESK_SCRIPT: &str = script!("desk.js");
/// Script of the page that judges citations.
pub(crate) const VERIFY_SCRIPT: &str = script!("verify.js");
/// Script of every page in the preview: reloads it, and gives links to the desk their token.
pub(crate) const PREVIEW_SCRIPT: &str = script!("preview.js");

/// Renders the pages of the desk with the frame of a site.
pub struct Desk {
    /// Language of the interface.
    pub lang: Lang,
    templates: Templates,
}

impl Site<'_> {
    /// The desk beside this site.
    pub fn desk(self) -> Desk {
        Desk {
            lang: self.lang,
            templates: self.templates,
        }
    }
}

impl Desk {
    /// A page, or a part of one, from a template of the desk. `path` is where it stands below the site.
    pub fn render<T: Serialize>(&self, template: &str, path: &str, own: T) -> String {
        let frame = context! { root => "../".repeat(path.matches('/').count()), here => "desk" };
        let own = Value::from(minijinja::value::Serde(own));
        render(&self.templates, template, context! { ..frame, ..own })
    }
}
