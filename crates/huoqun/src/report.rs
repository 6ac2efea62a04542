//! `huoqun report`: on exports without leaving anything behind, or on imported groups.

use crate::cli::ReportArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::place;
use crate::progress::Bars;
use crate::usage;
use app::Asked;
use insights::Settings;
use report::{Community, Lang};
use std::path::Path;

/// Makes the report and shows it in every form that was asked for.
pub(crate) fn run(args: &ReportArgs, lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let (zone, zone_given) = usage::zone(args.read.timezone.as_deref())?;
    let asked = Asked {
        zone: zone.clone(),
        zone_given,
        from: usage::day("--from", args.from.as_deref())?,
        to: usage::day("--to", args.to.as_deref())?,
        members: args.members,
        settings: Settings { count_staff: args.count_staff, ..Settings::default() },
        now: usage::now(),
        title: args.title.clone(),
    };
    let bars = Bars::new(lang);
    let community = if args.read.files.is_empty() {
        if args.read.groups.is_empty() && args.place.data.is_none() && args.place.database.is_none()
        {
            return Err(Failure::NothingAsked);
        }
        let url = place::url(&args.place)?;
        place::wait(app::report_group(&url, &args.read.groups, &asked, &bars))?
    } else {
        let request = usage::read_request(&args.read, &zone, None)?;
        app::report_files(&request, &asked, &bars)
    };
    bars.finish();
    show(&community?, args, lang, out)
}

fn show(
    community: &Community,
    args: &ReportArgs,
    lang: Lang,
    out: &mut Output,
) -> Result<(), Failure> {
    if let Some(path) = &args.html {
        write(path, &report::html(community, lang))?;
        out.note(&match lang {
            Lang::Zh => format!("网页报告：{}", path.display()),
            Lang::En => format!("Web report: {}", path.display()),
        });
    }
    match &args.json {
        Some(path) if path.as_os_str() == "-" => out.text(&report::json(community)),
        Some(path) => {
            write(path, &report::json(community))?;
            out.text(&report::terminal(community, lang, out.width(), out.colour()));
        }
        None => out.text(&report::terminal(community, lang, out.width(), out.colour())),
    }
    Ok(())
}

/// Writes the whole file or nothing: beside it first, then in its place.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error| Failure::Write(path.display().to_string(), error);
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    std::fs::write(&beside, text).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)
}
