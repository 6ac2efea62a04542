//! The fields of a company's access: where each is found, and what is wrong with it.

use app::console::FieldError;
use app::wecom::{Company, CompanyForm};
use report::Lang;
use serde::Deserialize;

/// What was typed. It has no `Debug`, because secrets are in it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    corp: String,
    secret: String,
    agent: String,
    token: String,
    aes_key: String,
    api: String,
    proxy: String,
    group_max: String,
    /// Boxes, ticked: no longer kept.
    drop_callback: Option<u8>,
    drop_proxy: Option<u8>,
}

impl Typed {
    /// What is known of a company; its secrets are not.
    pub(super) fn of(company: &Company) -> Self {
        Self {
            agent: company.agent.map(|agent| agent.to_string()).unwrap_or_default(),
            api: company.api.clone(),
            group_max: company.group_max.map(|most| most.to_string()).unwrap_or_default(),
            ..Self::default()
        }
    }

    #[cfg(test)]
    pub(super) fn hostile() -> Self {
        let (corp, api) = (crate::samples::hostile(), crate::samples::hostile());
        Self { corp, api, ..Self::default() }
    }

    pub(super) fn form(&self) -> CompanyForm {
        CompanyForm {
            corp: self.corp.clone(),
            secret: self.secret.clone(),
            agent: self.agent.clone(),
            token: self.token.clone(),
            aes_key: self.aes_key.clone(),
            api: self.api.clone(),
            proxy: self.proxy.clone(),
            group_max: self.group_max.clone(),
            drop_callback: self.drop_callback.is_some(),
            drop_proxy: self.drop_proxy.is_some(),
        }
    }
}

/// A field on the page.
pub(crate) struct FieldView {
    pub(crate) slot: &'static str,
    pub(crate) label: &'static str,
    pub(crate) secret: bool,
    pub(crate) value: String,
    pub(crate) wrong: &'static str,
    pub(crate) hint: &'static str,
}

/// The form.
pub(crate) struct FieldsView {
    pub(crate) main: Vec<FieldView>,
    pub(crate) more: Vec<FieldView>,
    /// Whether "more" is open: something in it is wrong or known.
    pub(crate) open: bool,
    /// What is kept and may be dropped: name, words, whether it is ticked.
    pub(crate) drops: Vec<(&'static str, &'static str, bool)>,
}

impl FieldsView {
    /// The form that connects a company.
    pub(super) fn connecting(typed: &Typed, wrong: &[FieldError], l: Lang) -> Self {
        let of = |slot, label, value: &str| view((slot, label), value, (wrong, l));
        let main = vec![of("corp", l.pick("企业ID", "Corp id"), &typed.corp), secret(wrong, l)];
        Self::with(main, typed, (wrong, l))
    }

    /// The form that changes how a company is reached; what is secret stays when it is left empty.
    pub(super) fn changing(
        typed: &Typed,
        (wrong, kept): (&[FieldError], Option<(bool, bool)>),
        l: Lang,
    ) -> Self {
        let mut main = secret(wrong, l);
        main.hint = l.pick(
            "不改就留空。在「管理后台 → 应用管理 → 自建 → 这个应用」里查看或重置。",
            "Empty: it stays. Shown and reset on the page of the app, under App Management → Self-built.",
        );
        let mut view = Self::with(vec![main], typed, (wrong, l));
        let sealed = |slot| matches!(slot, "token" | "aes_key" | "proxy");
        for field in view.more.iter_mut().filter(|field| sealed(field.slot)) {
            field.hint = l.pick(
                "保存过的不再显示；不改就留空",
                "What is kept is not shown again. Empty: it stays",
            );
        }
        let (callback, proxy) = kept.unwrap_or((false, false));
        let drops = [
            callback.then(|| {
                let words = l.pick(
                    "删掉保存的 Token 和 EncodingAESKey，不再接收回调",
                    "Drop token and EncodingAESKey: callbacks are taken no more",
                );
                ("drop_callback", words, typed.drop_callback.is_some())
            }),
            proxy.then(|| {
                let words = l.pick("删掉保存的代理，直接连", "Drop the proxy: go straight");
                ("drop_proxy", words, typed.drop_proxy.is_some())
            }),
        ];
        view.drops = drops.into_iter().flatten().collect();
        view
    }

    fn with(main: Vec<FieldView>, typed: &Typed, said: (&[FieldError], Lang)) -> Self {
        let l = said.1;
        let of = |slot, label, value: &str| view((slot, label), value, said);
        let more = vec![
            of("agent", "AgentId", &typed.agent),
            of("token", l.pick("回调 Token", "Callback token"), ""),
            of("aes_key", "EncodingAESKey", ""),
            of("api", l.pick("接口地址", "Address of the interface"), &typed.api),
            of("proxy", l.pick("代理", "Proxy"), ""),
            of(
                "group_max",
                l.pick("客户群人数上限", "People in a group, at most"),
                &typed.group_max,
            ),
        ];
        let open = more.iter().any(|field| !field.wrong.is_empty() || !field.value.is_empty());
        Self { main, more, open, drops: Vec::new() }
    }
}

fn secret(wrong: &[FieldError], l: Lang) -> FieldView {
    view(("secret", l.pick("应用 Secret", "Secret of the app")), "", (wrong, l))
}

fn view(
    (slot, label): (&'static str, &'static str),
    value: &str,
    (wrong, l): (&[FieldError], Lang),
) -> FieldView {
    let code = wrong.iter().find(|one| one.field == slot).map(|one| one.code);
    FieldView {
        slot,
        label,
        secret: matches!(slot, "secret" | "token" | "aes_key"),
        value: value.to_owned(),
        wrong: code.map_or("", |code| words(slot, code, l)),
        hint: hint(slot, l),
    }
}

