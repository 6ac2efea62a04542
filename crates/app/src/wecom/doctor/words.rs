//! What each finding of a connection means, in words: what was looked at, what was found, which
//! page of the platform's admin console (管理后台) to open.
//!
//! Source of the click paths: 开发前必读 and the help of the admin console, as of 2026-02-12.

use chat::wecom::Lack;
use report::Lang;

use crate::console::Tone;
use crate::wecom::doctor::{Api, Cause, CompanyCheck, CompanyFinding};

impl Api {
    /// The stable code, in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Contacts => "contacts",
            Self::Groups => "groups",
            Self::Ways => "ways",
            Self::Tags => "tags",
            Self::Transfers => "transfers",
            Self::Figures => "figures",
            Self::Directory => "directory",
            Self::Media => "media",
        }
    }

    fn title(self, l: Lang) -> &'static str {
        match self {
            Self::Contacts => l.pick("权限：客户", "Permission: customers"),
            Self::Groups => l.pick("权限：客户群", "Permission: customer groups"),
            Self::Ways => l.pick("权限：员工活码", "Permission: codes of staff"),
            Self::Tags => l.pick("权限：企业标签", "Permission: tags of the company"),
            Self::Transfers => l.pick("权限：继承（交接）", "Permission: hand-overs"),
            Self::Figures => l.pick("权限：统计数据", "Permission: figures"),
            Self::Directory => l.pick("权限：通讯录", "Permission: directory"),
            Self::Media => l.pick("权限：素材", "Permission: pictures and files"),
        }
    }

    /// What does not work without it.
    fn without(self, l: Lang) -> &'static str {
        match self {
            Self::Contacts => l.pick(
                "没有它，员工和客户都读不到，客户欢迎语也发不出。",
                "Without it staff and customers are not told, and no welcome goes out.",
            ),
            Self::Groups => l.pick(
                "没有它，群和成员都读不到，群活码也做不了。",
                "Without it groups and members are not told, and group codes cannot be made.",
            ),
            Self::Ways => l.pick(
                "没有它，员工活码做不了；读群不受影响。",
                "Without it codes of staff cannot be made; groups are read all the same.",
            ),
            Self::Tags => l.pick(
                "没有它，客户身上的企业标签只有编号，没有名字。",
                "Without it tags of customers are numbers without names.",
            ),
            Self::Transfers => l.pick(
                "没有它，离职交接只能在企业微信里手工做。",
                "Without it the groups of who left are handed over by hand on WeCom.",
            ),
            Self::Figures => l.pick(
                "没有它，就没有企业微信自己统计的消息数，判断不了哪个群主不活跃。",
                "Without it there are no counts of messages by WeCom, and no quiet owners.",
            ),
            Self::Directory => l.pick(
                "没有它，员工显示账号，不显示姓名；别的不受影响。",
                "Without it staff show with their ids instead of names; all else works.",
            ),
            Self::Media => l.pick(
                "没有它，欢迎语里不能带图片和文件。",
                "Without it welcomes go without pictures and files.",
            ),
        }
    }
}

impl CompanyCheck {
    /// The stable code, in snake case.
    pub fn code(self) -> String {
        match self {
            Self::Credentials => "credentials".to_owned(),
            Self::Trusted => "trusted_address".to_owned(),
            Self::Clock => "clock".to_owned(),
            Self::Permission(api) => format!("permission_{}", api.code()),
            Self::Range => "visible_range".to_owned(),
            Self::Agent => "agent".to_owned(),
            Self::Callback => "callback".to_owned(),
            Self::Signature => "signature".to_owned(),
            Self::Letters => "letters".to_owned(),
            Self::Reading => "reading".to_owned(),
        }
    }
}

