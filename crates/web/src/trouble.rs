//! What goes wrong, put into words once: page, part or JSON, in the reader's language.
//!
//! A handler returns a [`Trouble`]; the `render` layer, which knows what the reader wants, turns it
//! into an answer. The same layer dresses bare refusals of the framework (405, 413, 415 …).

use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Json, Response};
use report::Lang;

use crate::door::{Theme, Visit, Wants};
use crate::house::House;

/// Marks an answer for machines, which is not dressed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AsItIs;

/// A request that could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// Status of the answer.
    pub(crate) status: StatusCode,
    /// Stable code, in snake case.
    pub(crate) code: &'static str,
    /// What to tell the person: Chinese and English.
    pub(crate) say: [String; 2],
    /// Come again after so many seconds.
    pub(crate) after_s: Option<u32>,
    /// What happened, for the operator; the person sees a number.
    pub(crate) cause: Option<String>,
}

impl Trouble {
    /// A trouble with its words.
    pub(crate) fn new(status: StatusCode, code: &'static str, say: [&str; 2]) -> Self {
        Self { status, code, say: say.map(str::to_owned), after_s: None, cause: None }
    }

    /// There is no such page.
    pub(crate) fn missing() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            [
                "没有这个页面。链接可能不完整，请向发链接的人再要一次。",
                "There is no such page. The link may be cut off: ask for it again.",
            ],
        )
    }

    /// Only members see this.
    pub(crate) fn not_member() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "not_member",
            [
                "你不在这个群里。请打开群链接重新加入。",
                "You are not in this group. Open its link to join.",
            ],
        )
    }

    /// The role does not suffice.
    pub(crate) fn not_allowed(may: domain::May) -> Self {
        let [zh, en] = report::Lang::ALL.map(|l| crate::words::role(may.least(), l));
        let say = [
            format!("你的角色不能做这件事，需要「{zh}」或更高的角色。请联系负责人。"),
            format!("Your role does not allow this; it takes {en} or higher. Ask an owner."),
        ];
        let status = StatusCode::FORBIDDEN;
        Self { status, code: "not_allowed", say, after_s: None, cause: None }
    }

    /// Sent from another site.
    pub(crate) fn other_site() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "other_site",
            [
                "这个请求不是从本站页面发出的，没有执行。请在本站页面里重新操作。",
                "This was not sent from a page of this site and was not done. Please do it here.",
            ],
        )
    }

    /// The browser keeps no cookies.
    pub(crate) fn no_cookie() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "no_cookie",
            [
                "浏览器没有保存 Cookie，我们认不出你。请允许 Cookie 后重新打开群链接。",
                "The browser kept no cookie, so we cannot know you. Allow cookies and open the link again.",
            ],
        )
    }

    /// The key of the page is too old or from a wrong clock.
    pub(crate) fn stale() -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "stale_page",
            [
                "页面太旧或设备时间不对，请刷新页面再试。",
                "The page is too old or its clock is wrong: reload the page and try again.",
            ],
        )
    }

    /// Too fast.
    pub(crate) fn too_fast(after_s: u32) -> Self {
        let say = [
            format!("操作太快了，请 {after_s} 秒后再试。"),
            format!("That was too fast: try again in {after_s} s."),
        ];
        let status = StatusCode::TOO_MANY_REQUESTS;
        Self { status, code: "too_fast", say, after_s: Some(after_s), cause: None }
    }

    /// The world failed.
    pub(crate) fn fault(cause: String) -> Self {
        let trouble = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "fault",
            [
                "出了点问题，没有完成。请稍后再试；如果一直这样，把问题编号告诉管理员。",
                "Something failed and nothing was done. Try again; if it stays, tell the operator the number.",
            ],
        );
        Self { cause: Some(cause), ..trouble }
    }

    /// The world failed in a way that has a remedy of its own, or in any other.
    pub(crate) fn of_fault(fault: &app::Fault) -> Self {
        let say = match fault {
            app::Fault::Store(fault) if fault.code() == "disk_full" => [
                "服务器的磁盘满了，这次没有存下。请告诉管理员；腾出空间后会恢复，到时再试一次。",
                "The server's disk is full: this was not kept. Tell the operator, and try again when there is room.",
            ],
            app::Fault::Store(fault) if fault.code() == "database_busy" => [
                "服务器正忙，这次没有完成，请过几秒再试。",
                "The server is busy and this was not done: try again in a few seconds.",
            ],
            app::Fault::Store(fault)
                if matches!(fault.code(), "database_lost" | "database_unreachable") =>
            {
                [
                    "连不上数据库，这次没有完成。它恢复后页面会自己接着用，数据不会丢。",
                    "The database is out of reach and this was not done. It goes on by itself when it is back; nothing is lost.",
                ]
            }
            app::Fault::Store(fault) if fault.code() == "database_read_only" => [
                "数据库现在只能读，这次没有存下。请告诉管理员；恢复后再试一次。",
                "The database can only be read now: this was not kept. Tell the operator, and try again.",
            ],
            fault => return Self::fault(words(fault)),
        };
        // The outage was told once, where it was found: no line and no number for each request.
        let (status, code) = (StatusCode::SERVICE_UNAVAILABLE, "not_now");
        Self { after_s: Some(5), ..Self::new(status, code, say) }
    }

    /// What a bare answer of the framework means.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::missing(),
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(
                status,
                "too_big",
                ["内容太大了，请分成几条发送。", "This is too big: send it in parts."],
            ),
            StatusCode::METHOD_NOT_ALLOWED => Self::new(
                status,
                "method",
                [
                    "这个地址不能这样访问。请返回上一页重新操作。",
                    "This address cannot be used so. Go back and try again.",
                ],
            ),
            status if status.is_server_error() => Self::fault("the page failed".to_owned()),
            status => Self::new(
                status,
                "bad_form",
                [
                    "表单内容不完整或格式不对。请返回上一页重新填写。",
                    "The form is incomplete or has another shape. Go back and fill it in again.",
                ],
            ),
        }
    }

    /// The words in a language.
    pub(crate) fn words(&self, lang: Lang) -> &str {
        let [zh, en] = &self.say;
        lang.pick(zh, en)
    }
}

