//! What each finding means, in words: what was looked at, what was found, what to do.

use domain::Millis;
use report::Lang;
use report::speech::{bytes, duration};

use crate::console::doctor::{Check, Finding, Tone};

impl Finding {
    /// What was looked at: a thing, not how it should be, for it stands beside how it is.
    pub fn title(&self, l: Lang) -> &'static str {
        match self.check {
            Check::Database => l.pick("数据库", "Database"),
            Check::Schema => l.pick("数据库结构", "Schema of the database"),
            Check::Disk => l.pick("磁盘空间", "Room on the disk"),
            Check::Clock => l.pick("数据库和本机的时间", "Clocks of database and machine"),
            Check::Future => l.pick("消息的时间", "Times of messages"),
            Check::Key => l.pick("登录密钥", "Key of the log-ins"),
            Check::Owner => l.pick("能登录的负责人", "Owner who can come in"),
            Check::Backup => l.pick("最近的备份", "Latest backup"),
            Check::Address => l.pick("对外网址", "Public address"),
            Check::Proxy => l.pick("来访地址", "Addresses of visitors"),
            Check::Cookies => l.pick("登录信息的加密", "Encryption of log-ins"),
            Check::Outbox => l.pick("待发送的消息", "What is to be sent"),
            Check::Failed => l.pick("最近一天的发送失败", "Failures to send in the last day"),
            Check::Intake => l.pick("待处理的消息", "What waits to be processed"),
            Check::Aside => l.pick("处理失败的消息", "What was set aside"),
            Check::Pages => l.pick("各群的数据", "Figures of the groups"),
            Check::Tiers => l.pick("跨群汇总", "Sums over all groups"),
            Check::Judging => {
                l.pick("有效发言标准的重算", "Judging by what counts as effective now")
            }
            Check::Ownerless => l.pick("群的负责人", "Owners of groups"),
        }
    }

    /// What was found; empty where there is nothing to say.
    pub fn cause(&self, l: Lang) -> String {
        let [n, m] = self.numbers;
        match (self.check, self.tone) {
            (Check::Disk, _) => room(self.numbers, l),
            (Check::Backup, _) if n < 0 => {
                l.pick("还没有备份过。", "There is none yet.").to_owned()
            }
            (Check::Backup, _) => {
                l.pick(format!("上次备份在 {n} 天前。"), format!("The last one is {n} days old."))
            }
            (Check::Judging, _) if m > 0 => l.pick(
                format!("正在后台重算，{n}/{m} 个群已完成，不用做什么。"),
                format!("{n} of {m} groups are done, in the background: nothing is to be done."),
            ),
            (Check::Tiers, _) if n > 0 => l.pick(
                format!("还有 {n} 个群日等着汇总；刚导入或刚启动时正常。"),
                format!("{n} days of groups wait to be summed: usual after an import or a start."),
            ),
            (_, Tone::Well) => String::new(),
            _ => self.trouble(l),
        }
    }

    /// What was found where it is not well.
    fn trouble(&self, l: Lang) -> String {
        let [n, m] = self.numbers;
        let minutes = |n: i64| duration((n * Millis::MINUTE) as f64, l);
        match self.check {
            Check::Database => l.pick("它没有回应。", "It does not answer.").to_owned(),
            Check::Schema => l.pick(
                format!("数据库是第 {n} 版，这个程序认得第 {m} 版。"),
                format!("The database has version {n}; this program knows {m}."),
            ),
            Check::Clock => l.pick(
                format!("差了 {} 秒。", n.abs()),
                format!("They are {} seconds apart.", n.abs()),
            ),
            Check::Future => l.pick(
                format!("最晚的一条比现在晚 {}，今天的数据会不准。", minutes(n)),
                format!("The last one lies {} ahead: figures of today are off.", minutes(n)),
            ),
            Check::Key => l.pick("数据库里没有它。", "The database has none.").to_owned(),
            Check::Owner => l.pick("还没有负责人。", "There is none.").to_owned(),
            Check::Address | Check::Proxy | Check::Cookies => self.door_trouble(l).to_owned(),
            Check::Outbox => l.pick(
                format!("{n} 条在等，最久的等了 {}。", minutes(m)),
                format!("{n} wait, the longest for {}.", minutes(m)),
            ),
            Check::Intake => l.pick(
                format!("{n} 条在等，最久的等了 {}。", minutes(m)),
                format!("{n} events wait, the longest for {}.", minutes(m)),
            ),
            Check::Failed => l.pick(format!("{n} 条没有发出去。"), format!("{n} did not go out.")),
            Check::Aside => l.pick(
                format!("{n} 条没能处理，放在一边了。"),
                format!("{n} could not be processed and were set aside."),
            ),
            Check::Pages => l.pick(
                format!("{n} 个群的数据还没算完，一般几秒就好。"),
                format!("The figures of {n} groups are behind; seconds are usual."),
            ),
            Check::Ownerless => l.pick(
                format!("{n} 个群没有能登录的负责人。"),
                format!(
                    "{n} {} no owner who can come in.",
                    if n == 1 { "group has" } else { "groups have" }
                ),
            ),
            Check::Disk | Check::Backup | Check::Tiers | Check::Judging => String::new(),
        }
    }

    /// What to do; empty when it is well.
    pub fn remedy(&self, l: Lang) -> &'static str {
        if self.tone == Tone::Well {
            return "";
        }
        match self.check {
            Check::Database => l.pick(
                "看看数据库服务或磁盘在不在、有没有空间；恢复后这里会自己好。",
                "See whether its server or disk is there and has room; it mends itself when that is back.",
            ),
            Check::Schema => l.pick(
                "程序比数据库旧就更新程序；数据库比程序旧，启动一次 huoqun 就会升级，先备份。",
                "Where the program is older, update it. Where the database is, back up, then start huoqun once.",
            ),
            Check::Disk => l.pick(
                "清理磁盘，或把数据目录搬到更大的盘：备份，再用 huoqun restore 恢复到新目录。",
                "Free some room, or move to a larger disk: back up, then huoqun restore in the new place.",
            ),
            Check::Clock => l.pick(
                "在两台机器上都打开时间同步（NTP）。",
                "Let both machines set their clocks by NTP.",
            ),
            Check::Future => l.pick(
                "多半是导入时选错了时区：撤销那次导入，选对再导。本机时间慢了就校准它。",
                "Most likely an import had the wrong zone: undo it and import again. If this clock is late, set it.",
            ),
            Check::Key => l.pick(
                "重启 huoqun 会生成新的，所有人要重新登录；有备份就先恢复备份。",
                "A start of huoqun makes a new one and everybody logs in again; restore a backup if there is one.",
            ),
            Check::Owner => l.pick(
                "在服务器上运行 huoqun admin create。",
                "Run huoqun admin create on the server.",
            ),
            Check::Backup => l.pick(
                "在服务器上运行 huoqun backup 文件名，不用停；最好每天定时做，放到另一台机器上。",
                "Run huoqun backup FILE on the server, also while it runs; best daily, kept on another machine.",
            ),
            Check::Address | Check::Proxy | Check::Cookies => self.door_remedy(l),
            Check::Outbox | Check::Intake => l.pick(
                "看看 huoqun 是不是在运行、日志里有没有错误；重启不会丢也不会重发。",
                "See whether huoqun runs and what its log says; a restart loses and doubles nothing.",
            ),
            Check::Failed | Check::Aside => l.pick(
                "在「今日」里重试、改成人工处理，或丢弃。",
                "Try them again, do them by hand or drop them, on Today.",
            ),
            Check::Pages | Check::Tiers => l.pick(
                "一直不变就重启 huoqun，还不行就运行 huoqun rebuild。",
                "If it stays, start huoqun again, then try huoqun rebuild.",
            ),
            Check::Judging => "",
            Check::Ownerless => l.pick(
                "在群列表里选中它们，批量设置负责人。",
                "Pick them in the list of groups and give them an owner, all at once.",
            ),
        }
    }

    /// What is not well with how people come in.
    fn door_trouble(&self, l: Lang) -> &'static str {
        match self.check {
            Check::Address => l.pick(
                "没有设置，链接和二维码用的是打开页面的人用的网址。",
                "It is not set: links and QR codes take the address of whoever opens the page.",
            ),
            Check::Proxy if self.numbers == [0, 0] => l.pick(
                "请求经过代理，但没有设置信任它：所有人都算同一个地址，限速会误伤。",
                "A proxy stands in front and is not believed: everybody counts as one address.",
            ),
            Check::Proxy => l.pick(
                "设置了信任代理，但这次请求没有经过它：绕过代理的人可以假冒地址。",
                "A proxy is believed, but this request came past it: addresses can be made up.",
            ),
            _ => l.pick(
                "页面没有用 HTTPS，同一网络里的人能看到登录信息。",
                "The pages come without HTTPS: others on the way can read log-ins.",
            ),
        }
    }

    fn door_remedy(&self, l: Lang) -> &'static str {
        match self.check {
            Check::Address => l.pick(
                "启动时加 --public-url https://你的域名。",
                "Start it with --public-url https://YOUR.NAME.",
            ),
            Check::Proxy if self.numbers == [0, 0] => l.pick(
                "代理是自己的，就在启动时加 --behind-proxy。",
                "If the proxy is yours, start it with --behind-proxy.",
            ),
            Check::Proxy => l.pick(
                "让 huoqun 只在本机监听（--listen 127.0.0.1:8080），或去掉 --behind-proxy。",
                "Listen on this machine alone (--listen 127.0.0.1:8080), or drop --behind-proxy.",
            ),
            _ => l.pick(
                "在前面放一个带证书的反向代理（如 Caddy），--public-url 用 https:// 开头的网址。",
                "Put a proxy with a certificate in front (Caddy, say) and an https:// address in --public-url.",
            ),
        }
    }
}

fn room([mib, days]: [i64; 2], l: Lang) -> String {
    let left = bytes(u64::try_from(mib).unwrap_or(0) << 20);
    match days {
        ..0 => l.pick(
            format!("还剩 {left}；要记录一天以上才能估计能用多久。"),
            format!("{left} are left; for how long is known after a day."),
        ),
        3_650.. => l.pick(
            format!("还剩 {left}，按现在的增长够用十年以上。"),
            format!("{left} are left: more than ten years at the present growth."),
        ),
        days => l.pick(
            format!("还剩 {left}，按现在的增长够用约 {days} 天。"),
            format!("{left} are left: about {days} days at the present growth."),
        ),
    }
}
