//! What WeCom lets nobody do, and what huoqun does instead: said before somebody relies on it.
//!
//! Invariant: nothing is promised here that the program does not do today.
//!
//! Source: the platform's documents as of 2026-02-12 (docs/wecom.md has the same list in short).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use report::Lang;

use crate::console::wecom::sees;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// A wish, in words: what one would like, what the platform allows, what is done.
pub(crate) struct WishView {
    pub(crate) wish: &'static str,
    pub(crate) allows: &'static str,
    pub(crate) does: &'static str,
}

/// Wishes about the same.
pub(crate) struct WishesView {
    pub(crate) title: &'static str,
    pub(crate) wishes: Vec<WishView>,
}

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/honest.html")]
pub(crate) struct HonestPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) subjects: Vec<WishesView>,
}

/// `GET /settings/wecom/honest`
pub(super) async fn page(State(house): State<House>, seated: Seated) -> Result<Response, Trouble> {
    sees(&seated)?;
    let l = seated.visit.lang;
    let title = l.pick("企业微信：做不到的事", "WeCom: what cannot be done");
    let frame = Frame::of(&house, &seated, Place::Settings, title).await?;
    Ok(shown(&HonestPage { l, frame, subjects: subjects(l) }))
}

pub(super) fn subjects(l: Lang) -> Vec<WishesView> {
    let pick = |[zh, en]: [&'static str; 2]| l.pick(zh, en);
    let view =
        |wish: &Wish| WishView { wish: pick(wish.0), allows: pick(wish.1), does: pick(wish.2) };
    let subject = |(title, wishes): &([&'static str; 2], &[Wish])| WishesView {
        title: pick(*title),
        wishes: wishes.iter().map(view).collect(),
    };
    SUBJECTS.iter().map(subject).collect()
}

/// What one would like, what the platform allows, what huoqun does; Chinese and English.
struct Wish([&'static str; 2], [&'static str; 2], [&'static str; 2]);

const SUBJECTS: [([&str; 2], &[Wish]); 5] = [
    (["在群里说话", "Speaking in groups"], SPEAKING),
    (["看群里发生了什么", "Seeing what happens"], SEEING),
    (["管群里的人", "Members"], MEMBERS),
    (["管群本身", "The groups themselves"], GROUPS),
    (["客户和连接", "Customers and the connection"], REST),
];

const SPEAKING: &[Wish] = &[
    Wish(
        ["程序自动往客户群里发消息", "Post into a customer group by itself"],
        [
            "不行。接口只能建一个群发任务，群主在手机上点「发送」才会发出去；\
             每个群每月能收几次也有上限，由企业微信管。",
            "No. The interface makes a task, and the owner has to press “send” on the phone; how \
             often a group may get one is limited by WeCom.",
        ],
        [
            "不发。群发请先在企业微信里建。谁说能全自动发，用的是模拟登录，会封号，我们不做。",
            "It does not. Make the broadcast on WeCom. Whoever says that it goes by itself drives a \
             client in disguise, and accounts are banned for that: we do not.",
        ],
    ),
    Wish(
        ["回复某一条消息、@ 某个人", "Answer a message, call somebody"],
        ["没有接口。", "There is no interface."],
        [
            "由人在群里回。我们在「今日」里列出谁该去、为什么。",
            "A person answers. Today lists who should go, and why.",
        ],
    ),
    Wish(
        ["群里放一个自动回复的机器人", "A robot that answers in the group"],
        [
            "群机器人只能进内部群。客户群的关键词回复在手机端设置，没有接口，程序看不到也改不了。",
            "Robots work in internal groups only. Keyword replies of customer groups are set in the \
             client; no interface shows or changes them.",
        ],
        ["没有替代的办法。需要就在企业微信里设。", "Nothing instead: set it on WeCom."],
    ),
];

const SEEING: &[Wish] = &[
    Wish(
        ["看群里说了什么、谁在说", "See what is said, and by whom"],
        [
            "只有开通「会话内容存档」才行：另外付费，要成员同意，消息只留 5 天可取。",
            "Only with Conversation Archiving: paid for, with consent, and kept for five days.",
        ],
        [
            "没有消息的群，凡是要靠消息算的数字都显示「–」，不显示 0。进群、退群、人数、来源不靠消息，照常算。",
            "Where there are no messages, figures that need them show “–”, never 0. Who came, left \
             and by what needs none and is counted.",
        ],
    ),
    Wish(
        ["每个群各有多少条消息", "Messages of each group"],
        [
            "企业微信只按群主、按天给总数，不分群，当天的要第二天才有，最多往前 180 天。",
            "WeCom tells sums by owner and day, not by group; today's tomorrow, 180 days back.",
        ],
        [
            "按企业和群主用，写明是「企业微信的统计」；没给的日子就是没给，不当 0。",
            "Used by company and owner, as WeCom's own count; days that were not told are not nought.",
        ],
    ),
    Wish(
        ["连接以前谁退过群", "Who left before the connection"],
        ["不提供。", "It is not told."],
        [
            "从连接那天起完整记。第一次读到的人算「已在群里」，不算那天进群；留存率刚开始会偏高，页面上写明了。",
            "From the connection on it is complete. Whom the first reading finds was there before, \
             not a join; shares of those who stay begin too high, and the page says so.",
        ],
    ),
    Wish(
        ["外部群友的名字", "Names of members from outside"],
        [
            "没人加过好友的群友，有时不给名字，手机号从来不给。",
            "Those whom nobody has added sometimes come without a name, always without a number.",
        ],
        [
            "没名字就说没名字，不编；群主加了好友，下次读取就有。",
            "They stay nameless until the owner adds them; the next reading brings the name.",
        ],
    ),
];

const MEMBERS: &[Wish] = &[
    Wish(
        ["把人移出群", "Remove somebody"],
        [
            "没有接口，只有群主或群管理员在手机上能移。",
            "No interface: owner or admins do it in the client.",
        ],
        [
            "人移掉以后，回调会告诉我们是被移出的还是自己退的，分开记。",
            "When it is done the callback tells removed from left, and both are kept apart.",
        ],
    ),
    Wish(
        ["禁言、撤回客户的消息、群黑名单", "Mute, recall a customer's message, bar"],
        ["都没有接口，在手机端或管理后台操作。", "No interface; in client or admin console."],
        ["做不了。", "It cannot."],
    ),
    Wish(
        ["防骚扰规则（广告、链接、刷屏）", "Rules against adverts and floods"],
        [
            "只能在手机端「工作台 → 客户群 → 防骚扰」或管理后台设，没有接口，连有没有设都查不到。",
            "Set in the client (Workbench → Customer Groups) or the console; no interface even tells \
             whether.",
        ],
        [
            "做不了，也查不了。新开群时请自己检查一遍。",
            "It cannot, and cannot see it: look yourself when a group opens.",
        ],
    ),
    Wish(
        ["把客户拉进群", "Bring a customer into a group"],
        ["没有接口。客户自己扫码，或者群友邀请。", "None: customers scan, or members invite."],
        [
            "看每个码带来多少人、留下多少人，差的码换掉。",
            "It counts what each code brings and keeps, so that poor ones can go.",
        ],
    ),
    Wish(
        ["同一个人只留一个群", "Each person in one group only"],
        ["去重是手机端的功能，没有接口。", "A function of the client, without an interface."],
        [
            "找出在 3 个以上群里的人，和人员大多相同的群；移不移由人定。",
            "It finds people in three groups and groups of the same people; a person decides.",
        ],
    ),
];

const GROUPS: &[Wish] = &[
    Wish(
        ["自动建客户群", "Make customer groups"],
        [
            "没有接口。群活码可以设「满了自动建下一个」，由企业微信建，建好的群没有公告、管理员和防骚扰。",
            "No interface. A group code can let WeCom make the next one when all are full; it then \
             lacks notice, admins and rules.",
        ],
        [
            "算出哪些群 30 天内会满，提前提醒。",
            "It tells which groups will be full within 30 days, in time.",
        ],
    ),
    Wish(
        ["改群名、发公告、设管理员、解散", "Rename, announce, appoint, dissolve"],
        ["没有接口，只能换群主。", "No interface but for another owner."],
        [
            "手机上改了以后，几秒内这边的名字和公告也跟着改，历史留着。",
            "What is changed in the client shows here within seconds, with its history.",
        ],
    ),
    Wish(
        ["群人数上限是多少", "How many a group holds"],
        [
            "接口不告诉。企业微信建的群一般 500 人，较早的群和微信用户建的群是 200 人。",
            "It is not told: 500 as a rule, 200 of older groups and those made by WeChat users.",
        ],
        [
            "按 500 估；你们的群不是这个数，在「修改接入」里改。",
            "500 is assumed; say another number under the access.",
        ],
    ),
    Wish(
        ["一个群活码挂很多群", "Many groups behind one code"],
        ["一个码最多 5 个群。", "Five at most."],
        [
            "在「引流」里建活码：一个码后面挂多少群都行，满一批自动换下 5 个，图不用换。",
            "Live codes made here chain groups five at a time behind one picture that never changes.",
        ],
    ),
    Wish(
        ["给每个群配入群欢迎语", "A welcome for each group"],
        [
            "接口只能往素材库里放，哪个群用哪一条，要群主在群里自己选。",
            "The interface fills a library; the owner picks one in the group.",
        ],
        ["不会说「已配好」。", "It never says that it is set."],
    ),
];

const REST: &[Wish] = &[
    Wish(
        ["主动给客户发私信", "Write to a customer"],
        [
            "没有接口。只有加好友后 20 秒内能发一次欢迎语，过时不候。",
            "No interface but for one welcome within 20 seconds of being added.",
        ],
        ["其他私信由员工发。", "All else is written by staff."],
    ),
    Wish(
        ["客户离职交接一次到位", "Hand over customers at once"],
        [
            "客户可以拒绝，24 小时内没拒绝才算接替；同一个客户最多接替 2 次；群一天最多 300 个。",
            "Customers may refuse within 24 hours; each is handed over twice at most; 300 groups a day.",
        ],
        [
            "企业微信说没成的，就记没成，原话留着，不说「已完成」。",
            "What WeCom refuses stays refused here, with its words.",
        ],
    ),
    Wish(
        ["群里一有动静马上知道", "Know at once what happens"],
        [
            "回调不保证送达：会丢、会重、会乱序；用接口做的操作不回调。",
            "Callbacks may be lost, doubled and out of order; what is done by interface is not told.",
        ],
        [
            "重的只记一次；丢的从下一封信的版本号看出来，马上把那个群重读一遍；每天再全部对一遍。漏了多少，「回调」页上看得到。",
            "Doubled ones count once; a lost one shows in the next letter's version, and the group is \
             read again; all are compared daily. The page of callbacks counts what was missing.",
        ],
    ),
    Wish(
        ["接管个人微信号和微信群", "Take over personal WeChat"],
        [
            "没有官方接口。市面上的办法都是模拟登录或改客户端，违反协议，轻则限制，重则永久封号。",
            "There is no official interface. All ways on the market drive or alter the client \
             against the rules, up to a ban for good.",
        ],
        [
            "不接。可以导入聊天记录看分析。",
            "It does not. Exports of chats can be imported and read.",
        ],
    ),
];
