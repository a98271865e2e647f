//! The only parts that are also compiled for the browser.
