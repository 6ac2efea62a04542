//! What stands in the braces of a phrase: `{km}`, `{pace}`, `{place}` …

use crate::dice::Dice;
use std::fmt::Write;

const PLACES: &[&str] =
    &["三号码头", "北桥头", "月湖公园", "体育中心", "老船厂", "滨江步道", "观景台", "植物园东门"];
const TIMES: &[&str] =
    &["晚上7点半", "晚上8点", "早上6点", "早上6点半", "19:30", "20:00", "6:15", "早上七点"];
const FOODS: &[&str] = &["烧烤", "小龙虾", "牛肉面", "火锅", "冰淇淋", "炸鸡", "糖水", "煎饼果子"];
const RACES: &[&str] = &["江城半马", "环湖十公里", "滨江马拉松", "城市接力赛", "南山越野"];

/// The phrase with every slot filled. `temperature` is what the thermometer shows that day.
pub(crate) fn fill(phrase: &str, temperature: u32, dice: &mut Dice) -> String {
    let mut filled = String::with_capacity(phrase.len() + 16);
    let mut rest = phrase;
    while let Some((before, from)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((slot, after)) = from.split_once('}') else { break };
        slot_into(&mut filled, slot, temperature, dice);
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn slot_into(filled: &mut String, slot: &str, temperature: u32, dice: &mut Dice) {
    let listed = |list: &[&'static str], dice: &mut Dice| dice.pick(list).unwrap_or_default();
    let written = match slot {
        "place" => return filled.push_str(listed(PLACES, dice)),
        "time" => return filled.push_str(listed(TIMES, dice)),
        "food" => return filled.push_str(listed(FOODS, dice)),
        "race" => return filled.push_str(listed(RACES, dice)),
        "km" => {
            let whole = 3 + dice.below(6) + dice.below(6);
            match dice.below(3) {
                0 => write!(filled, "{whole}.{}", dice.between(1, 9)),
                _ => write!(filled, "{whole}"),
            }
        }
        "pace" => write!(filled, "{}'{:02}", dice.between(4, 7), dice.below(60)),
        "half" => write!(filled, "1小时{}分", dice.between(42, 59)),
        "price" => write!(filled, "{}", dice.between(2, 9) * 100),
        "temp" => write!(filled, "{}", temperature + dice.below(4)),
        "min" => write!(filled, "{}", dice.between(28, 75)),
        "hr" => write!(filled, "{}", dice.between(132, 176)),
        "n" => write!(filled, "{}", dice.between(4, 28)),
        other => write!(filled, "{other}"),
    };
    debug_assert!(written.is_ok(), "writing to a string does not fail");
}
