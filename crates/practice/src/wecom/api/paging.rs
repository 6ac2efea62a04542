//! Pages behind cursors: a cursor hides the last key that was given, so that nothing is given
//! twice or left out when something comes or goes between two pages.

use std::fmt::Write as _;

use crate::wecom::books::{Refused, refused};

/// How many on a page: what was asked, where it is allowed.
pub(crate) fn limit(asked: Option<i64>, usual: usize, most: usize) -> Result<usize, Refused> {
    let Some(asked) = asked else { return Ok(usual) };
    let wrong = || refused(40_058, "invalid Request Parameter: limit");
    let asked = usize::try_from(asked).map_err(|_| wrong())?;
    (1..=most).contains(&asked).then_some(asked).ok_or_else(wrong)
}

/// The page after `cursor` of things in the order of their keys, and the cursor behind it, empty
/// at the end.
pub(crate) fn page<T>(
    things: impl Iterator<Item = (String, T)>,
    cursor: &str,
    limit: usize,
) -> Result<(Vec<T>, String), Refused> {
    let after = if cursor.is_empty() { None } else { Some(opened(cursor)?) };
    let behind = |key: &String| after.as_ref().is_none_or(|after| key > after);
    let mut left = things.filter(|(key, _)| behind(key)).peekable();
    let mut last = String::new();
    let mut found = Vec::new();
    for (key, thing) in left.by_ref().take(limit) {
        last = key;
        found.push(thing);
    }
    let next = if left.peek().is_some() { sealed(&last) } else { String::new() };
    Ok((found, next))
}

fn sealed(key: &str) -> String {
    key.bytes().fold(String::from("c"), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn opened(cursor: &str) -> Result<String, Refused> {
    let wrong = || refused(40_058, "invalid Request Parameter: cursor");
    let digits = cursor.strip_prefix('c').ok_or_else(wrong)?;
    let bytes = digits.as_bytes().chunks(2).map(|pair| {
        let pair = if pair.len() == 2 { pair } else { b"-" };
        let text = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(text, 16).ok()
    });
    let bytes: Option<Vec<u8>> = bytes.collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn things(keys: &[&str]) -> impl Iterator<Item = (String, String)> {
        let both = |key: &&str| ((*key).to_owned(), (*key).to_owned());
        keys.iter().map(both).collect::<Vec<_>>().into_iter()
    }

    #[test]
    fn the_last_page_has_no_cursor() {
        let (first, next) = page(things(&["a", "b", "c"]), "", 2).unwrap();
        assert_eq!(first, ["a", "b"]);
        let (second, next) = page(things(&["a", "b", "c"]), &next, 2).unwrap();
        assert_eq!((second, next), (vec!["c".to_owned()], String::new()));
        let (whole, next) = page(things(&["a", "b"]), "", 2).unwrap();
        assert_eq!((whole.len(), next.as_str()), (2, ""));
    }

    #[test]
    fn what_goes_between_two_pages_moves_nothing() {
        let (_, next) = page(things(&["a", "b", "c", "d"]), "", 2).unwrap();
        let (second, _) = page(things(&["b", "bb", "c", "d"]), &next, 2).unwrap();
        assert_eq!(second, ["bb", "c"]);
    }

    #[test]
    fn a_cursor_of_ones_own_is_refused() {
        for cursor in ["2", "c0", "czz", "äöü"] {
            assert_eq!(page(things(&["a"]), cursor, 2).unwrap_err().code, 40_058, "{cursor}");
        }
        assert_eq!(limit(Some(0), 5, 10).unwrap_err().code, 40_058);
        assert_eq!(limit(Some(11), 5, 10).unwrap_err().code, 40_058);
        assert_eq!(limit(None, 5, 10).unwrap(), 5);
    }
}
