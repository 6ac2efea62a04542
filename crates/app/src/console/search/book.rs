//! A book of names: one long text per piece, looked through as fast as memory can be read.
//!
//! Invariant: what is asked is looked for as a whole name first, then at the beginning of a name,
//! then at the beginning of its sound, then anywhere; nothing is given twice.

use std::sync::Arc;

use memchr::memmem;
use rustc_hash::FxHashSet;

use crate::console::search::letters::{plain, sounds};

/// Names in one piece, at most: only the last piece is written anew when names come.
const PIECE: usize = 8_192;

/// Stands before a name.
const NAME: char = '\u{1e}';
/// Stands before a sound, and after the last.
const SOUND: char = '\u{1f}';

/// Names with the numbers of whose they are. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Book {
    pieces: Vec<Arc<Piece>>,
}

#[derive(Clone, Debug, Default)]
struct Piece {
    text: String,
    /// Where each name begins, and whose it is.
    starts: Vec<(u32, i64)>,
}

impl Book {
    /// Adds a name.
    pub(super) fn add(&mut self, id: i64, name: &str) {
        if self.pieces.last().is_none_or(|piece| piece.starts.len() >= PIECE) {
            self.pieces.push(Arc::default());
        }
        let Some(piece) = self.pieces.last_mut() else { return };
        let piece = Arc::make_mut(piece);
        let Ok(start) = u32::try_from(piece.text.len()) else { return };
        piece.starts.push((start, id));
        let name = plain(name);
        piece.text.push(NAME);
        piece.text.push_str(&name);
        for sound in sounds(&name) {
            piece.text.push(SOUND);
            piece.text.push_str(&sound);
        }
        piece.text.push(SOUND);
    }

    /// Whose names fit what is asked (plain text), the best fit first, at most so many.
    pub(super) fn find(&self, asked: &str, limit: usize) -> Vec<i64> {
        let mut found = Found { limit, ..Found::default() };
        if asked.is_empty() {
            return found.ids;
        }
        let bare: String = asked.chars().filter(|letter| *letter != ' ').collect();
        let passes = [
            format!("{NAME}{asked}{SOUND}"),
            format!("{NAME}{asked}"),
            format!("{SOUND}{bare}"),
            asked.to_owned(),
        ];
        for pass in passes {
            let finder = memmem::Finder::new(pass.as_bytes());
            for piece in &self.pieces {
                piece.collect(&finder, &mut found);
                if found.is_full() {
                    return found.ids;
                }
            }
        }
        found.ids
    }
}

/// Whose names fitted so far, each once.
#[derive(Default)]
struct Found {
    ids: Vec<i64>,
    seen: FxHashSet<i64>,
    limit: usize,
}

impl Found {
    fn is_full(&self) -> bool {
        self.ids.len() >= self.limit
    }

    fn add(&mut self, id: i64) {
        if self.seen.insert(id) {
            self.ids.push(id);
        }
    }
}

impl Piece {
    fn collect(&self, finder: &memmem::Finder<'_>, found: &mut Found) {
        let mut from = 0;
        while let Some(rest) = self.text.as_bytes().get(from..)
            && let Some(at) = finder.find(rest)
            && !found.is_full()
        {
            let hit = from + at;
            let next = self.starts.partition_point(|(start, _)| *start as usize <= hit);
            if let Some((_, id)) = next.checked_sub(1).and_then(|at| self.starts.get(at)) {
                found.add(*id);
            }
            match self.starts.get(next) {
                Some((start, _)) => from = *start as usize,
                None => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(names: &[&str]) -> Book {
        let mut book = Book::default();
        for (id, name) in (1..).zip(names) {
            book.add(id, name);
        }
        book
    }

    #[test]
    fn the_best_fit_comes_first_and_nobody_twice() {
        let book = book(&["阿林小林", "小林同学", "小林", "林小"]);
        assert_eq!(book.find("小林", 9), [3, 2, 1]);
        assert_eq!(book.find("小林", 2), [3, 2]);
    }

    #[test]
    fn names_are_found_by_sounds_and_initials() {
        let book = book(&["小林", "早起打卡群", "Ann", "重庆老乡"]);
        let table: [(&str, &[i64]); 8] = [
            ("xl", &[1]),
            ("xiaol", &[1]),
            ("zqdk", &[2]),
            ("dkq", &[2]),
            ("ann", &[3]),
            ("zq", &[2, 4]),
            ("cqlx", &[4]),
            ("zao qi", &[2]),
        ];
        for (asked, found) in table {
            assert_eq!(book.find(asked, 9), found, "{asked}");
        }
        assert!(book.find("", 9).is_empty() && book.find("不在", 9).is_empty());
    }

    #[test]
    fn no_name_runs_into_the_next() {
        let book = book(&["ab", "cd"]);
        assert!(book.find("bc", 9).is_empty());
    }

    #[test]
    fn a_book_goes_on_over_many_pieces() {
        let mut book = Book::default();
        for id in 0..20_000 {
            book.add(id, &format!("member {id}"));
        }
        assert_eq!(book.find("member 19999", 9), [19_999]);
        assert_eq!(book.pieces.len(), 3);
    }
}
