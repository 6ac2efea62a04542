//! Names as such a company has them: staff by full names, customers by what they call themselves.

use crate::dice::Dice;

/// Family names with their sounds.
const FAMILY: &[(&str, &str)] = &[
    ("王", "wang"),
    ("李", "li"),
    ("张", "zhang"),
    ("刘", "liu"),
    ("陈", "chen"),
    ("杨", "yang"),
    ("赵", "zhao"),
    ("黄", "huang"),
    ("周", "zhou"),
    ("吴", "wu"),
    ("徐", "xu"),
    ("孙", "sun"),
    ("胡", "hu"),
    ("朱", "zhu"),
    ("高", "gao"),
    ("林", "lin"),
];

/// Given names with their sounds.
const GIVEN: &[(&str, &str)] = &[
    ("敏", "min"),
    ("静", "jing"),
    ("丽娟", "lijuan"),
    ("晓燕", "xiaoyan"),
    ("佳怡", "jiayi"),
    ("思琪", "siqi"),
    ("雨桐", "yutong"),
    ("梦瑶", "mengyao"),
    ("子涵", "zihan"),
    ("建国", "jianguo"),
    ("浩然", "haoran"),
    ("志强", "zhiqiang"),
    ("文博", "wenbo"),
    ("婷婷", "tingting"),
    ("慧", "hui"),
    ("雪", "xue"),
    ("倩", "qian"),
    ("欣怡", "xinyi"),
];

/// First halves of what customers call themselves.
const CALLED: &[&str] = &[
    "小鹿",
    "晴天",
    "慢慢来",
    "糖糖",
    "阿May",
    "暖暖",
    "木子",
    "小满",
    "云朵",
    "橙子",
    "豆豆",
    "兔兔",
    "一只猫",
    "清风",
    "向日葵",
    "柠檬",
    "静水",
    "可乐",
    "米粒",
    "星河",
    "Lily",
    "Coco",
    "Amy",
    "Zoe",
    "平安",
    "知足",
    "花开",
    "安然",
    "小鱼儿",
    "果果",
];

/// Second halves.
const MORE: &[&str] = &[
    "",
    "",
    "",
    "",
    "妈妈",
    "不加糖",
    "🌸",
    "☀️",
    "在路上",
    "888",
    "呀",
    "姐",
    "_",
    "（代购）",
    "のの",
    "爱护肤",
    "1994",
    "🍀",
    "本人",
    "～",
];

/// What groups are about.
pub(super) const THEMES: &[&str] = &[
    "护肤交流群",
    "彩妆福利群",
    "新客体验群",
    "老客专享群",
    "母婴护肤群",
    "门店会员群",
    "敏感肌互助群",
    "内购福利群",
];

/// Cities, for groups of shops.
pub(super) const CITIES: &[&str] =
    &["上海", "杭州", "成都", "广州", "武汉", "南京", "西安", "长沙"];

/// What groups are told.
pub(super) const NOTICES: &[&str] = &[
    "",
    "",
    "欢迎入群，发广告会被移出。每晚八点有福利。",
    "文明交流，护肤问题可以直接问群主。",
    "本群只聊护肤，拼单请私信客服。",
];

/// A member of staff: userid and name.
pub(super) fn staff(dice: &mut Dice) -> (String, String) {
    let (family, sound) = dice.pick(FAMILY).copied().unwrap_or_default();
    let (given, given_sound) = dice.pick(GIVEN).copied().unwrap_or_default();
    (format!("{sound}{given_sound}"), format!("{family}{given}"))
}

/// What a customer is called; one in thirty has no name at all.
pub(crate) fn customer(dice: &mut Dice) -> String {
    if dice.permille(33) {
        return String::new();
    }
    if dice.permille(150) {
        let (family, _) = dice.pick(FAMILY).copied().unwrap_or_default();
        return format!("{family}{}", dice.pick(&["女士", "先生", "姐", "小姐姐"]).unwrap_or(&""));
    }
    let first = dice.pick(CALLED).copied().unwrap_or_default();
    format!("{first}{}", dice.pick(MORE).copied().unwrap_or_default())
}
