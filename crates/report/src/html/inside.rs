//! Fragments inside a page that has a design of its own: the console.
//!
//! Invariants: every class of a fragment begins with `r-`, so that no rule of the page around it
//! reaches in by a name; every rule of [`style`] begins with `.report`, so that none reaches out.
//! Colours of surfaces, text and lines are those of the page around it, in light and dark.

use std::fmt::Write;
use std::sync::LazyLock;

use crate::html::STYLE;

/// Colours: those of Tabler where it has one; the report's own where charts need more.
const COLOURS: &str = "\
.report{--bg:transparent;--surface:var(--tblr-bg-surface,#fff);--sunk:var(--tblr-bg-surface-secondary,#f0f3f2);\
--text:var(--tblr-body-color,#15211e);--muted:var(--tblr-secondary,#5a6a66);\
--line:var(--tblr-border-color,#e1e7e5);--accent:light-dark(#0f766e,#37c8b8);\
--warm:light-dark(#b45309,#f0a94a);--good:light-dark(#15703c,#5fd08a);\
--bad:light-dark(#b3261e,#ff8a80);--grey:light-dark(#6f7c78,#8b9a95);\
overflow-wrap:anywhere;font-variant-numeric:tabular-nums;font-size:15px;line-height:1.6}\
.report dt{font-weight:inherit}.report blockquote{border:0;padding:0}.report caption{caption-side:top}\
.report>.r-block:first-child{margin-top:0}.report+.report{margin-top:40px}\n";

/// What belongs to the file around the report: its bar, its switches, its ends. No class of a part
/// may begin with one of these: its rules would be left out.
const OUTSIDE: [&str; 12] = [
    "html", "body", "main", "#", ".page", ".bar", ".brand", ".toc", ".switch", ".choice", ".foot",
    ".head",
];

/// The stylesheet for fragments: scoped under `.report`.
pub(super) fn style() -> &'static str {
    static SCOPED: LazyLock<String> = LazyLock::new(|| COLOURS.to_owned() + &scoped(STYLE));
    &SCOPED
}

/// A fragment whose classes are its own, in a box that [`style`] reaches.
pub(super) fn wrapped(fragment: &str) -> String {
    let mut out = String::with_capacity(fragment.len() + 64);
    out.push_str("<div class=\"report\">");
    let mut parts = fragment.split(" class=\"");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (classes, rest) = part.split_once('"').unwrap_or((part, ""));
        out.push_str(" class=\"");
        for (place, class) in classes.split_ascii_whitespace().enumerate() {
            let _ = write!(out, "{}r-{class}", if place > 0 { " " } else { "" });
        }
        out.push('"');
        out.push_str(rest);
    }
    out.push_str("</div>");
    out
}

/// The rules that reach into fragments, each under `.report`.
fn scoped(mut css: &str) -> String {
    let mut out = String::with_capacity(css.len() * 2);
    while let Some((prelude, rest)) = css.split_once('{') {
        let (body, rest) = block(rest);
        let prelude = prelude.trim();
        if prelude.starts_with("@media") {
            let _ = writeln!(out, "{prelude}{{{}}}", scoped(body));
        } else if !prelude.starts_with('@') {
            let own = |one: &&str| !OUTSIDE.iter().any(|outside| one.starts_with(outside));
            let selectors: Vec<String> =
                prelude.split(',').map(str::trim).filter(own).map(selector).collect();
            if !selectors.is_empty() {
                let _ = writeln!(out, "{}{{{}}}", selectors.join(","), tinted(body));
            }
        }
        css = rest;
    }
    out
}

/// Shades of the accent without its numbers: those differ between light and dark.
fn tinted(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut parts = body.split("rgb(var(--rgb)");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (depth, rest) = part.split_once(')').unwrap_or((part, ""));
        let share = depth.strip_prefix('/').and_then(|share| share.parse::<f64>().ok());
        let percent = share.unwrap_or(1.0) * 100.0;
        let _ = write!(out, "color-mix(in srgb,var(--accent) {percent:.0}%,transparent){rest}");
    }
    out
}

/// The inside of a block, and what follows it.
fn block(css: &str) -> (&str, &str) {
    let mut depth = 1_u32;
    for (place, letter) in css.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (body, rest) = css.split_at(place);
            return (body, rest.strip_prefix('}').unwrap_or(rest));
        }
    }
    (css, "")
}

fn selector(one: &str) -> String {
    if let Some(rest) = one.strip_prefix(".tongue-zh ") {
        return format!(".report:lang(zh) {}", named(rest));
    }
    if let Some(rest) = one.strip_prefix(".tongue-en ") {
        return format!(".report:lang(en) {}", named(rest));
    }
    format!(".report {}", named(one))
}

/// The selector with `r-` before the name of each class.
fn named(selector: &str) -> String {
    let mut out = String::with_capacity(selector.len() + 8);
    let mut letters = selector.chars().peekable();
    while let Some(letter) = letters.next() {
        out.push(letter);
        if letter == '.' && letters.peek().is_some_and(char::is_ascii_alphabetic) {
            out.push_str("r-");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_begins_with_report() {
        let css = style();
        assert!(css.contains(".report .r-card{") && css.contains(".report .r-figure .r-def"));
        assert!(css.contains(".report .r-lengths li{") && css.contains(".report .r-times:has("));
        assert!(css.contains("var(--accent) 62%,transparent)") && !css.contains("--rgb"));
        assert!(css.contains("@media print{") && !css.contains("@page"));
        for word in [".page", "body", "html", "#theme", ".tongue", "main"] {
            assert!(!css.contains(&format!("{word}{{")), "{word}");
        }
        let rules = css.split(['{', '}', ',', '\n']).map(str::trim);
        for rule in rules.filter(|rule| rule.starts_with(['.', '*'])) {
            let class = rule.starts_with(".report") || !rule.starts_with(".r-");
            assert!(class, "{rule}");
        }
        assert_eq!(css.matches('{').count(), css.matches('}').count());
    }

    #[test]
    fn classes_of_a_fragment_are_its_own_and_text_is_left_alone() {
        let html = wrapped("<p class=\"card wide\">class=&#34;card&#34;</p><b class=\"n\">1</b>");
        let wanted = "<div class=\"report\"><p class=\"r-card r-wide\">class=&#34;card&#34;</p>\
                      <b class=\"r-n\">1</b></div>";
        assert_eq!(html, wanted);
    }
}
