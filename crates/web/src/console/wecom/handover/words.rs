//! States, reasons and rules of hand-overs in words.

use app::wecom::{Rule, Stay};
use domain::{HandState, HeldKind};
use report::Lang;

use crate::words::{number, times};

/// So many things of a kind.
pub(super) fn many(kind: HeldKind, count: u64, l: Lang) -> String {
    match kind {
        HeldKind::Contact => times(count, l, "位客户", ["customer", "customers"]),
        HeldKind::Group => times(count, l, "个群", ["group", "groups"]),
    }
}

/// What there is of both kinds: `420 位客户、12 个群`.
pub(super) fn both(contacts: u64, groups: u64, l: Lang) -> String {
    let parts = [(HeldKind::Contact, contacts), (HeldKind::Group, groups)];
    let some: Vec<String> = parts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| many(kind, count, l))
        .collect();
    if some.is_empty() { number(0) } else { some.join(l.pick("、", ", ")) }
}

/// Everything that somebody holds: `420 位客户、12 个群、3 个活码`.
pub(super) fn held(contacts: u64, groups: u64, codes: u64, l: Lang) -> String {
    let led = live_codes(codes, l);
    match (contacts + groups, codes) {
        (_, 0) => both(contacts, groups, l),
        (0, _) => led,
        _ => [both(contacts, groups, l), led].join(l.pick("、", ", ")),
    }
}

/// So many live codes.
pub(super) fn live_codes(count: u64, l: Lang) -> String {
    times(count, l, "个活码", ["live code", "live codes"])
}

/// Groups, open tasks and notes that somebody keeps here, those that there are.
pub(super) fn kept(groups: u64, tasks: u64, notes: u64, l: Lang) -> String {
    let all = [
        (groups, "个群", ["group", "groups"]),
        (tasks, "条待办", ["open task", "open tasks"]),
        (notes, "条备注", ["note", "notes"]),
    ];
    let some = all.into_iter().filter(|(count, ..)| *count > 0);
    let some: Vec<String> = some.map(|(count, zh, en)| times(count, l, zh, en)).collect();
    some.join(l.pick("、", ", "))
}

pub(super) fn kind(kind: HeldKind, l: Lang) -> &'static str {
    match kind {
        HeldKind::Contact => l.pick("客户", "Customer"),
        HeldKind::Group => l.pick("群", "Group"),
    }
}

/// What a state is called, and its tone.
pub(super) fn state(state: HandState, l: Lang) -> (&'static str, &'static str) {
    match state {
        HandState::Planned => ("secondary", l.pick("排队中", "planned")),
        HandState::Asked => ("secondary", l.pick("正在提交", "being asked for")),
        HandState::Waiting => ("teal", l.pick("等待接替", "waits")),
        HandState::Done => ("green", l.pick("已交接", "handed over")),
        HandState::Refused => ("orange", l.pick("客户拒绝", "the customer said no")),
        HandState::Full => ("orange", l.pick("接手人客户已满", "the taker is full")),
        HandState::Failed => ("red", l.pick("没成", "failed")),
        HandState::Cancelled => ("secondary", l.pick("已取消", "cancelled")),
    }
}

/// Why something did not change hands, and what to do.
pub(super) struct Reason {
    pub(super) why: String,
    pub(super) remedy: &'static str,
}

/// The reason of what did not change hands.
pub(super) fn reason(state: HandState, code: Option<i64>, l: Lang) -> Reason {
    let (why, remedy) = match (state, code) {
        (HandState::Refused, _) => (
            l.pick("客户点了拒绝", "The customer said no").to_owned(),
            l.pick(
                "尊重客户，不再自动转。需要的话请原成员或群主在聊天里说明后，让客户扫接手人的码。",
                "They are left in peace. If need be, explain it in the chat and let them scan the \
                 code of who takes over.",
            ),
        ),
        (HandState::Full, _) => (
            l.pick("接手人的客户数到上限了", "Who was to take them has too many customers")
                .to_owned(),
            l.pick("改交给另一位同事。", "Give them to somebody else."),
        ),
        (_, None) => (
            l.pick("企业微信没有说结果", "WeCom does not say what came of it").to_owned(),
            l.pick(
                "先在企业微信客户端看看这位客户在谁名下；还在原来的人那里，就再试一次。",
                "See in WeCom whose customer it is; if nothing moved, ask once more.",
            ),
        ),
        (_, Some(code)) => coded(code, l),
    };
    Reason { why, remedy }
}

