//! Whether the connection to a company is well, asked now: what was found, what it means, which
//! page of the admin console to open.

use app::console::Tone;
use app::wecom::CompanyFinding;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::May;
use report::Lang;

use crate::console::wecom::company::title;
use crate::console::wecom::sees;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::number;

/// A finding on the page.
pub(crate) struct CompanyFindingView {
    /// Tone and words of the verdict.
    pub(crate) state: (&'static str, &'static str),
    pub(crate) title: &'static str,
    pub(crate) cause: String,
    pub(crate) remedy: &'static str,
    /// In the platform's words.
    pub(crate) said: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/doctor.html")]
pub(crate) struct CompanyDoctorPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    /// Whether who looks may change the access.
    pub(crate) may: bool,
    /// All of it in one line: tone and words; none for a company that is disconnected.
    pub(crate) sum: Option<(&'static str, String)>,
    /// What is to be done comes first.
    pub(crate) findings: Vec<CompanyFindingView>,
}

/// `GET /settings/wecom/{account}/doctor`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let (l, console) = (seated.visit.lang, house.console());
    let company = console.company(&seated.actor, account).await?;
    let address = house.settings().address.clone();
    let found = console.examine_company(&seated.actor, account, address.as_deref()).await?;
    let title = format!("{} · {}", title(&company, l), l.pick("体检", "Doctor"));
    let frame = Frame::of(&house, &seated, Place::Settings, &title).await?;
    let may = seated.actor.may(May::Own) && company.gone.is_none();
    Ok(shown(&CompanyDoctorPage {
        l,
        frame,
        id: account,
        may,
        sum: sum(&found, l),
        findings: views(found, l),
    }))
}

/// The findings as the page shows them, the worst first.
pub(super) fn views(mut found: Vec<CompanyFinding>, l: Lang) -> Vec<CompanyFindingView> {
    found.sort_by_key(|finding| std::cmp::Reverse(finding.tone));
    let view = |finding: CompanyFinding| CompanyFindingView {
        state: match finding.tone {
            Tone::Well => ("green", l.pick("正常", "Well")),
            Tone::Look => ("orange", l.pick("留意", "Look")),
            Tone::Broken => ("red", l.pick("有问题", "Broken")),
        },
        title: finding.title(l),
        cause: finding.cause(l),
        remedy: finding.remedy(l),
        said: finding.said,
    };
    found.into_iter().map(view).collect()
}

pub(super) fn sum(found: &[CompanyFinding], l: Lang) -> Option<(&'static str, String)> {
    let of = |tone| {
        u64::try_from(found.iter().filter(|one| one.tone == tone).count()).unwrap_or(u64::MAX)
    };
    let (broken, look) = (of(Tone::Broken), of(Tone::Look));
    let (bad, mild) = (number(broken), number(look));
    Some(match (broken, look) {
        _ if found.is_empty() => return None,
        (0, 0) => ("success", l.pick("全部正常。", "All is well.").to_owned()),
        (0, _) => (
            "warning",
            l.pick(format!("能用，{mild} 项值得留意。"), format!("It works; look at {mild}.")),
        ),
        _ => (
            "danger",
            l.pick(
                format!("{bad} 项有问题，{mild} 项值得留意。照着下面一项项改，改完再体检一次。"),
                format!("{bad} broken, {mild} to look at. Mend them one by one, then look again."),
            ),
        ),
    })
}
