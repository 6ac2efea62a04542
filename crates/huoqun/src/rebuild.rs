//! `huoqun rebuild`: all day pages derived again from the recorded facts, and compared.

use crate::cli::PlaceArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::place;
use crate::progress::Bars;
use report::Lang;

/// Rebuilds; unequal pages are a failure with its own exit code, because they should not be.
pub(crate) fn run(at: &PlaceArgs, lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let url = place::url(at)?;
    let bars = Bars::new(lang);
    let settings = place::wait(app::judge_at(&url))??;
    let rebuilt = place::wait(app::rebuild(&url, &settings, &bars))?;
    bars.finish();
    let rebuilt = rebuilt?;
    if rebuilt.unequal > 0 {
        return Err(Failure::Unequal(rebuilt.unequal, rebuilt.pages));
    }
    out.text(&match lang {
        Lang::Zh => format!("重算了 {} 个群、{} 页，全部一致", rebuilt.groups, rebuilt.pages),
        Lang::En => {
            format!("{} groups, {} pages derived again: all equal", rebuilt.groups, rebuilt.pages)
        }
    });
    Ok(())
}