/// A code of the platform: what it says, what to do.
type Coded = (&'static [i64], [&'static str; 2], [&'static str; 2]);

/// Codes of hand-overs (全局错误码, 客户接替).
const CODES: &[Coded] = &[
    (
        &[40_096, 40_131, 84_061],
        ["已经不是 TA 的客户了（删除过，或已经转走）", "No customer of theirs any more"],
        ["不用处理。", "Nothing to do."],
    ),
    (
        &[40_097],
        ["原成员还没有离职", "Who hands over has not left"],
        ["重新读取后，按在职成员再发起一次交接。", "Read the company again and begin anew."],
    ),
    (
        &[40_098, 41_054],
        ["接手人没有激活企业微信，或没有实名", "Who takes over is not active or not verified"],
        [
            "请 TA 登录企业微信并完成实名，或改交给别人。",
            "Let them log in and verify, or choose another.",
        ],
    ),
    (
        &[40_003],
        ["原成员已经离职，或账号不对", "Who hands over has left"],
        ["重新读取后，按离职成员再发起一次交接。", "Read the company again and begin anew."],
    ),
    (
        &[40_099],
        ["接手人的客户数到上限了", "Who was to take them has too many customers"],
        ["改交给另一位同事。", "Give them to somebody else."],
    ),
    (
        &[40_100, 40_129, 90_507],
        ["正在别处交接中（可能有人在管理后台操作过）", "Another hand-over of it is under way"],
        ["等一天看结果，没过去再试一次。", "Wait a day; if it did not move, ask once more."],
    ),
    (
        &[40_128],
        [
            "转得太频繁：一位客户最多转 2 次，转过之后 90 天内不能再转",
            "Handed over too often: twice at most, and not for 90 days after",
        ],
        [
            "过了 90 天再发起；等不了就请客户扫接手人的码。",
            "Begin anew after 90 days, or let them scan a code.",
        ],
    ),
    (
        &[40_130],
        ["接手人就是原来的人", "Who takes over is who had it"],
        ["改交给别人。", "Choose another."],
    ),
    (
        &[45_009],
        ["当天的名额用完，连着几天都没排上", "The day's limit, several days in a row"],
        [
            "过一天再试一次；每个群 90 天内最多转 2 次。",
            "Try again tomorrow; a group changes hands twice in 90 days.",
        ],
    ),
    (
        &[50_002, 60_111, 46_004],
        [
            "接手人不在应用的可见范围，或已经离职",
            "Who takes over has left, or the app does not see them",
        ],
        [
            "把 TA 加进应用的可见范围，或改交给别人。",
            "Put them into the app's visible range, or choose another.",
        ],
    ),
    (
        &[84_074],
        ["接手人没有客户联系功能", "Who takes over lacks customer contact"],
        [
            "在「管理后台 → 客户联系 → 权限配置」里给 TA 开通，或改交给别人。",
            "Give it to them under Customer Contact → Permissions, or choose another.",
        ],
    ),
    (
        &[90_500],
        ["群主还没有离职", "The owner has not left"],
        ["重新读取后，按在职成员再发起一次交接。", "Read the company again and begin anew."],
    ),
    (
        &[40_050, 90_501],
        ["群已经解散，或不是客户群", "The group is dissolved, or no customer group"],
        ["不用处理。", "Nothing to do."],
    ),
    (
        &[90_502],
        ["群主已经离职", "The owner has left"],
        ["重新读取后，按离职成员再发起一次交接。", "Read the company again and begin anew."],
    ),
    (
        &[90_503],
        [
            "群满了，而且已有 99 位微信成员，要人工确认",
            "The group is full with 99 members of WeChat",
        ],
        ["请原群主在客户端里手动转让群主。", "The owner hands it over in the client, by hand."],
    ),
    (
        &[90_508],
        ["已经继承给别人了", "It was inherited by somebody else"],
        ["重新读取，看看现在谁是群主。", "Read the company again and see who owns it."],
    ),
    (
        &[90_510],
        ["企业一年内没有活跃成员", "The company was not active for a year"],
        ["请管理员登录企业微信后再试。", "Let an admin log in, then try again."],
    ),
];

fn coded(code: i64, l: Lang) -> (String, &'static str) {
    let known = CODES.iter().find(|(codes, ..)| codes.contains(&code));
    let (why, remedy) = known.map_or_else(
        || {
            (
                ["企业微信没有同意", "WeCom refused it"],
                [
                    "按错误码在企业微信文档里查原因，改好后再试一次。",
                    "Look the code up in WeCom's documentation, mend it, and ask once more.",
                ],
            )
        },
        |(_, why, remedy)| (*why, *remedy),
    );
    let [zh, en] = why;
    (l.pick(format!("{zh}（{code}）"), format!("{en} ({code})")), l.pick(remedy[0], remedy[1]))
}

/// Why something stays.
pub(super) fn stays(why: Stay, l: Lang) -> &'static str {
    match why {
        Stay::NoTaker => l.pick("没有选接手的人", "nobody was chosen to take them"),
        Stay::Times => l.pick(
            "已经转过 2 次，企业微信不让再转：请客户扫接手人的码",
            "handed over twice already, WeCom allows no more: let them scan a code",
        ),
        Stay::Unlisted => l.pick("企业微信的列表里已经没有", "WeCom does not list them any more"),
        Stay::UnderWay => {
            l.pick("正在别处继承中，一天后再看", "on their way by another hand-over: see tomorrow")
        }
    }
}