impl CompanyFinding {
    /// What was looked at.
    pub fn title(&self, l: Lang) -> &'static str {
        match self.check {
            CompanyCheck::Credentials => l.pick("企业ID 和 Secret", "Corp id and secret"),
            CompanyCheck::Trusted => l.pick("企业可信IP", "Trusted address"),
            CompanyCheck::Clock => l.pick("本机时间", "Clock"),
            CompanyCheck::Permission(api) => api.title(l),
            CompanyCheck::Range => l.pick("可见范围", "Visible range"),
            CompanyCheck::Agent => l.pick("给员工发卡片", "Cards to staff"),
            CompanyCheck::Callback => l.pick("回调地址", "Callback address"),
            CompanyCheck::Signature => l.pick("回调的签名和加密", "Signature of callbacks"),
            CompanyCheck::Letters => l.pick("最近的回调", "Latest callback"),
            CompanyCheck::Reading => l.pick("读取", "Reading"),
        }
    }

    /// What was found, and what it means; empty where there is nothing to say.
    pub fn cause(&self, l: Lang) -> String {
        let plain = |zh: &str, en: &str| l.pick(zh, en).to_owned();
        match &self.cause {
            Cause::Fine => self.well(l).to_owned(),
            Cause::Locked => plain(
                "Secret 打不开：它是用另一个密钥文件加密的。",
                "The secret cannot be opened: it was sealed with another key file.",
            ),
            Cause::Lacks(lack) => lacks(*lack, l).to_owned(),
            Cause::Unreached => {
                plain("连不上企业微信的接口。", "The interface of WeCom is out of reach.")
            }
            Cause::Untrusted(seen) => untrusted(seen.map(|ip| ip.to_string()), l),
            Cause::Apart(seconds) => apart(*seconds, l),
            Cause::Forbidden | Cause::Failed => self.unanswered(l),
            Cause::Nobody | Cause::NoGroup | Cause::OutOfSight(..) => sight(&self.cause, l),
            Cause::NoAgent | Cause::OtherAgent | Cause::Closed => agent(&self.cause, l).to_owned(),
            Cause::Unset
            | Cause::NoAddress
            | Cause::Inner
            | Cause::Silent
            | Cause::SilentHere
            | Cause::Elsewhere(_)
            | Cause::OtherKeys
            | Cause::Unbelieved(_)
            | Cause::NeverHeard
            | Cause::Quiet(_) => callback(&self.cause, l),
            Cause::Still(_) => plain("上次读取停在半路。", "The last reading stopped on its way."),
            Cause::Stale(hours) => l.pick(
                format!("已经 {hours} 小时没有读到新的东西，平时每天读一次。"),
                format!("Nothing was read for {hours} hours; once a day is usual."),
            ),
            Cause::NotRead => plain("还没有读过。", "Nothing was read yet."),
        }
    }

    /// What is said although it is well: what a green light does not tell.
    fn well(&self, l: Lang) -> &'static str {
        match self.check {
            CompanyCheck::Callback => l.pick(
                "从本机经公网地址能打开。企业微信那边通不通，本机判断不了，以「最近的回调」为准。",
                "It opens from here. Whether WeCom comes through is told by the latest callback.",
            ),
            CompanyCheck::Signature => l.pick(
                "用保存的 Token 和 EncodingAESKey 加密的信，从公网地址转一圈回来，能验过、能解开。",
                "What we sealed with token and key came back opened through the public address.",
            ),
            CompanyCheck::Agent => l.pick(
                "AgentId 对、应用启用着。没有试发消息。",
                "The AgentId is right and the app is on. No message was sent to try it.",
            ),
            _ => "",
        }
    }

    fn unanswered(&self, l: Lang) -> String {
        let (why, api) = match (self.cause == Cause::Forbidden, self.check) {
            (true, CompanyCheck::Permission(api)) => {
                (l.pick("应用没有这项权限。", "The app may not ask for this."), Some(api))
            }
            (false, CompanyCheck::Permission(api)) => {
                (l.pick("这次没有问到。", "It was not told this time."), Some(api))
            }
            _ => (l.pick("这次没有问到。", "It was not told this time."), None),
        };
        let without = api.map(|api| api.without(l)).unwrap_or_default();
        let gap = if l == Lang::En && !without.is_empty() { " " } else { "" };
        format!("{why}{gap}{without}")
    }

    /// What to do, and which page of the admin console to open; empty when it is well.
    pub fn remedy(&self, l: Lang) -> &'static str {
        if self.tone == Tone::Well {
            return "";
        }
        match &self.cause {
            Cause::Fine => "",
            Cause::Locked => l.pick(
                "换回原来的密钥文件（数据目录里的 secret.key），或者在「修改接入」里重新填 Secret。",
                "Bring the key file back (secret.key in the data folder), or type the secret again.",
            ),
            Cause::Lacks(lack) => lacking(*lack, l),
            Cause::Unreached => l.pick(
                "检查服务器能不能上网、「修改接入」里的代理和接口地址对不对。",
                "Look at the network of this server, and at proxy and address under the access.",
            ),
            Cause::Untrusted(_) => l.pick(
                "打开「管理后台 → 应用管理 → 这个应用 → 企业可信IP」，把上面的 IP 加进去，约 1 分钟后生效。\
                 出口 IP 常变的，走一个固定 IP 的代理。",
                "Admin console → App Management → the app → Trusted IPs: add the address above; it \
                 takes a minute. Where it changes often, use a proxy with a fixed one.",
            ),
            Cause::Apart(_) => l.pick(
                "在服务器上打开时间同步（NTP）。",
                "Let the server set its clock by NTP.",
            ),
            Cause::Forbidden => self.permit(l),
            Cause::Failed => l.pick(
                "过几分钟再体检一次；一直这样，把下面的原话告诉技术同事。",
                "Look again in some minutes; if it stays, show the words below to a technician.",
            ),
            Cause::Nobody | Cause::NoGroup | Cause::OutOfSight(..) => l.pick(
                "打开「管理后台 → 应用管理 → 这个应用 → 可见范围」，加上所有群主；\
                 再打开「客户联系 → 权限配置」，给他们客户联系功能。",
                "Admin console → App Management → the app → visible range: add all owners of groups; \
                 then Customer Contact → Permissions: give them the function.",
            ),
            Cause::NoAgent | Cause::OtherAgent => l.pick(
                "打开「管理后台 → 应用管理 → 自建 → 这个应用」，把 AgentId 抄到「修改接入」里。",
                "Copy the AgentId from admin console → App Management → the app to the access here.",
            ),
            Cause::Closed => lacking(Lack::Disabled, l),
            Cause::Still(_) => l.pick(
                "在企业页面看停在哪一步、为什么，改好后点「重新读取」。",
                "The page of the company says where and why; then press “Read again”.",
            ),
            Cause::Stale(_) | Cause::NotRead => l.pick(
                "看看 huoqun 服务是不是在运行，再在企业页面点「重新读取」。",
                "See whether the huoqun service runs, then press “Read again” for the company.",
            ),
            _ => callback_remedy(&self.cause, l),
        }
    }

    fn permit(&self, l: Lang) -> &'static str {
        match self.check {
            CompanyCheck::Permission(Api::Transfers) => l.pick(
                "打开「管理后台 → 客户联系 → API → 可调用接口的应用」，确认有这个应用，并勾上\
                 「分配在职或离职成员的客户」。",
                "Admin console → Customer Contact → API → Apps that may call: this app, with the \
                 permission to hand over customers.",
            ),
            CompanyCheck::Permission(Api::Directory) => l.pick(
                "打开「管理后台 → 应用管理 → 这个应用 → 可见范围」，选部门，不要只选人。",
                "Admin console → App Management → the app → visible range: choose departments.",
            ),
            CompanyCheck::Permission(Api::Media) => l.pick(
                "打开「管理后台 → 应用管理 → 这个应用」，确认应用已启用。",
                "Admin console → App Management → the app: see that it is on.",
            ),
            _ => l.pick(
                "打开「管理后台 → 客户联系 → API → 可调用接口的应用」，把这个应用加进去。",
                "Admin console → Customer Contact → API → Apps that may call: add this app.",
            ),
        }
    }
}

