//! Live lines as they were rendered last: many watchers of one group cost one rendering.
//!
//! Invariant: memory is bounded; a line that is not here any more is rendered again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{GroupId, OrgId, Seq};
use report::Lang;
use tokio::sync::OnceCell;

use crate::trouble::Trouble;

/// Lines kept at most; then all are forgotten at once. At 600 bytes a line about 5 MB.
const LINES_MAX: usize = 8_192;

type Place = (OrgId, GroupId, Seq, bool);

/// Lines rendered last.
#[derive(Debug, Default)]
pub(crate) struct Rendered(Mutex<HashMap<Place, Arc<OnceCell<Arc<str>>>>>);

impl Rendered {
    /// The line as HTML: kept, or rendered now by one of those who wait for it.
    pub(crate) async fn line(
        &self,
        (org, group, seq): (OrgId, GroupId, Seq),
        lang: Lang,
        render: impl Future<Output = Result<String, Trouble>>,
    ) -> Result<Arc<str>, Trouble> {
        let place = (org, group, seq, lang == Lang::Zh);
        let cell = {
            let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if lines.len() >= LINES_MAX {
                lines.clear();
            }
            Arc::clone(lines.entry(place).or_default())
        };
        let html = cell.get_or_try_init(|| async { render.await.map(Arc::from) }).await?;
        Ok(Arc::clone(html))
    }
}
