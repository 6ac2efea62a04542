//! Further addresses of codes (`link_domains`).

use domain::{Millis, OrgId};

use crate::fault::Result;
use crate::links::LinkDomainRow;
use crate::sql::Row;
use crate::store::Store;
use crate::team::Acting;

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT org, host, made_at, asked_at, since_at, word FROM link_domains ", $rest)
    };
}

const OF_ORG: &str = select!("WHERE org = $1 ORDER BY made_at, host");
const ALL: &str = select!("ORDER BY org, made_at, host");
const ADD: &str = "INSERT INTO link_domains (org, host, made_at, word) VALUES ($1, $2, $3, '') \
                   ON CONFLICT (org, host) DO NOTHING";
const DROP: &str = "DELETE FROM link_domains WHERE org = $1 AND host = $2";
const ASKED: &str = "UPDATE link_domains SET asked_at = $3, since_at = CASE \
                     WHEN since_at IS NULL OR word <> $4 THEN $3 ELSE since_at END, word = $4 \
                     WHERE org = $1 AND host = $2";

impl Store {
    /// Adds a domain; whether it was not there.
    pub async fn add_link_domain(&self, host: &str, acting: Acting) -> Result<bool> {
        let values = vec![acting.org.0.into(), host.into(), acting.at.0.into()];
        self.noted(ADD, values, acting).await
    }

    /// Takes a domain away; whether it was there.
    pub async fn drop_link_domain(&self, host: &str, acting: Acting) -> Result<bool> {
        self.noted(DROP, vec![acting.org.0.into(), host.into()], acting).await
    }

    /// Domains of an organisation, the oldest first.
    pub async fn link_domains(&self, org: OrgId) -> Result<Vec<LinkDomainRow>> {
        self.link_rows(OF_ORG, vec![org.0.into()], domain).await
    }

    /// Domains of all organisations: they are asked whether they answer.
    pub async fn all_link_domains(&self) -> Result<Vec<LinkDomainRow>> {
        self.link_rows(ALL, Vec::new(), domain).await
    }

    /// Notes how a domain answered: an empty word is as it should.
    pub async fn link_domain_asked(
        &self,
        (org, host): (OrgId, &str),
        (at, word): (Millis, &str),
    ) -> Result<()> {
        let values = vec![org.0.into(), host.into(), at.0.into(), word.into()];
        self.change_link_rows(ASKED, values).await.map(drop)
    }
}

fn domain(mut row: Row) -> Result<LinkDomainRow> {
    Ok(LinkDomainRow {
        org: OrgId(row.int(0)?),
        host: row.text(1)?,
        made: Millis(row.int(2)?),
        asked: row.opt_int(3)?.map(Millis),
        since: row.opt_int(4)?.map(Millis),
        word: row.text(5)?,
    })
}
