//! Why a reading stands still, and which page of the platform's admin console mends it.

use app::wecom::Standstill;
use report::Lang;

/// Why it stands still.
pub(crate) struct StillView {
    pub(crate) title: &'static str,
    pub(crate) say: String,
    /// It goes on by itself.
    pub(crate) passing: bool,
    /// In the platform's words.
    pub(crate) said: String,
}

impl StillView {
    pub(crate) fn of(still: &Standstill, l: Lang) -> Self {
        let own = STILLS.iter().find(|one| one.word == still.word).unwrap_or(&OTHER);
        let [say_zh, say_en] = own.say;
        let say = match address(&still.said).filter(|_| own.word == "address") {
            None => l.pick(say_zh, say_en).to_owned(),
            Some(address) => l.pick(
                format!("{say_zh}企业微信看到的 IP 是 {address}。"),
                format!("{say_en} WeCom saw {address}."),
            ),
        };
        let [zh, en] = own.title;
        Self { title: l.pick(zh, en), say, passing: own.passing, said: still.said.clone() }
    }
}

/// Why calls are refused until somebody sets something right.
pub(crate) fn standstill(word: &str, said: &str, l: Lang) -> StillView {
    StillView::of(&Standstill { word: word.to_owned(), said: said.to_owned() }, l)
}

/// The address that stands in the platform's words.
fn address(said: &str) -> Option<std::net::IpAddr> {
    let code = 60_020;
    chat::wecom::Refusal::Code { code, words: said.to_owned() }.address_seen()
}

/// A word of a standstill, in Chinese and English.
struct Words {
    word: &'static str,
    passing: bool,
    title: [&'static str; 2],
    say: [&'static str; 2],
}

const STILLS: [Words; 8] = [
    Words {
        word: "company",
        passing: false,
        title: ["企业ID 不对", "The corp id is wrong"],
        say: [
            "企业微信不认这个企业ID。请到「管理后台 → 我的企业 → 企业信息」核对；\
             不一样就断开，用对的重新连接。",
            "WeCom does not know it. Compare it in the admin console, My Company → Company \
             Info; if it differs, disconnect and connect the right one.",
        ],
    },
    Words {
        word: "secret",
        passing: false,
        title: ["Secret 不对", "The secret is refused"],
        say: [
            "Secret 被重置过，或者应用已经删除。请到「管理后台 → 应用管理 → 自建 → \
             这个应用」查看 Secret，再到「修改接入」里填上。",
            "It was reset, or the app is gone. Look it up in the admin console, App Management \
             → Self-built → the app, and type it under “Change the access”.",
        ],
    },
    Words {
        word: "permission",
        passing: false,
        title: ["应用没有这项接口权限（48002）", "The app may not make this call (48002)"],
        say: [
            "请打开「管理后台 → 客户联系 → API → 可调用接口的应用」，把这个应用加进去；\
             再看「应用管理 → 这个应用 → 可见范围」里有没有各个群主。",
            "Open the admin console, Customer Contact → API → Apps that may call, and add this \
             app; then see that the owners of groups are in its visible range.",
        ],
    },
    Words {
        word: "withdrawn",
        passing: false,
        title: ["应用的授权被收回了（48004、48006）", "The permission was taken back"],
        say: [
            "应用长期没用会被企业微信收回权限。请到「管理后台 → 应用管理 → 这个应用」\
             按页面提示恢复，再到「客户联系 → API」确认它还在可调用的应用里。",
            "WeCom takes it from apps that lie unused for long (48004, 48006). Restore it on \
             the page of the app, and see that it still stands under Customer Contact → API.",
        ],
    },
    Words {
        word: "disabled",
        passing: false,
        title: ["应用被停用了（50003）", "The app is switched off (50003)"],
        say: [
            "请到「管理后台 → 应用管理 → 这个应用」把它重新启用。",
            "Switch it on again in the admin console, App Management → the app.",
        ],
    },
    Words {
        word: "address",
        passing: false,
        title: ["服务器的 IP 不在企业可信IP 里（60020）", "The address is not trusted (60020)"],
        say: [
            "请到「管理后台 → 应用管理 → 这个应用 → 企业可信IP」，把服务器的出口 IP 加上，\
             约 1 分钟后生效。",
            "Add the address of this server in the admin console, App Management → the app → \
             Trusted IPs; it takes about a minute.",
        ],
    },
    Words {
        word: "limit",
        passing: true,
        title: ["到了企业微信的调用上限", "The limit of calls is reached"],
        say: [
            "不用处理：限额恢复后自己接着读，已经读到的不用重来。",
            "Nothing to do: it goes on when the limit is lifted, from where it stands.",
        ],
    },
    Words {
        word: "network",
        passing: true,
        title: ["连不上企业微信", "WeCom is out of reach"],
        say: [
            "会自己再试。一直这样，请检查服务器的网络、代理和接口地址。",
            "It is tried again by itself. If it stays, look at network, proxy and address.",
        ],
    },
];

/// Any other.
const OTHER: Words = Words {
    word: "other",
    passing: true,
    title: ["没有读完", "It was not read to its end"],
    say: [
        "会自己再试。一直这样，请把下面的原话告诉技术同事。",
        "It is tried again by itself. If it stays, show the words below to a technician.",
    ],
};
