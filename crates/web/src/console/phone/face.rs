//! Words and links of the cards that go to people's phones.
//!
//! Invariant: the same card has the same words and the same link whenever it is sent, so that the
//! platform knows it again; nothing in them depends on the moment.

use std::sync::Arc;

use app::console::Item;
use app::wecom::{CardFace, CardTold, CardWords};
use domain::{Millis, OrgId};
use report::Lang;

use crate::console::today::{kind, quote, says};
use crate::door::Seal;
use crate::settings::WebSettings;

/// What the link of a card is signed for.
const PURPOSE: &str = "card";

/// Letters that a card shows: title, words below it, more words.
const TITLE_CHARS: usize = 36;
const DESC_CHARS: usize = 44;
const MORE_CHARS: usize = 160;

/// To-dos that a card of several names.
const NAMED_MAX: usize = 3;

/// The face of cards; `None` where the program does not know under which address people reach it.
pub(crate) fn face(settings: &WebSettings, seal: &Seal) -> Option<CardFace> {
    let address = settings.address.as_deref()?.trim_end_matches('/').to_owned();
    let (org, seal) = (settings.org, seal.clone());
    Some(CardFace {
        org,
        words: Arc::new(words),
        link: Arc::new(move |card, until| {
            format!("{address}/m/{}", sign(&seal, org, (card, until)))
        }),
    })
}

/// The token of a card, until a moment.
pub(super) fn sign(seal: &Seal, org: OrgId, (card, until): (i64, Millis)) -> String {
    seal.sign(PURPOSE, &org.0.to_string(), &format!("{card}-{}", until.0))
}

/// The card of a token that is ours and not over.
pub(super) fn opened(seal: &Seal, org: OrgId, (token, now): (&str, Millis)) -> Option<i64> {
    let words = seal.open(PURPOSE, &org.0.to_string(), token)?;
    let (card, until) = words.split_once('-')?;
    let until: i64 = until.parse().ok()?;
    card.parse().ok().filter(|_| now.0 < until)
}

fn words(told: CardTold<'_>) -> CardWords {
    let l = told.lang;
    let words = match told.items {
        [one] => single(one, l),
        many => several(many, l),
    };
    CardWords {
        title: cut(&words.title, TITLE_CHARS),
        desc: cut(&words.desc, DESC_CHARS),
        more: cut(&words.more, MORE_CHARS),
        quote: cut(&words.quote, MORE_CHARS),
        button: l.pick("去处理", "See to it").to_owned(),
        done: l.pick("已处理", "Done").to_owned(),
    }
}

fn single(item: &Item, l: Lang) -> CardWords {
    CardWords {
        title: kind(&item.row.reason, l).to_owned(),
        desc: group(item),
        more: says(&item.row.reason, item.sends, l).join(" "),
        quote: quote(item).unwrap_or_default(),
        ..CardWords::default()
    }
}

fn several(items: &[Item], l: Lang) -> CardWords {
    let line = |item: &Item| {
        l.pick(
            format!("{}：{}", group(item), kind(&item.row.reason, l)),
            format!("{}: {}", group(item), kind(&item.row.reason, l)),
        )
    };
    let named: Vec<String> = items.iter().take(NAMED_MAX).map(line).collect();
    let more = if items.len() > NAMED_MAX { l.pick(" 等", " …") } else { "" };
    CardWords {
        title: l
            .pick(format!("{} 件待办", items.len()), format!("{} things to see to", items.len())),
        desc: l.pick("点开逐件处理", "Open it to see to each").to_owned(),
        more: named.join(l.pick("；", "; ")) + more,
        ..CardWords::default()
    }
}

fn group(item: &Item) -> String {
    item.group.as_ref().map(|group| group.name.clone()).unwrap_or_default()
}

fn cut(text: &str, most: usize) -> String {
    let mut letters = text.chars();
    let kept: String = letters.by_ref().take(most.saturating_sub(1)).collect();
    match (letters.next(), letters.next()) {
        (None, _) => kept,
        (Some(last), None) => kept + &last.to_string(),
        _ => kept + "…",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_good_for_its_card_and_organisation_until_its_moment() {
        let seal = Seal::new(&[7; 32]).unwrap();
        let (org, until) = (OrgId(1), Millis(1_000));
        let token = sign(&seal, org, (12, until));
        assert_eq!(token, sign(&seal, org, (12, until)), "the same again");
        assert_eq!(opened(&seal, org, (&token, Millis(999))), Some(12));
        assert_eq!(opened(&seal, org, (&token, until)), None, "it is over");
        assert_eq!(opened(&seal, OrgId(2), (&token, Millis(0))), None, "another's");
        let later = token.replacen("-1000", "-9000", 1);
        assert_eq!(opened(&seal, org, (&later, Millis(0))), None, "nobody makes it longer");
        let other = token.replacen("12-", "13-", 1);
        assert_eq!(opened(&seal, org, (&other, Millis(0))), None, "nor another card's");
        let other = Seal::new(&[8; 32]).unwrap();
        assert_eq!(opened(&other, org, (&token, Millis(0))), None, "another key");
    }

    #[test]
    fn long_words_end_in_dots() {
        assert_eq!(
            (cut("早起打卡", 4), cut("早起打卡群", 4)),
            ("早起打卡".into(), "早起打…".into())
        );
        assert_eq!(cut("", 4), "");
    }
}
