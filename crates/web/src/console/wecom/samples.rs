//! Samples of the templates of companies, with all words that can stand in them.

use app::console::{FieldError, Tone};
use app::wecom::{
    Activity, Api, CallbackHealth, Cause, CodeKept, Company, CompanyCheck, CompanyFinding,
    Findings, FullSoon, GroupHealth, Ownerless, OwnerlessWhy, PostDay, PullStep, QuietOwner,
    Several, Standstill, StepState, Twins,
};
use askama::Template;
use chat::wecom::Lack;
use domain::{GroupId, IdentityId, Millis, OrgId, Zone};
use report::Lang;
use store::{WecomAsideRow, WecomId, WecomKindRow, WecomMiss};

use crate::console::Frame;
use crate::console::wecom::activity::ActivityPart;
use crate::console::wecom::calls::{CallView, CallsPage, result};
use crate::console::wecom::company::CompanyPage;
use crate::console::wecom::connect::{ListPage, row};
use crate::console::wecom::doctor::{CompanyDoctorPage, sum, views};
use crate::console::wecom::edit::EditPage;
use crate::console::wecom::fields::{FieldsView, Typed};
use crate::console::wecom::findings::{FindingsView, Names};
use crate::console::wecom::honest::{HonestPage, subjects};
use crate::console::wecom::letters::LettersPage;
use crate::console::wecom::steps::StepsPart;
use crate::samples::hostile;

const NOW: Millis = Millis(1_795_349_100_000);

/// Every field with every code that it can have.
const WRONG: &[(&str, &[&str])] = &[
    ("corp", &["missing", "not_a_corp", "refused"]),
    ("secret", &["missing", "too_long", "refused", "no_key", "locked"]),
    ("token", &["missing", "not_a_key"]),
    ("aes_key", &["missing", "not_a_key"]),
    ("agent", &["not_a_number"]),
    ("api", &["not_an_address", "not_trusted", "unreached"]),
    ("proxy", &["not_an_address"]),
    ("group_max", &["not_a_size"]),
];

/// Every word of a standstill, and one that nobody knows.
const STILLS: [&str; 10] = [
    "company",
    "secret",
    "permission",
    "withdrawn",
    "disabled",
    "address",
    "limit",
    "network",
    "other",
    "unheard",
];

/// The form with one fault in each field, the `nth` that it can have.
fn fields(nth: usize, l: Lang) -> FieldsView {
    let fault = |(field, codes): &(&'static str, &[&'static str])| FieldError {
        field,
        code: codes[nth % codes.len()],
    };
    let wrong: Vec<FieldError> = WRONG.iter().map(fault).collect();
    let view = FieldsView::connecting(&Typed::hostile(), &wrong, l);
    let mut all = view.main.iter().chain(&view.more);
    assert!(all.all(|field| !field.wrong.is_empty() && !field.hint.is_empty()));
    view
}

fn company(state: &StepState, pulling: bool, gone: Option<Millis>) -> Company {
    let step = |word, state: &StepState| PullStep {
        word,
        done: 12,
        total: Some(40),
        state: state.clone(),
    };
    let steps = vec![
        step("staff", &StepState::Done(NOW)),
        step("groups", &StepState::Done(NOW)),
        step("members", state),
        step("contacts", state),
    ];
    Company {
        id: WecomId { org: OrgId(1), account: 1 },
        corp: hostile(),
        agent: Some(1_000_002),
        api: hostile(),
        hook: hostile(),
        group_max: Some(200),
        kept: Some((true, true)),
        made: NOW,
        gone,
        steps,
        pulling,
    }
}

/// Companies that stand in every way.
fn companies() -> Vec<Company> {
    let still = |word: &str| {
        let said = format!("60020: from ip: 192.0.2.7, {}", hostile());
        StepState::Still(Standstill { word: word.to_owned(), said })
    };
    let mut all: Vec<Company> =
        STILLS.iter().map(|word| company(&still(word), false, None)).collect();
    for state in [StepState::Waiting, StepState::UnderWay, StepState::Done(NOW)] {
        all.push(company(&state, true, None));
        all.push(company(&state, false, None));
        all.push(company(&state, false, Some(NOW)));
    }
    all
}

/// Something of everything.
fn found() -> Findings {
    let group =
        |days| FullSoon { group: GroupId(1), name: hostile(), members: 480, came: 14, days };
    let ownerless = |why| Ownerless { group: GroupId(1), name: hostile(), owner: hostile(), why };
    let code = |kept| CodeKept { state: hostile(), brought: 120, kept };
    Findings {
        groups: 40,
        since: Some(NOW),
        most: 500,
        full: [0, 1, 6, 20].into_iter().cycle().take(30).map(group).collect(),
        codes: vec![code(12), code(110)],
        several: Several {
            once: 900,
            per_group: 1_200,
            many: 60,
            most: vec![(IdentityId(1), 9), (IdentityId(2), 3)],
        },
        leavers: [1, 2, 3, 4],
        nameless: 7,
        ownerless: vec![ownerless(OwnerlessWhy::Left), ownerless(OwnerlessWhy::OutOfSight)],
        twins: vec![Twins {
            groups: [(GroupId(1), hostile()), (GroupId(2), String::new())],
            both: 40,
            smaller: 45,
        }],
    }
}

