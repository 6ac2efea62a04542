//! Who was meant by a name, learnt in a first pass over the export.
//!
//! A name leads to a person only where it is certain: one person ever had it, or one person had
//! it at that time.

use domain::Millis;
use rustc_hash::FxHashMap;

/// Names and who bore them when.
#[derive(Debug, Default)]
pub(crate) struct Names {
    bearers: FxHashMap<String, Vec<Bearer>>,
}

#[derive(Debug)]
struct Bearer {
    key: String,
    first: Millis,
    last: Millis,
}

impl Names {
    /// Somebody wrote under this name.
    pub(crate) fn see(&mut self, name: &str, key: &str, at: Millis) {
        if name.is_empty() {
            return;
        }
        let Some(bearers) = self.bearers.get_mut(name) else {
            let bearer = Bearer { key: key.to_owned(), first: at, last: at };
            self.bearers.insert(name.to_owned(), vec![bearer]);
            return;
        };
        match bearers.iter_mut().find(|bearer| bearer.key == key) {
            Some(bearer) => {
                bearer.first = bearer.first.min(at);
                bearer.last = bearer.last.max(at);
            }
            None => bearers.push(Bearer { key: key.to_owned(), first: at, last: at }),
        }
    }

    /// The key of the one who was called so at that time: the only bearer, or the only one who
    /// bore the name around then, or the one who began to use it next.
    pub(crate) fn who(&self, name: &str, at: Millis) -> Option<&str> {
        let bearers = self.bearers.get(name)?;
        if let [only] = bearers.as_slice() {
            return Some(&only.key);
        }
        let mut around = bearers.iter().filter(|b| b.first <= at && at <= b.last);
        match (around.next(), around.next()) {
            (Some(one), None) => Some(&one.key),
            (Some(_), Some(_)) => None,
            (None, _) => {
                bearers.iter().filter(|b| b.first > at).min_by_key(|b| b.first).map(|b| &*b.key)
            }
        }
    }

    /// Splits a list `甲、乙、丙`. A name that holds the separator itself is kept together where it
    /// is a known name.
    pub(crate) fn split<'a>(&self, list: &'a str) -> Vec<&'a str> {
        let mut names = Vec::new();
        let mut rest = list;
        while !rest.is_empty() {
            let is_known =
                |end: &usize| rest.get(..*end).is_some_and(|name| self.bearers.contains_key(name));
            let ends = rest.match_indices('、').map(|(at, _)| at).chain([rest.len()]);
            let known = ends.rev().find(is_known);
            let end = known.or_else(|| rest.find('、')).unwrap_or(rest.len());
            let (name, tail) = rest.split_at(end);
            if !name.is_empty() {
                names.push(name);
            }
            rest = tail.strip_prefix('、').unwrap_or(tail);
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::Names;
    use domain::Millis;

    fn names(seen: &[(&str, &str, i64)]) -> Names {
        let mut names = Names::default();
        for (name, key, at) in seen {
            names.see(name, key, Millis(*at));
        }
        names
    }

    #[test]
    fn a_name_leads_to_its_bearer_at_that_time() {
        let names = names(&[
            ("小林", "1", 10),
            ("小林", "1", 20),
            ("小林", "2", 50),
            ("小林", "2", 60),
            ("阿杰", "3", 5),
        ]);
        let who = |name, at| names.who(name, Millis(at));
        assert_eq!(who("阿杰", 999), Some("3"));
        assert_eq!(who("小林", 15), Some("1"));
        assert_eq!(who("小林", 55), Some("2"));
        assert_eq!(who("小林", 30), Some("2"), "the one who is about to use it");
        assert_eq!(who("小林", 70), None, "nobody or both");
        assert_eq!(who("无名", 1), None);
    }

    #[test]
    fn a_list_keeps_names_with_the_separator_together() {
        let names = names(&[("东、西", "1", 0)]);
        assert_eq!(names.split("甲、东、西、乙"), ["甲", "东、西", "乙"]);
        assert_eq!(names.split("、甲、"), ["甲"]);
        assert!(names.split("").is_empty());
    }
}
