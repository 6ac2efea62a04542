//! A person's text as safe HTML: escaped, addresses as links, a call marked.

use std::fmt::Write;

/// Characters of an excerpt.
const EXCERPT_CHARS: usize = 60;

/// The text escaped, with links for web addresses; `call` is the name of a member whom it calls.
pub(crate) fn linked(text: &str, call: Option<&str>) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    while let Some((at, length)) = next_link(rest) {
        let (before, link) = rest.split_at(at);
        let (link, after) = link.split_at(length);
        called(&mut out, before, call);
        out.push_str("<a href=\"");
        escape(&mut out, link);
        out.push_str("\" rel=\"noopener noreferrer nofollow ugc\" target=\"_blank\">");
        escape(&mut out, link);
        out.push_str("</a>");
        rest = after;
    }
    called(&mut out, rest, call);
    out
}

/// Marks the first `@name` of the person called.
fn called(out: &mut String, text: &str, call: Option<&str>) {
    let found = call.filter(|name| !name.is_empty()).and_then(|name| {
        let at = text.find(['@', '＠'])?;
        let places = text.get(at..)?.match_indices(['@', '＠']);
        places.into_iter().find_map(|(more, sign)| {
            let from = at + more;
            let to = from + sign.len() + name.len();
            let written = text.get(from + sign.len()..to)?;
            written.eq_ignore_ascii_case(name).then_some((from, to))
        })
    });
    match found {
        Some((from, to)) => {
            escape(out, text.get(..from).unwrap_or_default());
            out.push_str("<span class=\"call\">");
            escape(out, text.get(from..to).unwrap_or_default());
            out.push_str("</span>");
            escape(out, text.get(to..).unwrap_or_default());
        }
        None => escape(out, text),
    }
}

/// Place and length of the first web address.
fn next_link(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find("http")?;
        let rest = text.get(at..)?;
        let scheme = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme));
        let end = rest.find(|letter: char| !is_address(letter)).unwrap_or(rest.len());
        let address = rest.get(..end)?.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
        match scheme {
            Some(scheme) if address.len() > scheme.len() => return Some((at, address.len())),
            _ => from = at + 4,
        }
    }
}

/// Letters of an address; Chinese around it does not belong to it.
fn is_address(letter: char) -> bool {
    letter.is_ascii_graphic() && !matches!(letter, '<' | '>' | '"' | '`' | '\\' | '^' | '{' | '}')
}

fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            // A bare return would end a line of a live event.
            '\r' => {}
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => drop(out.write_char(other)),
        }
    }
}

/// The first words on one line.
pub(crate) fn excerpt(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter });
    for letter in letters.by_ref().take(EXCERPT_CHARS) {
        if letter != ' ' || !out.ends_with(' ') {
            out.push(letter);
        }
    }
    if letters.next().is_some() {
        out.truncate(out.trim_end_matches([' ', '\u{200D}']).len());
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_people_stays_text() {
        let said = "<img src=x onerror=alert(1)> & \"q\" 'a'";
        let html = linked(said, None);
        assert!(!html.contains('<') && !html.contains('"') && html.contains("&lt;img"));
    }

    #[test]
    fn addresses_become_links_and_nothing_else_does() {
        let rel = "rel=\"noopener noreferrer nofollow ugc\" target=\"_blank\"";
        assert_eq!(
            linked("看https://a.example/x?a=1&b=2，好", None),
            format!(
                "看<a href=\"https://a.example/x?a=1&amp;b=2\" {rel}>\
                 https://a.example/x?a=1&amp;b=2</a>，好"
            )
        );
        assert!(linked("(http://a.example).", None).ends_with("http://a.example</a>)."));
        for text in ["javascript:alert(1)", "http", "https://", "xhttp:/a", "http://。"] {
            assert!(!linked(text, None).contains("<a"), "{text}");
        }
        assert!(!linked("https://a.example/\"onx=1", None).contains("\"onx"));
    }

    #[test]
    fn the_call_is_marked_and_escaped() {
        assert_eq!(
            linked("a@b @<i> ok", Some("<i>")),
            "a@b <span class=\"call\">@&lt;i&gt;</span> ok"
        );
        assert_eq!(linked("请＠小林看", Some("小林")), "请<span class=\"call\">＠小林</span>看");
    }

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt("上\n\n下"), "上 下");
        assert_eq!(excerpt(&"长".repeat(70)).chars().count(), 61);
    }
}