/// What somebody has to set right for every call alike.
fn lacks(lack: Lack, l: Lang) -> &'static str {
    match lack {
        Lack::Company => l.pick("企业微信不认这个企业ID。", "WeCom does not know this corp id."),
        Lack::Secret => l.pick(
            "企业微信不认这个 Secret：重置过，或者应用已经删除。",
            "WeCom refuses the secret: it was reset, or the app is gone.",
        ),
        Lack::Withdrawn => l.pick(
            "应用的授权被收回了（48004、48006），长期不用的应用会这样。",
            "The permission was taken back (48004, 48006), as from apps that lie unused.",
        ),
        Lack::Disabled => l.pick("应用被停用了（50003）。", "The app is switched off (50003)."),
        Lack::Permission => l.pick("应用没有接口权限（48002）。", "The app may not call (48002)."),
        Lack::Address => {
            l.pick("服务器的 IP 不可信（60020）。", "The address is not trusted (60020).")
        }
    }
}

fn lacking(lack: Lack, l: Lang) -> &'static str {
    match lack {
        Lack::Company => l.pick(
            "打开「管理后台 → 我的企业 → 企业信息」核对最下面的企业ID；不一样就断开，用对的重新连接。",
            "Compare it in admin console → My Company → Company Info; if it differs, disconnect and \
             connect the right one.",
        ),
        Lack::Secret => l.pick(
            "打开「管理后台 → 应用管理 → 自建 → 这个应用」查看 Secret，填到「修改接入」里。",
            "Look it up in admin console → App Management → the app, and type it under the access.",
        ),
        Lack::Withdrawn => l.pick(
            "打开「管理后台 → 应用管理 → 这个应用」按提示恢复，再到「客户联系 → API」确认它还在。",
            "Restore it on the page of the app, and see that it stands under Customer Contact → API.",
        ),
        Lack::Disabled => l.pick(
            "打开「管理后台 → 应用管理 → 这个应用」，重新启用。",
            "Switch it on in admin console → App Management → the app.",
        ),
        Lack::Permission => l.pick(
            "打开「管理后台 → 客户联系 → API → 可调用接口的应用」，把这个应用加进去。",
            "Admin console → Customer Contact → API → Apps that may call: add this app.",
        ),
        Lack::Address => l.pick(
            "打开「管理后台 → 应用管理 → 这个应用 → 企业可信IP」，加上服务器的出口 IP。",
            "Admin console → App Management → the app → Trusted IPs: add this server's address.",
        ),
    }
}