/// A rule of the platform.
pub(super) fn rule(rule: &Rule, l: Lang) -> String {
    let n = rule.number;
    match rule.word {
        "wait" => l.pick(
            format!("客户提交后要等 {n} 小时才换人，这期间客户可以拒绝；群提交后马上换群主。"),
            format!("Customers change hands after {n} h and may say no until then; groups at once."),
        ),
        "refusal" => l.pick(
            "客户拒绝的不会转走，还在原来的人名下。",
            "Who says no stays with whom they were.",
        )
        .to_owned(),
        "full" => l.pick(
            "接手人的客户数到上限，就接不了；上限看企业的认证和购买情况，接口查不到。",
            "Nobody takes over more customers than they may have; the interface does not tell how \
             many that are.",
        )
        .to_owned(),
        "times" => {
            l.pick(format!("一位客户最多转 {n} 次。"), format!("A customer moves {n} times at most."))
        }
        "rest" => l.pick(
            format!("转过的客户 {n} 天内不能再转，系统会排到到期的第二天。"),
            format!("After that a customer rests for {n} days; the plan puts them behind."),
        ),
        "groups_a_day" => l.pick(
            format!("一位群主一天最多转出 {n} 个群，多的排到第二天早上 9 点。"),
            format!("An owner gives away {n} groups a day; the rest follow at 9 the next morning."),
        ),
        "group_times" => l.pick(
            format!("在职转让，一个群 90 天内最多 {n} 次。"),
            format!("Of owners who are there a group moves {n} times in 90 days."),
        ),
        _ => l.pick(format!("一次提交最多 {n} 个。"), format!("A call takes {n} at most.")),
    }
}

/// What is wrong with a field.
pub(super) fn wrong_words(code: &str, l: Lang) -> &'static str {
    match code {
        "missing" => l.pick("至少选一位接手人。", "Choose at least one."),
        "not_a_taker" => l.pick(
            "TA 接不了：已离职、没激活、不在可见范围，或没有客户联系功能。换一位。",
            "They cannot: they left, are not active, out of sight, or lack customer contact.",
        ),
        "twice" => l.pick("同一个人选了两次。", "The same person was chosen twice."),
        "a_taker" => l.pick(
            "已经是接客户的人了，备用请选另一位。",
            "They take customers already: choose another as the spare one.",
        ),
        "not_a_number" => {
            l.pick("填 1 到 10000 的数字，或者留空。", "A number from 1 to 10000, or nothing.")
        }
        "too_long" => l.pick("最多 200 个字。", "200 characters at most."),
        "nothing" => l.pick(
            "TA 名下没有能交接的，或者没有选谁来接。",
            "There is nothing of theirs to hand over, or nobody was chosen for it.",
        ),
        "open" => l.pick(
            "TA 已经有一次交接在进行，等它完成或取消后再发起。",
            "A hand-over of theirs is under way: begin anew when it has ended.",
        ),
        "out_of_sight" => l.pick(
            "应用看不到 TA：请在管理后台把 TA 加进应用的可见范围，再重新读取。",
            "The app does not see them: put them into its visible range and read again.",
        ),
        "no_codes" => l.pick("没有活码还指向 TA 了。", "No live code leads to them any more."),
        "nobody_here" => l.pick(
            "TA 还没有对应到活群里的同事，这一项没法交接：先在「团队成员」里设好 TA 是谁。",
            "Nobody of your staff is them yet: say under Staff who they are, then choose again.",
        ),
        "above" => l.pick(
            "TA 在活群里是你自己，或权限不比你低，这一项要请权限更高的同事来交接。",
            "Their account here is your own, or of your role or above: ask somebody above.",
        ),
        "cannot_keep" => l.pick(
            "这位同事在活群里接不了：账号已停用、只能查看，或就是 TA 本人。换一位。",
            "They cannot: locked out, may only read, or it is their own account.",
        ),
        _ => l.pick("这一项不对。", "This is wrong."),
    }
}
