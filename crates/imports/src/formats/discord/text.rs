//! Discord's raw markup undone, which an export without rendered markdown still holds.

use std::borrow::Cow;

/// The text with `<@9>` as `@name`, `<:smile:1>` as `:smile:` and `<#2>` as `#2`.
///
/// `name` gives the name of a mentioned id. Anything else in angle brackets was typed and stays.
pub(super) fn plain(text: &str, name: impl Fn(&str) -> Option<String>) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let token = after
            .split_once('>')
            .and_then(|(inside, next)| token(inside, &name).map(|undone| (undone, next)));
        if let Some((undone, next)) = token {
            out.push_str(&undone);
            rest = next;
        } else {
            out.push('<');
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn token(inside: &str, name: &impl Fn(&str) -> Option<String>) -> Option<String> {
    let is_id = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let after = |mark: &str| inside.strip_prefix(mark).filter(is_id);
    if let Some(id) = after("@!").or_else(|| after("@&")).or_else(|| after("@")) {
        return Some(format!("@{}", name(id).unwrap_or_else(|| id.to_owned())));
    }
    if let Some(id) = after("#") {
        return Some(format!("#{id}"));
    }
    let emoji = inside.strip_prefix("a:").or_else(|| inside.strip_prefix(':'))?;
    let (word, _) = emoji.split_once(':').filter(|(_, id)| is_id(id))?;
    Some(format!(":{word}:"))
}

/// Whether the text calls everybody.
pub(super) fn calls_everybody(text: &str) -> bool {
    text.contains("@everyone") || text.contains("@here")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn raw_tokens_are_undone_and_typed_brackets_stay() {
        let name = |id: &str| (id == "9").then(|| "Bob".to_owned());
        let text = plain("<@9> <@!8> <:smile:1> <a:wave:2> <#3> <b> a < b <@x>", name);
        assert_eq!(text, "@Bob @8 :smile: :wave: #3 <b> a < b <@x>");
    }
}
