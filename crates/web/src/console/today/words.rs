//! Why a row stands on Today, in words.

use app::console::{Later, Reason, ReportKind, Unusual};
use app::links::LinkAlarm;
use app::wecom::OwnerlessWhy;
use report::{Lang, cause_words, mood_word};

use crate::words::times;

/// What a source is called.
pub(crate) fn source(word: &str, l: Lang) -> &'static str {
    match word {
        "answers" => l.pick("等人回应", "Waiting for an answer"),
        "troubles" => l.pick("社群预警", "Groups in trouble"),
        "newcomers" => l.pick("新人待欢迎", "New members"),
        "tasks" => l.pick("待执行", "To carry out"),
        "failures" => l.pick("处理失败", "Failed work"),
        "ownerless" => l.pick("缺负责人", "No owner"),
        "reports" => l.pick("群里上报", "Told by keepers"),
        "flows" => l.pick("进退群异常", "Unusual joins and leaves"),
        "filling" => l.pick("快满的群", "Nearly full"),
        "codes" => l.pick("快失效的码", "Codes that end"),
        "unled" => l.pick("群主缺位", "Owners missing"),
        "refused" => l.pick("接口被拒", "Refused calls"),
        _ => l.pick("其他", "Other"),
    }
}

/// What a row is, in a word.
pub(crate) fn kind(reason: &Reason, l: Lang) -> &'static str {
    match reason {
        Reason::FirstPost(_) => l.pick("新人首次发言", "First post"),
        Reason::Question(_) => l.pick("提问", "Question"),
        Reason::Call(_) => l.pick("点名", "Call"),
        Reason::CarryOut => l.pick("需人工执行", "By hand"),
        Reason::CheckOutcome => l.pick("结果待核对", "To check"),
        Reason::Trouble(mood, _) => mood_word(*mood, l),
        Reason::LongDead(_) => l.pick("长期沉寂", "Silent for long"),
        Reason::Newcomer | Reason::Newcomers(..) => l.pick("新人", "New"),
        Reason::SetAside(..) | Reason::ActionFailed(..) | Reason::ImportFailed(_) => {
            l.pick("失败", "Failed")
        }
        Reason::Ownerless(_) => l.pick("缺负责人", "No owner"),
        Reason::Joins(_) => l.pick("进群变多", "Many joins"),
        Reason::Leaves(_) => l.pick("退群变多", "Many leaves"),
        Reason::Filling(it) if it.members >= it.limit => l.pick("已满", "Full"),
        Reason::Filling(_) => l.pick("快满了", "Nearly full"),
        Reason::Unled(it) => match it.why {
            OwnerlessWhy::Left => l.pick("群主已离职", "Owner left"),
            OwnerlessWhy::OutOfSight => l.pick("群主读不到", "Owner out of sight"),
        },
        Reason::Refused(_) => l.pick("接口被拒", "Refused"),
        Reason::NoCards(_) => l.pick("待办发不到手机", "No cards"),
        Reason::Code(LinkAlarm::AtEnd(..)) => l.pick("活码满了", "Code full"),
        Reason::Code(LinkAlarm::NearEnd(..)) => l.pick("活码快满", "Code nearly full"),
        Reason::Code(LinkAlarm::Failing(..)) => l.pick("活码受阻", "Code refused"),
        Reason::Code(LinkAlarm::Domain(..)) => l.pick("域名不通", "Domain down"),
        Reason::Code(LinkAlarm::Checks(..)) => l.pick("新群待设置", "New group"),
        Reason::Reported(it) => report(it.what, l),
    }
}

/// What a keeper tells by one tap.
pub(crate) fn report(what: ReportKind, l: Lang) -> &'static str {
    match what {
        ReportKind::Unanswered => l.pick("有人没被回复", "Not answered"),
        ReportKind::Adverts => l.pick("有人发广告", "Adverts"),
        ReportKind::Complaint => l.pick("有人投诉", "Complaint"),
    }
}