fn page(company: &Company, found: &Findings, l: Lang) -> CompanyPage {
    let zone = Zone::utc();
    let names = Names::from([(IdentityId(1), hostile())]);
    CompanyPage {
        l,
        frame: Frame::sample(l),
        id: 1,
        since: hostile(),
        gone: company.gone.map(|_| hostile()),
        may: true,
        steps: StepsPart::of(company, (NOW, &zone, l)),
        activity: ActivityPart::of(&active(), l),
        findings: FindingsView::of(found, &names, (NOW, &zone, l)),
    }
}

fn list(nth: usize, l: Lang) -> ListPage {
    let zone = Zone::utc();
    let companies = companies().iter().map(|one| row(one, (NOW, &zone, l))).collect();
    ListPage { l, frame: Frame::sample(l), companies, form: Some(fields(nth, l)) }
}

fn calls(codes: &[Option<i64>], l: Lang) -> CallsPage {
    let call = |code: &Option<i64>| CallView {
        at: hostile(),
        call: hostile(),
        took: "12".to_owned(),
        well: *code == Some(0),
        result: result(*code, l),
        said: hostile(),
        size: "1 KB".to_owned(),
    };
    CallsPage {
        l,
        frame: Frame::sample(l),
        id: 1,
        failed: true,
        calls: codes.iter().map(call).collect(),
        newest: Some("/settings/wecom/1/calls".to_owned()),
        older: Some("/settings/wecom/1/calls?before=1".to_owned()),
    }
}

/// Owners of all kinds, and figures.
fn active() -> Activity {
    let quiet = |with_chats| QuietOwner {
        owner: hostile(),
        groups: (1..9)
            .map(|n| (GroupId(n), if n == 1 { String::new() } else { hostile() }))
            .collect(),
        told: 14,
        with_chats,
    };
    Activity {
        told: 14,
        added: Some(12),
        sent: None,
        in_groups: Some(1_234),
        owners: 6,
        quiet: vec![quiet(true), quiet(false)],
    }
}

/// Every kind of callback that has a name, and one that has none.
const KINDS: [&str; 18] = [
    "",
    "change_external_chat.create",
    "change_external_chat.dismiss",
    "change_external_chat.update.add_member",
    "change_external_chat.update.del_member",
    "change_external_chat.update.change_owner",
    "change_external_chat.update.change_name",
    "change_external_chat.update.change_notice",
    "change_external_contact.add_external_contact",
    "change_external_contact.add_half_external_contact",
    "change_external_contact.edit_external_contact",
    "change_external_contact.del_external_contact",
    "change_external_contact.del_follow_user",
    "change_external_contact.transfer_fail",
    "change_external_contact.msg_audit_approved",
    "change_external_tag.shuffle",
    "template_card_event",
    crate::samples::HOSTILE,
];

/// Callbacks of every kind, with everything that can have come of them.
fn letters(gone: bool, l: Lang) -> LettersPage {
    let whys = ["unused", "archive", "app", "card", "failed", "unknown"];
    let aside =
        |why: String| WecomAsideRow { id: 1, received: NOW, kind: hostile(), chat: hostile(), why };
    let miss = |how: &str| WecomMiss {
        at: NOW,
        chat: "wr1".to_owned(),
        how: how.to_owned(),
        letters: 1,
        came: 2,
        went: 3,
        others: 4,
        mark: 0,
    };
    let group = |chat: &str| GroupHealth {
        chat: chat.to_owned(),
        group: Some(GroupId(1)),
        name: hostile(),
        last: Some(NOW),
        read: None,
        missing: 2,
        failure: hostile(),
    };
    let named = [("wr1".to_owned(), (Some(GroupId(1)), hostile()))];
    let health = CallbackHealth {
        is_set: Some(false),
        days: vec![PostDay { day: domain::Day(20_780), taken: 9, doubled: 2, refused: 1 }],
        kinds: KINDS
            .iter()
            .map(|kind| WecomKindRow { kind: (*kind).to_owned(), letters: 9, last: NOW })
            .collect(),
        waiting: (3, Some(NOW)),
        aside: whys
            .iter()
            .flat_map(|why| [(*why).to_owned(), format!("{why}|{}", hostile())])
            .map(aside)
            .collect(),
        misses: ["version", "resync", "reading"].map(miss).to_vec(),
        groups: vec![group("wr1"), group("wr2")],
        total: 300,
        names: named.into_iter().collect(),
        tags: 6,
    };
    let zone = Zone::utc();
    let page = LettersPage::of((1, &health), 100, (NOW, &zone, l), Frame::sample(l));
    LettersPage { connected: !gone, ..page }
}

