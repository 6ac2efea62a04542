//! Files that staff take away: each leaves a line in the audit log.

use domain::{Actor, GroupId, May};
use insights::Span;
use serde_json::json;

use crate::console::{About, Console, Denied, within};

/// A file that somebody takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Of what: `people`, `members`, `groups`, `figures`, `channels`, `audit`.
    pub list: &'static str,
    /// Which table of it, such as `days` or the code of a figure.
    pub part: String,
    /// Of which group alone.
    pub group: Option<GroupId>,
    /// Of which days, for figures.
    pub span: Option<Span>,
    /// How many rows.
    pub rows: usize,
}

impl Export {
    /// A list as a file.
    pub fn of(list: &'static str) -> Self {
        Self { list, part: String::new(), group: None, span: None, rows: 0 }
    }

    /// One table of it.
    #[must_use]
    pub fn part(self, part: &str) -> Self {
        Self { part: part.to_owned(), ..self }
    }

    /// Of one group.
    #[must_use]
    pub fn about(self, group: GroupId) -> Self {
        Self { group: Some(group), ..self }
    }

    /// Of these days.
    #[must_use]
    pub fn over(self, span: Span) -> Self {
        Self { span: Some(span), ..self }
    }
}

impl Console {
    /// Notes who takes which rows away, before they leave. Whoever may not keep groups takes none;
    /// the audit log is taken by leads.
    pub async fn exported(&self, actor: &Actor, export: Export) -> Result<(), Denied> {
        export.group.map_or(Ok(()), |group| within(actor, group))?;
        let may = if export.list == "audit" { May::Lead } else { May::Keep };
        let mut told = json!({ "list": export.list, "rows": export.rows });
        if let Some(fields) = told.as_object_mut() {
            if !export.part.is_empty() {
                fields.insert("part".to_owned(), export.part.as_str().into());
            }
            if let Some(span) = export.span {
                fields.insert("days".to_owned(), format!("{} – {}", span.from, span.to).into());
            }
        }
        let about = About { group: export.group, person: None, told };
        let acting = self.acting(actor, may, "list.exported", about)?;
        Ok(self.store().note_act(acting).await?)
    }
}
