//! `huoqun backup` and `huoqun restore`: the whole database in one file, and back.

use crate::cli::BackupArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::place;
use crate::usage;
use ::report::Lang;
use store::{BackupSummary, Store};

/// Backs up, also while the program runs.
pub(crate) fn run(args: &BackupArgs, lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let url = place::url(&args.place)?;
    let summary = place::wait(async {
        let store = Store::open(&url).await?;
        let summary = store.backup(&args.file, usage::now()).await?;
        // The doctor asks for it.
        store.backed_up(summary.made).await?;
        Ok::<_, store::Fault>(summary)
    })?
    .map_err(app::Fault::from)?;
    said(&summary, ["已备份", "backed up"], lang, out);
    Ok(())
}

/// Restores into an empty place.
pub(crate) fn restore(args: &BackupArgs, lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let url = place::url(&args.place)?;
    let summary = place::wait(Store::restore(&url, &args.file))?.map_err(app::Fault::from)?;
    said(&summary, ["已恢复", "restored"], lang, out);
    Ok(())
}

fn said(summary: &BackupSummary, [zh, en]: [&str; 2], lang: Lang, out: &mut Output) {
    let rows = |table: &str| {
        summary.tables.iter().find(|(name, _)| name == table).map_or(0, |(_, rows)| *rows)
    };
    let (groups, facts) = (rows("groups"), rows("facts"));
    let megabytes = summary.bytes as f64 / 1e6;
    out.text(&match lang {
        Lang::Zh => format!("{zh}：{groups} 个群，{facts} 条记录，{megabytes:.1} MB"),
        Lang::En => format!("{en}: {groups} groups, {facts} facts, {megabytes:.1} MB"),
    });
}
