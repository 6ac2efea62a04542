//! Pages at hand, pages kept packed, and pages skimmed outside of the window tell the same.

use crate::build::fold_all;
use crate::diary::group;
use crate::pages::resume::{chat, step};
use domain::{Day, Zone};
use insights::{
    GroupPages, KeptPages, Page, PageList, Settings, Span, full_span, in_turn, overview,
    overview_against, whole_days,
};
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, proptest};

#[derive(Debug)]
struct Packed {
    days: Vec<i32>,
    pages: Vec<Vec<u8>>,
}

impl KeptPages for Packed {
    fn days(&self) -> &[i32] {
        &self.days
    }

    fn page(&self, place: usize) -> Page {
        Page::decode(self.pages.get(place).unwrap()).unwrap()
    }
}

fn pack(pages: &[Page]) -> Packed {
    Packed {
        days: pages.iter().map(|page| page.day).collect(),
        pages: pages.iter().map(Page::encode).collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn kept_pages_give_the_overview_of_pages_at_hand(
        first in vec(step(), 1..120),
        second in vec(step(), 1..60),
        founded in any::<bool>(),
        late in 0..9_i32,
    ) {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let settings = Settings::default();
        let folded = |steps| fold_all(&chat(steps), &zone, &settings);
        let (first, second) = (folded(&first), folded(&second));
        let packed = [pack(&first), pack(&second)];
        let at_hand = [&first, &second].map(|pages| GroupPages {
            founded: pages.first().filter(|_| founded).map(Page::day),
            ..group(pages)
        });
        let mut kept = at_hand;
        for (group, pages) in kept.iter_mut().zip(&packed) {
            group.pages = PageList::Kept(pages);
        }
        let full = full_span(&at_hand).unwrap();
        assert_eq!(full_span(&kept), Some(full));
        for span in [full, Span { from: full.from.plus(late), to: Day(full.to.0 + late) }] {
            let whole = overview(&at_hand, span, &settings);
            assert_eq!(whole, overview(&kept, span, &settings));
        }
    }
    // catalogue: P14
    #[test]
    fn days_outside_of_both_windows_need_only_be_skimmed(
        steps in vec(step(), 60..360),
        founded in any::<bool>(),
        (from, days) in (0..60_i32, 1..9_i32),
        beside in proptest::option::of((0..60_i32, 1..9_i32)),
    ) {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        let settings = Settings::default();
        let pages = fold_all(&chat(&steps), &zone, &settings);
        let group = |pages| GroupPages {
            founded: Some(full_span(&[group(pages)]).unwrap().from).filter(|_| founded),
            ..group(pages)
        };
        let full = full_span(&[group(&pages)]).unwrap();
        let window = |(from, days)| {
            let from = full.from.plus(from);
            Span { from, to: from.plus(days - 1) }
        };
        let (span, against) = (window((from, days)), beside.map(window));
        let whole = whole_days(span, against, &settings);
        let skimmed = |page: &Page| {
            let read = if whole.holds(page.day()) { Page::decode } else { Page::skim };
            read(&page.encode()).unwrap()
        };
        let skimmed: Vec<Page> = pages.iter().map(skimmed).collect();
        let look = |pages| overview_against(&[group(pages)], (span, against), &settings, in_turn);
        assert_eq!(look(&skimmed), look(&pages));
    }
}
