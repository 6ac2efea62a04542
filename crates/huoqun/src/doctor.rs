//! `huoqun doctor`: the same list as the page of that name, beside a running server or without one.
//!
//! Invariant: nothing is made or changed, not even the data folder. Exit code, as monitors expect
//! it: 0 all is well, 1 something should be looked at, 2 something does not work.

use crate::cli::DoctorArgs;
use crate::output::Output;
use crate::place;
use crate::serve::OURS;
use crate::usage;
use ::report::Lang;
use app::console::{Door, Finding, Looked, Tone, judged, look};
use app::words;
use store::Store;

/// Looks, says what was found, and answers the exit code.
pub(crate) fn run(args: &DoctorArgs, lang: Lang, out: &mut Output) -> u8 {
    let (looked, place) = match place::wait(looked(args, lang)) {
        Ok(looked) => looked,
        Err(failure) => {
            out.failure(&failure.words(lang), lang);
            return exit_code(Tone::Broken);
        }
    };
    let findings = judged(&looked);
    let worst = findings.iter().map(|one| one.tone).max().unwrap_or(Tone::Well);
    // Why the database does not answer is told here alone: the page would tell it to everybody.
    let why = looked.vitals.as_ref().err();
    if args.json {
        let findings: Vec<_> = findings.iter().map(|one| json(one, lang)).collect();
        let all = serde_json::json!({
            "worst": worst.code(), "place": place, "why": why, "findings": findings,
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
async fn looked(args: &DoctorArgs, lang: Lang) -> (Looked, String) {
    let url = place::url_as_it_is(&args.place);
    let folder = place::folder(&args.place);
    let now = usage::now();
    let (mut looked, place) = match Store::look(&url).await {
        Ok(store) => {
            let looked = look(&store, (OURS, now), Some(&folder)).await;
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
    (looked, place)
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

fn line(finding: &Finding, lang: Lang) -> String {
    let mark = match finding.tone {
        Tone::Well => lang.pick("[正常]  ", "[well]  "),
        Tone::Look => lang.pick("[留意]  ", "[look]  "),
        Tone::Broken => lang.pick("[有问题]", "[broken]"),
    };
    let mut text = format!("{mark} {}", finding.title(lang));
    let page = finding.check.page().filter(|_| finding.tone != Tone::Well);
    let page = page.map(|page| lang.pick(format!("页面：{page}"), format!("Page: {page}")));
    let more = [finding.cause(lang), finding.remedy(lang).to_owned(), page.unwrap_or_default()];
    for words in more.iter().filter(|words| !words.is_empty()) {
        text.push_str("\n    ");
        text.push_str(words);
    }
    text
}
