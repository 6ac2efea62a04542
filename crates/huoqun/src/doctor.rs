//! `huoqun doctor`: the same list as the page of that name, beside a running server or without one.
//!
//! Invariant: nothing is made or changed, not even the data folder. Exit code, as monitors expect
//! it: 0 all is well, 1 something should be looked at, 2 something does not work.

use crate::cli::DoctorArgs;
use crate::output::Output;
use crate::place;
use crate::serve::{OURS, vault_as_it_is};
use crate::usage;
use ::report::Lang;
use app::console::{Door, Finding, Looked, Tone, judged, look};
use app::wecom::{CompanyFinding, Examined, examine};
use app::words;
use std::sync::Arc;
use store::Store;

/// Looks, says what was found, and answers the exit code.
pub(crate) fn run(args: &DoctorArgs, lang: Lang, out: &mut Output) -> u8 {
    let (looked, companies, place) = match place::wait(looked(args, lang)) {
        Ok(looked) => looked,
        Err(failure) => {
            out.failure(&failure.words(lang), lang);
            return exit_code(Tone::Broken);
        }
    };
    let findings = judged(&looked);
    let tones = findings.iter().map(|one| one.tone);
    let theirs = companies.iter().map(Examined::worst);
    let worst = tones.chain(theirs).max().unwrap_or(Tone::Well);
    // Why the database does not answer is told here alone: the page would tell it to everybody.
    let why = looked.vitals.as_ref().err();
    if args.json {
        let findings: Vec<_> = findings.iter().map(|one| json(one, lang)).collect();
        let companies: Vec<_> = companies.iter().map(|one| company(one, lang)).collect();
        let all = serde_json::json!({
            "worst": worst.code(), "place": place, "why": why, "findings": findings,
            "companies": companies,
        });
        out.text(&all.to_string());
        return exit_code(worst);
    }
    out.text(&place);
    for finding in &findings {
        out.text(&line(finding, lang));
    }
    if let Some(why) = why {
        out.text(&format!("    {why}"));
    }
    for company in &companies {
        out.text(
            &lang.pick(format!("企业微信 {}", company.corp), format!("WeCom {}", company.corp)),
        );
        for finding in &company.findings {
            out.text(&company_line(finding, lang));
        }
    }
    exit_code(worst)
}

fn exit_code(worst: Tone) -> u8 {
    match worst {
        Tone::Well => 0,
        Tone::Look => 1,
        Tone::Broken => 2,
    }
}

/// Looks; and where.
async fn looked(args: &DoctorArgs, lang: Lang) -> (Looked, Vec<Examined>, String) {
    let url = place::url_as_it_is(&args.place);
    let folder = place::folder(&args.place);
    let now = usage::now();
    let mut companies = Vec::new();
    let (mut looked, place) = match Store::look(&url).await {
        Ok(store) => {
            let looked = look(&store, (OURS, now), Some(&folder)).await;
            // Of another version it tells nothing more.
            if looked.vitals.as_ref().is_ok_and(|vitals| vitals.schema.0 == vitals.schema.1) {
                companies = examined(&store, args).await;
            }
            (looked, store.place().to_owned())
        }
        Err(fault) => {
            let vitals = Err(words::fault(&app::Fault::from(fault), lang));
            (Looked { now, vitals, room: None, door: None, judging: None }, String::new())
        }
    };
    // How visitors come in is known where the address is said, as the server is told it.
    looked.door = args.public_url.as_deref().map(|url| Door {
        address: Some(url.to_owned()),
        secure: url.starts_with("https://"),
        ..Door::default()
    });
    (looked, companies, place)
}

/// The connected companies. A database that fails now was told above.
async fn examined(store: &Store, args: &DoctorArgs) -> Vec<Examined> {
    let vault = vault_as_it_is(args.key_file.as_deref(), &args.place);
    let with = (Arc::new(usage::now) as _, args.public_url.as_deref());
    examine(store, (OURS, vault.as_ref()), with).await.unwrap_or_default()
}

fn company(one: &Examined, lang: Lang) -> serde_json::Value {
    let finding = |finding: &CompanyFinding| {
        serde_json::json!({
            "code": finding.check.code(),
            "tone": finding.tone.code(),
            "title": finding.title(lang),
            "cause": finding.cause(lang),
            "remedy": finding.remedy(lang),
            "said": finding.said,
        })
    };
    let findings: Vec<_> = one.findings.iter().map(finding).collect();
    serde_json::json!({
        "account": one.id.account, "corp": one.corp, "worst": one.worst().code(),
        "page": format!("/settings/wecom/{}/doctor", one.id.account), "findings": findings,
    })
}

fn json(finding: &Finding, lang: Lang) -> serde_json::Value {
    serde_json::json!({
        "code": finding.check.code(),
        "tone": finding.tone.code(),
        "numbers": finding.numbers,
        "title": finding.title(lang),
        "cause": finding.cause(lang),
        "remedy": finding.remedy(lang),
        "page": finding.check.page(),
    })
}

fn company_line(finding: &CompanyFinding, lang: Lang) -> String {
    let words = [finding.cause(lang), finding.remedy(lang).to_owned(), finding.said.clone()];
    lines(finding.tone, finding.title(lang), &words, lang)
}

fn line(finding: &Finding, lang: Lang) -> String {
    let page = finding.check.page().filter(|_| finding.tone != Tone::Well);
    let page = page.map(|page| lang.pick(format!("页面：{page}"), format!("Page: {page}")));
    let more = [finding.cause(lang), finding.remedy(lang).to_owned(), page.unwrap_or_default()];
    lines(finding.tone, finding.title(lang), &more, lang)
}

fn lines(tone: Tone, title: &str, more: &[String], lang: Lang) -> String {
    let mark = match tone {
        Tone::Well => lang.pick("[正常]  ", "[well]  "),
        Tone::Look => lang.pick("[留意]  ", "[look]  "),
        Tone::Broken => lang.pick("[有问题]", "[broken]"),
    };
    let mut text = format!("{mark} {title}");
    for words in more.iter().filter(|words| !words.is_empty()) {
        text.push_str("\n    ");
        text.push_str(words);
    }
    text
}
