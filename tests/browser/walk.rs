//! What a person does in any browser: the same walk in Chromium and in Firefox.

use crate::bidi::{Window, key};
use crate::driver::Tab;
use serde::de::DeserializeOwned;

/// A page that somebody looks at.
pub(crate) trait Walk {
    async fn go(&mut self, url: &str);
    /// The value of a JavaScript expression.
    async fn value<T: DeserializeOwned>(&mut self, expression: &str) -> T;
    /// Waits until an expression is true.
    async fn until(&mut self, expression: &str);
    async fn click(&mut self, selector: &str);
    /// Presses Enter or Escape in an element.
    async fn press(&mut self, selector: &str, key: &str);
    /// Puts text into the focused element, as a paste does.
    async fn insert(&mut self, text: &str);
}

impl Walk for Tab {
    async fn go(&mut self, url: &str) {
        Self::go(self, url).await;
    }

    async fn value<T: DeserializeOwned>(&mut self, expression: &str) -> T {
        Self::value(self, expression).await
    }

    async fn until(&mut self, expression: &str) {
        Self::until(self, expression).await;
    }

    async fn click(&mut self, selector: &str) {
        Self::click(self, selector).await;
    }

    async fn press(&mut self, selector: &str, key: &str) {
        Self::press(self, selector, key).await;
    }

    async fn insert(&mut self, text: &str) {
        Self::insert(self, text).await;
    }
}

impl Walk for Window<'_> {
    async fn go(&mut self, url: &str) {
        Self::go(self, url);
    }

    async fn value<T: DeserializeOwned>(&mut self, expression: &str) -> T {
        Self::value(self, expression)
    }

    async fn until(&mut self, expression: &str) {
        Self::until(self, expression);
    }

    async fn click(&mut self, selector: &str) {
        Self::click(self, selector);
    }

    async fn press(&mut self, selector: &str, name: &str) {
        Self::value::<bool>(self, &format!("(document.querySelector({selector:?}).focus(), true)"));
        Self::press(
            self,
            match name {
                "Enter" => key::ENTER,
                "Escape" => key::ESCAPE,
                other => panic!("{other} has no name here"),
            },
        );
    }

    async fn insert(&mut self, text: &str) {
        Self::value::<bool>(self, &format!("document.execCommand('insertText', false, {text:?})"));
    }
}
