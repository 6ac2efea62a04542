//! Settings of the organisation, what was put off on Today, imports from the browser.
