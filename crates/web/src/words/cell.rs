//! What a cell of a table says where words that also stand within sentences are all of it.

/// The words with a large first letter; a dash for none, so that no cell looks forgotten.
pub(crate) fn cell(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "—".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_begins_large_and_is_never_empty() {
        let said = ["by link", "扫码", "QR code", "2 天前", ""].map(cell);
        assert_eq!(said, ["By link", "扫码", "QR code", "2 天前", "—"]);
    }
}