/// Where a field is found.
fn hint(slot: &str, l: Lang) -> &'static str {
    match slot {
        "corp" => l.pick(
            "管理后台 → 我的企业 → 企业信息，最下面一行「企业ID」，ww 开头",
            "Admin console → My Company → Company Info, the last line; it begins with ww",
        ),
        "secret" => l.pick(
            "管理后台 → 应用管理 → 自建 → 打开应用 → Secret（会发到企业微信客户端里查看）。\
             要用自建应用的；系统自带的「客户联系」的 Secret 从 2023 年 12 月起不能用了。",
            "Admin console → App Management → Self-built → the app → Secret (it is sent to your \
             WeCom client). That of a self-built app: the one of Customer Contact has not worked \
             since December 2023.",
        ),
        "agent" => l.pick(
            "同一个应用页面，Secret 上面一行。给员工发卡片时用，可以以后再填",
            "On the page of the app, above the secret. For cards to staff; it can wait",
        ),
        "token" => l.pick(
            "同一个应用页面 → 接收消息 → 设置 API 接收，和 EncodingAESKey 一起填，可以以后再填",
            "The page of the app → Receive Messages → API, with EncodingAESKey. It can wait",
        ),
        "aes_key" => {
            l.pick("和 Token 在同一页，43 位字母和数字", "Beside the token: 43 letters and digits")
        }
        "api" => l.pick(
            "一般留空：https://qyapi.weixin.qq.com。经自己的网关转发时才填",
            "Mostly empty: https://qyapi.weixin.qq.com. Only for a gateway of your own",
        ),
        "proxy" => l.pick(
            "服务器要经代理上网、或出口 IP 不固定时填，例：http://10.0.0.2:3128",
            "When this server goes out through one, such as http://10.0.0.2:3128",
        ),
        "group_max" => l.pick(
            "一般留空，按 500 算。你们的群满 200 人就进不去的，填 200",
            "Mostly empty: 500. Where your groups are full at 200, say so",
        ),
        _ => "",
    }
}

/// What is wrong with a field.
fn words(slot: &str, code: &str, l: Lang) -> &'static str {
    match (slot, code) {
        ("corp", "missing") => l.pick("请填上企业ID。", "Give the corp id."),
        ("corp", "refused") => l.pick(
            "企业微信不认这个企业ID，请到「我的企业」里重新复制。",
            "WeCom does not know this corp id: copy it again from My Company.",
        ),
        ("corp", _) => l.pick(
            "这不像企业ID：ww 或 wx 开头，共 18 位字母和数字。",
            "This is no corp id: 18 letters and digits, ww or wx in front.",
        ),
        ("secret", "missing") => l.pick("请填上应用的 Secret。", "Give the secret of the app."),
        ("secret", "too_long") => {
            l.pick("太长了，Secret 是 43 位。", "This is too long: a secret has 43 letters.")
        }
        ("secret", "refused") => l.pick(
            "企业微信不认这个 Secret：不是这家企业的应用，或者已经重置、停用。请重新复制。",
            "WeCom refuses this secret: it is of another company, was reset, or the app is off.",
        ),
        ("secret", "no_key") => l.pick(
            "程序没有密钥文件，Secret 没法加密保存，所以没有连接。请让数据目录可写，\
             或者启动时加 --key-file 指定密钥文件，再试一次。",
            "The program has no key file to seal the secret with, so nothing was connected. Start \
             it with its data folder writable, or with --key-file, and try again.",
        ),
        ("secret", "locked") => l.pick(
            "原来的 Secret 是用另一把密钥加密的，打不开。请换回原来的密钥文件，或者重新填写。",
            "The secret was sealed with another key: bring back that key file, or type it again.",
        ),
        ("token", "missing") => {
            l.pick("填了 EncodingAESKey，也要填 Token。", "With EncodingAESKey goes a token.")
        }
        ("aes_key", "missing") => {
            l.pick("填了 Token，也要填 EncodingAESKey。", "With the token goes EncodingAESKey.")
        }
        ("token" | "aes_key", _) => l.pick(
            "Token 或 EncodingAESKey 不对：Token 最多 32 位，EncodingAESKey 是 43 位，\
             都只有字母和数字。",
            "Token or EncodingAESKey is wrong: at most 32 and exactly 43 letters and digits.",
        ),
        ("group_max", _) => {
            l.pick("填 10 到 5000 之间的数字，例：200。", "A number from 10 to 5000, such as 200.")
        }
        ("agent", _) => l.pick("AgentId 是数字，例：1000002。", "A number, such as 1000002."),
        _ => way_words(slot, code, l),
    }
}

/// What is wrong with the way to the platform.
fn way_words(slot: &str, code: &str, l: Lang) -> &'static str {
    match (slot, code) {
        ("api", "not_trusted") => l.pick(
            "这台服务器的 IP 不在可信名单里。请到「应用管理 → 这个应用 → 企业可信IP」加上，\
             约 1 分钟后再试。",
            "WeCom does not trust the address of this server. Add it on the page of the app, under \
             Trusted IPs, and try again a minute later.",
        ),
        ("api", "unreached") => l.pick(
            "连不上企业微信的接口。请检查服务器能不能上网、代理和接口地址对不对。",
            "The interface of WeCom is out of reach. Look at network, proxy and address.",
        ),
        ("api", _) => l.pick(
            "这不是能用的接口地址，例：https://qyapi.weixin.qq.com。",
            "No usable address; for example https://qyapi.weixin.qq.com.",
        ),
        _ => l.pick(
            "这不是能用的代理地址，例：http://10.0.0.2:3128。",
            "No usable proxy; for example http://10.0.0.2:3128.",
        ),
    }
}