/// The colour of that word.
pub(crate) fn tone(reason: &Reason) -> &'static str {
    match reason {
        Reason::FirstPost(_)
        | Reason::Leaves(_)
        | Reason::Reported(_)
        | Reason::Code(LinkAlarm::NearEnd(..)) => "orange",
        Reason::Question(_) | Reason::Call(_) | Reason::Code(LinkAlarm::Checks(..)) => "blue",
        Reason::Trouble(insights::Mood::Fading, _) => "yellow",
        Reason::Trouble(..)
        | Reason::SetAside(..)
        | Reason::ActionFailed(..)
        | Reason::ImportFailed(_)
        | Reason::Code(_)
        | Reason::Unled(_)
        | Reason::Refused(_) => "red",
        Reason::Newcomer | Reason::Newcomers(..) => "green",
        Reason::Filling(it) if it.members * 100 >= it.limit * 95 => "orange",
        Reason::Filling(_) | Reason::NoCards(_) => "yellow",
        _ => "secondary",
    }
}

/// What happened, in sentences; empty where the message says it. `sends`: the platform carries
/// the action out once it is confirmed.
pub(crate) fn says(reason: &Reason, sends: bool, l: Lang) -> Vec<String> {
    let one = |zh: String, en: String| vec![l.pick(zh, en)];
    match reason {
        Reason::FirstPost(_) | Reason::Question(_) | Reason::Call(_) => Vec::new(),
        Reason::CarryOut if sends => one(
            "确认后由程序发到群里。".to_owned(),
            "Once you confirm it, the program sends it to the group.".to_owned(),
        ),
        Reason::CarryOut => one(
            "这个平台不能代劳，请先到群里亲手做，再回来点「已手动完成」。".to_owned(),
            "The platform does not let us: do it in the group yourself, then say so here."
                .to_owned(),
        ),
        Reason::CheckOutcome => one(
            "不确定有没有发出去，请到群里看一眼再点「完成」。".to_owned(),
            "Nobody knows whether it went out: look in the group, then call it done.".to_owned(),
        ),
        Reason::Trouble(_, causes) => causes.iter().map(|cause| cause_words(cause, l)).collect(),
        Reason::LongDead(count) => one(
            format!("{count} 个群一个半月以上没人说话，可以考虑合并或关闭。"),
            format!(
                "{} been silent for six weeks: merge or close.",
                times(*count as u64, Lang::En, "", ["group has", "groups have"])
            ),
        ),
        Reason::Newcomer => one(
            "进群后还没有人招呼，打声招呼更容易留下来。".to_owned(),
            "Nobody has said hello yet; a welcome makes people stay.".to_owned(),
        ),
        Reason::Newcomers(count, names) => {
            let names = names.join(l.pick("、", ", "));
            one(
                format!("来了 {count} 位新人，还没有人招呼：{names}"),
                format!("{count} people came and nobody has said hello: {names}"),
            )
        }
        Reason::SetAside(_, _, failure) => one(
            format!("有一条内容没能处理，群里其他消息不受影响。原因：{failure}"),
            format!("Something could not be processed; the rest went on. Cause: {failure}"),
        ),
        Reason::ActionFailed(_, why) => one(
            format!("多次尝试都没有发出。原因：{why}"),
            format!("It did not go out after several tries. Cause: {why}"),
        ),
        Reason::ImportFailed(id) => one(
            format!("第 {id} 次导入没有成功，没有写入任何内容。"),
            format!("Import {id} failed; nothing of it was kept."),
        ),
        Reason::Ownerless(count) => one(
            format!("{count} 个群还没有负责人，出了事没人知道该找谁。"),
            format!(
                "{} no owner: nobody knows whom to ask.",
                times(*count as u64, Lang::En, "", ["group has", "groups have"])
            ),
        ),
        other => of_companies(other, l),
    }
}