fn untrusted(seen: Option<String>, l: Lang) -> String {
    let seen = seen.map(|seen| {
        l.pick(format!("企业微信看到的 IP 是 {seen}。"), format!(" WeCom saw {seen}."))
    });
    let rest = l.pick(
        "加上之前，除了凭证什么都读不到，其余权限也查不了。",
        " Until then nothing else is told, and other permissions cannot be judged.",
    );
    let what = l.pick(
        "服务器的 IP 不在企业可信IP 里（60020）。",
        "The address of this server is not among the trusted ones (60020).",
    );
    format!("{what}{}{rest}", seen.unwrap_or_default())
}

fn apart(seconds: i64, l: Lang) -> String {
    let many = seconds.abs();
    let (zh, en) = if seconds > 0 { ("慢", "behind") } else { ("快", "ahead of") };
    l.pick(
        format!("本机比企业微信{zh}了约 {many} 秒。欢迎语 20 秒失效，签名和验证码也看时间，差多了会失败。"),
        format!(
            "This machine is about {many} seconds {en} WeCom. Welcomes die after 20 s, and \
             signatures and codes go by the clock."
        ),
    )
}

fn sight(cause: &Cause, l: Lang) -> String {
    match cause {
        Cause::Nobody => l
            .pick(
                "可见范围里没有一个有客户联系功能的人，所以什么也看不到。",
                "Nobody in the visible range has customer contact: nothing is seen.",
            )
            .to_owned(),
        Cause::NoGroup => l
            .pick(
                "一个客户群也看不到：群主都不在可见范围里，或者还没有建群。",
                "No group is seen: their owners are out of the visible range, or there are none.",
            )
            .to_owned(),
        Cause::OutOfSight(out, all) => l.pick(
            format!("知道的 {all} 个群里，有 {out} 个的群主不在可见范围里：这些群的变化读不到。"),
            format!(
                "Of {all} groups, {out} have owners out of sight: what changes there is not told."
            ),
        ),
        _ => String::new(),
    }
}

fn agent(cause: &Cause, l: Lang) -> &'static str {
    match cause {
        Cause::NoAgent => l.pick(
            "没有填 AgentId：待办卡片发不到员工手机上，其余不受影响。",
            "No AgentId is kept: to-dos do not reach staff as cards; all else works.",
        ),
        Cause::OtherAgent => l.pick(
            "AgentId 不是这个应用的：给员工的卡片发不出去。",
            "The AgentId is another app's: cards to staff do not go out.",
        ),
        _ => l.pick("应用被停用了。", "The app is switched off."),
    }
}