impl From<app::Fault> for Trouble {
    fn from(fault: app::Fault) -> Self {
        Self::of_fault(&fault)
    }
}

impl From<app::console::Denied> for Trouble {
    fn from(denied: app::console::Denied) -> Self {
        use app::console::Denied;
        match denied {
            Denied::NotAllowed(may) => Self::not_allowed(may),
            Denied::Missing => Self::missing(),
            Denied::Wrong(_) => Self::of_status(StatusCode::UNPROCESSABLE_ENTITY),
            Denied::Changed => Self::stale(),
            Denied::Refused(refused) => {
                crate::words::refused(&refused, &domain::Zone::utc(), domain::Millis(0))
            }
            Denied::Fault(fault) => Self::of_fault(&fault),
        }
    }
}

/// A fault with its causes, for the operator.
fn words(fault: &app::Fault) -> String {
    let mut words = fault.to_string();
    let mut cause = std::error::Error::source(fault);
    while let Some(one) = cause {
        words = format!("{words}: {one}");
        cause = one.source();
    }
    words
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "trouble.html")]
pub(crate) struct TroublePage {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) say: String,
    pub(crate) incident: Option<String>,
    pub(crate) back: Option<String>,
    /// The page asks again by itself after so many seconds.
    pub(crate) again_s: Option<u32>,
}

/// The same in the look of the console.
#[derive(Template)]
#[template(path = "console/look/trouble.html")]
pub(crate) struct ConsoleTrouble {
    pub(crate) l: Lang,
    pub(crate) theme: Theme,
    pub(crate) title: String,
    pub(crate) say: String,
    pub(crate) icon: &'static str,
    pub(crate) incident: Option<String>,
    /// The page asks again by itself after so many seconds.
    pub(crate) again_s: Option<u32>,
}