/// What happened in customer groups and with companies, in sentences.
fn of_companies(reason: &Reason, l: Lang) -> Vec<String> {
    let one = |zh: String, en: String| vec![l.pick(zh, en)];
    match reason {
        Reason::Joins(it) => unusual(it, ["进群", "came"], l),
        Reason::Leaves(it) => unusual(it, ["退群", "left"], l),
        Reason::Filling(it) => filling(it, l),
        Reason::Unled(it) => unled(it, l),
        Reason::Refused(it) => {
            let still = crate::console::wecom::standstill(it.word, &it.said, l);
            vec![still.title.to_owned(), still.say]
        }
        Reason::NoCards(it) => one(
            format!(
                "{} 在企业微信里是 {}，平台说收不到应用消息：不在应用的可见范围里，或者账号不对。",
                it.name, it.userid
            ),
            format!(
                "{} is {} on WeCom, and the platform does not take messages for them: out of the \
                 app's visible range, or another account.",
                it.name, it.userid
            ),
        ),
        Reason::Code(alarm) => vec![code(alarm, l)],
        Reason::Reported(it) => one(
            format!("{} 在手机上报的，请到群里看一眼。", it.by),
            format!("{} told it from the phone: look in the group.", it.by),
        ),
        _ => Vec::new(),
    }
}

fn unusual(it: &Unusual, [zh, en]: [&str; 2], l: Lang) -> Vec<String> {
    let usual = f64::from(it.before) * 2.0 / f64::from(it.days.max(1));
    let mut says = vec![l.pick(
        format!(
            "昨天到现在{zh} {} 人；这个群前 {} 天共 {} 人，平均两天 {usual:.1} 人。",
            it.count, it.days, it.before
        ),
        format!(
            "{} {en} since yesterday; {} in the {} days before, {usual:.1} in two days on average.",
            it.count, it.before, it.days
        ),
    )];
    if it.is_small {
        says.push(l.pick(
            "以前的数据还少，只当提示看。".to_owned(),
            "Little is known of before: take it as a hint.".to_owned(),
        ));
    }
    says
}

fn filling(it: &app::console::Filling, l: Lang) -> Vec<String> {
    let percent = it.members * 100 / it.limit.max(1);
    let now = l.pick(
        format!("{} / {} 人（{percent}%）", it.members, it.limit),
        format!("{} of {} ({percent}%)", it.members, it.limit),
    );
    let pace = match it.days {
        Some(0) => l.pick(
            "已经进不来人了，请换下一个群。".to_owned(),
            "nobody gets in any more: lead people to the next group.".to_owned(),
        ),
        Some(days) => l.pick(
            format!("近 14 天进来 {} 人，照这个速度约 {days} 天后满。", it.came),
            format!(
                "{} came in 14 days: full in about {}.",
                it.came,
                times(days.into(), Lang::En, "", ["day", "days"])
            ),
        ),
        None => l.pick("近 14 天没有人进来。".to_owned(), "nobody came in 14 days.".to_owned()),
    };
    vec![l.pick(format!("{now}，{pace}"), format!("{now}; {pace}"))]
}

fn unled(it: &app::console::Unled, l: Lang) -> Vec<String> {
    let en = times(it.groups as u64, Lang::En, "", ["group", "groups"]);
    vec![match it.why {
        OwnerlessWhy::Left => l.pick(
            format!("{} 已离职，名下 {} 个客户群没人管，请分配给接手的人。", it.owner, it.groups),
            format!("{} left the company; {en} wait to be given to somebody.", it.owner),
        ),
        OwnerlessWhy::OutOfSight => l.pick(
            format!(
                "{} 不在应用的可见范围里，或没有客户联系功能：名下 {} 个客户群的变化读不到。",
                it.owner, it.groups
            ),
            format!(
                "{} is out of the app's visible range or lacks customer contact: changes of {en} \
                 are not told.",
                it.owner
            ),
        ),
    }]
}

fn code(alarm: &LinkAlarm, l: Lang) -> String {
    match alarm {
        LinkAlarm::AtEnd(_, name) => l.pick(
            format!("「{name}」后面没有空位了，扫码的人看到的是「请稍后再来」。加一个群或一个人，下一个扫码的人马上就能进。"),
            format!(
                "Nothing is left behind “{name}”: whoever scans it is asked to come back. Add a \
                 group or a person, and the next scan goes there."
            ),
        ),
        LinkAlarm::NearEnd(_, name, room) => l.pick(
            format!("「{name}」后面的群一共还能进 {room} 人，先准备好下一个群。"),
            format!("“{name}” has room for {room} more: prepare the next group."),
        ),
        LinkAlarm::Failing(_, name) => l.pick(
            format!("企业微信没有接受「{name}」的设置；已经能用的码继续用，原因在活码页上。"),
            format!(
                "WeCom does not take what “{name}” needs; codes that work go on. The code's page \
                 says why."
            ),
        ),
        LinkAlarm::Domain(host, word, _) => domain(host, word, l),
        LinkAlarm::Checks(_, name, groups, _) => l.pick(
            format!(
                "「{name}」满员后自动建了 {groups} 个新群，群名、管理员、公告、防骚扰、欢迎语要在手机上设好。"
            ),
            format!(
                "WeCom made {groups} new group(s) for “{name}”: name, admins, announcement, \
                 anti-spam and welcome are set by hand."
            ),
        ),
    }
}

