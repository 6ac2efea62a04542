//! Slack's markup undone: what the author typed, and whom it calls.

use std::borrow::Cow;

/// Whom a text calls, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Called<'t> {
    /// A user id.
    Id(&'t str),
    /// The whole channel.
    Everybody,
}

/// The text with mentions as `@name`, links as their label or address, and entities undone.
///
/// `handle` gives the name of a user id. Without markup the text is returned as it is.
pub(super) fn plain<'t>(
    text: &'t str,
    handle: impl Fn(&str) -> Option<String>,
    called: &mut Vec<Called<'t>>,
) -> Cow<'t, str> {
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'&')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        unescape(before, &mut out);
        let Some((inside, next)) = after.split_once('>') else {
            out.push('<');
            rest = after;
            continue;
        };
        let (target, label) = match inside.split_once('|') {
            Some((target, label)) => (target, Some(label)),
            None => (inside, None),
        };
        token(target, label, &handle, called, &mut out);
        rest = next;
    }
    unescape(rest, &mut out);
    Cow::Owned(out)
}

fn token<'t>(
    target: &'t str,
    label: Option<&'t str>,
    handle: &impl Fn(&str) -> Option<String>,
    called: &mut Vec<Called<'t>>,
    out: &mut String,
) {
    let label = label.filter(|label| !label.is_empty());
    match target.as_bytes().first() {
        Some(b'@') => {
            let id = target.get(1..).unwrap_or_default();
            called.push(Called::Id(id));
            let name = label.map(str::to_owned).or_else(|| handle(id));
            named('@', &name.unwrap_or_else(|| id.to_owned()), out);
        }
        Some(b'#') => named('#', label.unwrap_or(target.get(1..).unwrap_or_default()), out),
        Some(b'!') => {
            let command = target.get(1..).unwrap_or_default();
            let command = command.split('^').next().unwrap_or(command);
            if matches!(command, "here" | "channel" | "everyone" | "group") {
                called.push(Called::Everybody);
                named('@', command, out);
            } else if command == "date" {
                unescape(label.unwrap_or_default(), out);
            } else {
                named('@', label.unwrap_or(command), out);
            }
        }
        _ => unescape(label.unwrap_or(target), out),
    }
}

fn named(mark: char, name: &str, out: &mut String) {
    if !name.starts_with(mark) {
        out.push(mark);
    }
    unescape(name, out);
}

/// Slack escapes three characters and no others.
fn unescape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let known = [("amp;", '&'), ("lt;", '<'), ("gt;", '>')];
        let found = known
            .into_iter()
            .find_map(|(name, undone)| after.strip_prefix(name).map(|next| (undone, next)));
        let (undone, next) = found.unwrap_or(('&', after));
        out.push(undone);
        rest = next;
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone(text: &str) -> (String, Vec<Called<'_>>) {
        let mut called = Vec::new();
        let handle = |id: &str| (id == "U1").then(|| "ann".to_owned());
        (plain(text, handle, &mut called).into_owned(), called)
    }

    #[test]
    fn mentions_links_and_entities_are_undone() {
        let (text, called) =
            undone("<@U1> &lt;b&gt; &amp;amp; <@U2|bob> <#C1|general> <https://x.example|here>");
        assert_eq!(text, "@ann <b> &amp; @bob #general here");
        assert_eq!(called, [Called::Id("U1"), Called::Id("U2")]);
    }

    #[test]
    fn the_whole_channel_is_everybody_and_a_team_is_not() {
        let (text, called) =
            undone("<!channel> <!here|@here> <!subteam^S1|@team> <!date^1^{d}|May>");
        assert_eq!(text, "@channel @here @team May");
        assert_eq!(called, [Called::Everybody, Called::Everybody]);
    }

    #[test]
    fn an_open_bracket_stays() {
        assert_eq!(
            undone("a < b & c <https://x.example/?a=1&amp;b=2>").0,
            "a  b & c <https://x.example/?a=1&b=2"
        );
        assert_eq!(undone("a <").0, "a <");
    }
}