/// Turns troubles into answers.
pub(crate) async fn render(State(house): State<House>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    // From here on it is known for the request.
    house.console().tongue(house.settings().org).await;
    let visit = Visit::of(&parts, &house);
    let path = parts.uri.path().to_owned();
    let reads = parts.method == Method::GET;
    let by_htmx = parts.headers.contains_key("hx-request");
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let trouble = match response.extensions_mut().remove::<Trouble>() {
        Some(trouble) => trouble,
        None if response.extensions().get::<AsItIs>().is_some() => return response,
        None if is_bare(&response) => Trouble::of_status(response.status()),
        None => return response,
    };
    let incident = trouble.cause.as_deref().map(|cause| house.incident(cause));
    let again_s = trouble.after_s.filter(|_| reads);
    let mut answer = match visit.wants {
        Wants::Json => {
            let say = trouble.words(visit.lang);
            Json(serde_json::json!({ "error": trouble.code, "say": say, "incident": incident }))
                .into_response()
        }
        Wants::Page if is_of_console(&path) => console_page(&trouble, &visit, incident, again_s),
        Wants::Page => page(&trouble, &visit, incident, (back(&path), again_s)),
    };
    *answer.status_mut() = trouble.status;
    if let Some(after_s) = trouble.after_s {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(after_s));
    }
    if by_htmx {
        let said = toast(trouble.words(visit.lang), "danger");
        answer.headers_mut().extend(said.map(|said| (HeaderName::from_static("hx-trigger"), said)));
    }
    answer
}

/// An error without a page of ours.
fn is_bare(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let ours = kind.is_some_and(|kind| kind.starts_with("text/html") || kind.contains("json"));
    (response.status().is_client_error() || response.status().is_server_error()) && !ours
}

fn page(
    trouble: &Trouble,
    visit: &Visit,
    incident: Option<String>,
    (back, again_s): (Option<String>, Option<u32>),
) -> Response {
    let l = visit.lang;
    let say = trouble.words(l).to_owned();
    let title = title(trouble.status, l).to_owned();
    shown(&TroublePage { l, title, say, incident, back, again_s })
}

fn title(status: StatusCode, l: Lang) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => l.pick("没有找到", "Not found"),
        status if status.is_server_error() => l.pick("出了点问题", "Something failed"),
        _ => l.pick("没有完成", "Not done"),
    }
}

fn console_page(
    trouble: &Trouble,
    visit: &Visit,
    incident: Option<String>,
    again_s: Option<u32>,
) -> Response {
    let l = visit.lang;
    let (icon, title) = match (trouble.status, trouble.code) {
        (StatusCode::NOT_FOUND, _) => ("question-mark", title(trouble.status, l)),
        (StatusCode::FORBIDDEN, _) => ("lock", l.pick("没有权限", "Not allowed")),
        (StatusCode::TOO_MANY_REQUESTS, _) => ("clock-pause", l.pick("慢一点", "Too fast")),
        (StatusCode::SERVICE_UNAVAILABLE, _) => ("database-off", l.pick("请稍等", "One moment")),
        (status, _) => ("alert-triangle", title(status, l)),
    };
    let say = match trouble.code {
        "not_found" => l.pick(
            "没有这个页面，或者它不在你的权限范围内。",
            "There is no such page, or it is outside what you may see.",
        ),
        _ => trouble.words(l),
    };
    let (title, say) = (title.to_owned(), say.to_owned());
    shown(&ConsoleTrouble { l, theme: visit.theme, title, say, icon, incident, again_s })
}

/// Words in the corner of the page, as a header that htmx passes on. Letters beyond ASCII are
/// escaped, because headers hold none.
pub(crate) fn toast(words: &str, tone: &str) -> Option<HeaderValue> {
    let json = serde_json::json!({ "hq:say": { "words": words, "tone": tone } }).to_string();
    let mut ascii = String::with_capacity(json.len() * 2);
    for unit in json.encode_utf16() {
        match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => ascii.push(char::from(byte)),
            _ => ascii.extend(format!("\\u{unit:04x}").chars()),
        }
    }
    HeaderValue::try_from(ascii).ok()
}

/// A page as an answer.
pub(crate) fn shown(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(failure) => Trouble::fault(failure.to_string()).into_response(),
    }
}

/// Whether the address is one of the console's: all but member pages.
fn is_of_console(path: &str) -> bool {
    !matches!(path.split('/').nth(1), Some("g" | "assets"))
}

/// Where a person can go on: the group that the address belongs to.
fn back(path: &str) -> Option<String> {
    let mut parts = path.split('/').skip(1);
    match (parts.next(), parts.next(), parts.next()) {
        (Some("g"), Some(code), Some(_)) => Some(format!("/g/{code}")),
        _ => None,
    }
}