fn callback(cause: &Cause, l: Lang) -> String {
    let plain = |zh: &str, en: &str| l.pick(zh, en).to_owned();
    match cause {
        Cause::Unset => plain(
            "没有填 Token 和 EncodingAESKey：进群、退群要等每天一次的读取才知道，客户欢迎语发不了。",
            "Token and key are not kept: who came and left shows once a day, and no welcome goes out.",
        ),
        Cause::NoAddress => plain(
            "没有告诉 huoqun 它的对外网址，回调通不通没法从这里判断。",
            "huoqun was not told its public address: from here it cannot be judged.",
        ),
        Cause::Inner => plain(
            "对外网址指向内网或本机，企业微信从外面进不来。",
            "The public address leads to a private network: WeCom cannot come in.",
        ),
        Cause::Silent => plain(
            "从本机打不开自己的回调地址，也没有近一天的来信。",
            "The callback address does not open from here, and no letter came within a day.",
        ),
        Cause::SilentHere => plain(
            "从本机打不开自己的回调地址，但一天内收到过来信：多半只是本机的网络绕不回来。",
            "It does not open from here, but letters came within a day: most likely only the way \
             back from this machine is closed.",
        ),
        Cause::Elsewhere(0) => plain(
            "那个网址有别的东西在回答，不是 huoqun。",
            "Something else than huoqun answers there.",
        ),
        Cause::Elsewhere(status) => l.pick(
            format!(
                "那个网址回答了 HTTP {status}：多半是反向代理没有转到 huoqun，或者是另一套安装。"
            ),
            format!(
                "It answers HTTP {status}: a proxy that does not lead to huoqun, or another one."
            ),
        ),
        Cause::OtherKeys => plain(
            "那个网址上的 huoqun 用的是别的 Token 或 EncodingAESKey，信验不过。",
            "The huoqun at that address has another token or key: letters are not believed.",
        ),
        Cause::Unbelieved(letters) => l.pick(
            format!("昨天以来有 {letters} 封来信验不过签名，没有收：企业微信那边的 Token 或 EncodingAESKey 和这里不一样，或者有人在乱发。"),
            format!(
                "{letters} callbacks since yesterday were not believed: token or key on WeCom are \
                 others, or somebody sends what is not WeCom's."
            ),
        ),
        Cause::NeverHeard => plain("还没有收到过任何回调。", "No letter ever came."),
        Cause::Quiet(days) => l.pick(
            format!("已经 {days} 天没有收到回调。群真的这么安静才正常。"),
            format!("No letter came for {days} days. That is well only if groups are that quiet."),
        ),
        _ => String::new(),
    }
}

fn callback_remedy(cause: &Cause, l: Lang) -> &'static str {
    match cause {
        Cause::Unset | Cause::NeverHeard | Cause::Quiet(_) => l.pick(
            "打开「管理后台 → 应用管理 → 这个应用 → 接收消息 → 设置 API 接收」，URL、Token、\
             EncodingAESKey 三项和「修改接入」里的一致，再勾上「外部联系人变更回调」。",
            "Admin console → the app → Receive Messages → API: URL, Token and EncodingAESKey as under \
             the access here, and the switch for changes of external contacts on.",
        ),
        Cause::NoAddress => l.pick(
            "启动时加 --public-url https://你的域名（huoqun doctor 也一样）。",
            "Start it with --public-url https://YOUR.NAME (huoqun doctor, too).",
        ),
        Cause::Inner => l.pick(
            "用公网域名：前面放一个带证书的反向代理，--public-url 写那个域名。",
            "Use a public name: a proxy with a certificate in front, and that name in --public-url.",
        ),
        Cause::Elsewhere(_) => l.pick(
            "让反向代理把 /hooks/ 转到 huoqun，GET 和 POST 都要；查一下 --public-url 是不是这一套的。",
            "Let the proxy lead /hooks/ to huoqun, GET and POST; see that --public-url is this one's.",
        ),
        Cause::OtherKeys | Cause::Unbelieved(_) => l.pick(
            "在「修改接入」里重新填 Token 和 EncodingAESKey，和「接收消息」页面上的一样。",
            "Type token and EncodingAESKey again under the access, as on the Receive Messages page.",
        ),
        _ => l.pick(
            "在服务器上用浏览器或 curl 打开这个网址试试：域名、证书、防火墙、端口。",
            "Open that address on the server: name, certificate, firewall, port.",
        ),
    }
}