/// Everything that can be found.
fn causes() -> Vec<Cause> {
    let lacks = [
        Lack::Company,
        Lack::Secret,
        Lack::Permission,
        Lack::Withdrawn,
        Lack::Disabled,
        Lack::Address,
    ];
    let mut causes = vec![
        Cause::Fine,
        Cause::Locked,
        Cause::Unreached,
        Cause::Untrusted(None),
        Cause::Untrusted(Some([192, 0, 2, 7].into())),
        Cause::Apart(45),
        Cause::Apart(-45),
        Cause::Forbidden,
        Cause::Failed,
        Cause::Nobody,
        Cause::NoGroup,
        Cause::OutOfSight(2, 40),
        Cause::NoAgent,
        Cause::OtherAgent,
        Cause::Closed,
        Cause::Unset,
        Cause::NoAddress,
        Cause::Inner,
        Cause::Silent,
        Cause::SilentHere,
        Cause::Elsewhere(0),
        Cause::Elsewhere(502),
        Cause::OtherKeys,
        Cause::Unbelieved(3),
        Cause::NeverHeard,
        Cause::Quiet(9),
        Cause::Still(hostile()),
        Cause::Stale(40),
        Cause::NotRead,
    ];
    causes.extend(lacks.map(Cause::Lacks));
    causes
}

/// Every check with everything that can be found.
fn doctor(tones: &[Tone], l: Lang) -> CompanyDoctorPage {
    use CompanyCheck as Check;
    let apis = [
        Api::Contacts,
        Api::Groups,
        Api::Ways,
        Api::Tags,
        Api::Transfers,
        Api::Figures,
        Api::Directory,
        Api::Media,
    ];
    let checks = [
        Check::Credentials,
        Check::Trusted,
        Check::Clock,
        Check::Range,
        Check::Agent,
        Check::Callback,
        Check::Signature,
        Check::Letters,
        Check::Reading,
    ];
    let all: Vec<Check> = checks.into_iter().chain(apis.map(Check::Permission)).collect();
    let causes = causes();
    let mut found = Vec::new();
    for tone in tones {
        for check in &all {
            found.extend(causes.iter().map(|cause| CompanyFinding {
                check: *check,
                tone: *tone,
                cause: cause.clone(),
                said: hostile(),
            }));
        }
    }
    let sum = sum(&found, l);
    CompanyDoctorPage {
        l,
        frame: Frame::sample(l),
        id: 1,
        may: true,
        sum,
        findings: views(found, l),
    }
}

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang) -> Vec<(&'static str, String)> {
    let codes = [0, -1, 40_001, 40_013, 40_014, 45_009, 45_033, 48_002, 48_004, 50_003, 60_020, 7];
    let mut codes: Vec<Option<i64>> = codes.into_iter().map(Some).collect();
    codes.push(None);
    let edit = |end| EditPage {
        l,
        frame: Frame::sample(l),
        id: 1,
        form: FieldsView::changing(&Typed::hostile(), (&[], Some((true, true))), l),
        callback: hostile(),
        end,
    };
    let none = ListPage { l, frame: Frame::sample(l), companies: vec![], form: None };
    let read = Findings { groups: 1, since: Some(NOW), ..Findings::default() };
    let whole = company(&StepState::Done(NOW), false, None);
    let honest = HonestPage { l, frame: Frame::sample(l), subjects: subjects(l) };
    let little = Activity { told: 3, ..Activity::default() };
    let mut pages = vec![
        ("companies, none", none.render()),
        ("company, nothing read", page(&whole, &Findings::default(), l).render()),
        ("company, nothing found", page(&whole, &read, l).render()),
        ("calls", calls(&codes, l).render()),
        ("calls, none", calls(&[], l).render()),
        ("company's doctor", doctor(&[Tone::Well, Tone::Look, Tone::Broken], l).render()),
        ("company's doctor, look", doctor(&[Tone::Look], l).render()),
        ("company's doctor, well", doctor(&[Tone::Well], l).render()),
        ("company's doctor, gone", doctor(&[], l).render()),
        ("what cannot be done", honest.render()),
        ("callbacks", letters(false, l).render()),
        ("callbacks, gone", letters(true, l).render()),
        ("activity, owners untold", ActivityPart::of(&little, l).render()),
        ("access", edit(Some("/settings/wecom/1/disconnection".to_owned())).render()),
        ("access, gone", edit(None).render()),
    ];
    for company in companies() {
        pages.push(("company", page(&company, &found(), l).render()));
        pages.push(("steps", page(&company, &found(), l).steps.render()));
    }
    pages.extend((0..5).map(|nth| ("companies", list(nth, l).render())));
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}