fn domain(host: &str, word: &str, l: Lang) -> String {
    let why = match word {
        "elsewhere" => l.pick("打开的不是我们的系统", "somebody else answers there"),
        "certificate" => l.pick("证书有问题", "its certificate is not good"),
        "private" => l.pick("解析到了内网地址", "it leads into a private network"),
        _ => l.pick("连不上", "nothing answers there"),
    };
    l.pick(
        format!("短链域名 {host} 出了问题：{why}。印着它的码现在扫不开。"),
        format!("The short-link domain {host}: {why}. Codes printed with it do not open now."),
    )
}

/// Until when a row is put off.
pub(super) fn later(later: Later, l: Lang) -> &'static str {
    match later {
        Later::Hour => l.pick("1 小时后", "In an hour"),
        Later::Tonight => l.pick("今晚 20:00", "Tonight at 20:00"),
        Later::Tomorrow => l.pick("明早 9:00", "Tomorrow at 9:00"),
        Later::Monday => l.pick("下周一 9:00", "Monday at 9:00"),
    }
}

/// The word on the button that calls a row done; `sends`: it makes the platform carry it out.
pub(crate) fn done(reason: &Reason, sends: bool, l: Lang) -> &'static str {
    match reason {
        Reason::CarryOut if sends => l.pick("确认发送", "Confirm and send"),
        Reason::CarryOut => l.pick("已手动完成", "Done by hand"),
        Reason::Trouble(..) | Reason::Ownerless(_) => {
            l.pick("知道了，7 天后再提醒", "Seen, remind me in 7 days")
        }
        Reason::LongDead(_) | Reason::Filling(_) => {
            l.pick("知道了，30 天后再提醒", "Seen, remind me in 30 days")
        }
        Reason::Unled(_) => l.pick("知道了，7 天后再提醒", "Seen, remind me in 7 days"),
        Reason::Code(_) => l.pick("知道了，3 天后再提醒", "Seen, remind me in 3 days"),
        Reason::Joins(_) | Reason::Leaves(_) => {
            l.pick("知道了，2 天后再提醒", "Seen, remind me in 2 days")
        }
        Reason::Refused(_) | Reason::NoCards(_) => {
            l.pick("知道了，明天再提醒", "Seen, remind me tomorrow")
        }
        Reason::Reported(_) => l.pick("已处理", "Done"),
        Reason::Newcomer | Reason::Newcomers(..) => l.pick("已打招呼", "Greeted"),
        Reason::SetAside(..) => l.pick("丢弃", "Drop"),
        Reason::ActionFailed(..) | Reason::ImportFailed(_) => l.pick("知道了", "Seen"),
        _ => l.pick("完成", "Done"),
    }
}

/// What is said after an act.
pub(super) fn said(code: &str, l: Lang) -> Option<&'static str> {
    Some(match code {
        "sent" => l.pick("已确认，正在发送。", "Confirmed: it is being sent."),
        "done" => l.pick("已完成，不会再提醒这一条。", "Done: it is not asked for again."),
        "put_off" => l.pick("已推迟，到时再提醒。", "Put off; it comes back then."),
        "answered" => l.pick("已回复到群里。", "Your answer is in the group."),
        "welcomed" => l.pick("欢迎已发到群里。", "Your welcome is in the group."),
        "retried" => l.pick("正在重试。", "It is tried again."),
        "back" => l.pick("已恢复到列表里。", "It is on the list again."),
        "gone" => l.pick("这一条已经有人处理了。", "Somebody has seen to this one already."),
        _ => return None,
    })
}
