//! Customers (客户): who they are, and what each member of staff notes on them.

use domain::Millis;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::wecom::calls::page::Page;
use crate::wecom::calls::within::{self, Unit};
use crate::wecom::calls::{Done, lenient};
use crate::wecom::client::{Call, CallError, Client};

const OF_ONE: Call = Call::repeatable("/cgi-bin/externalcontact/list");
const GET: Call = Call::repeatable("/cgi-bin/externalcontact/get");
const OF_MANY: Call = Call::repeatable("/cgi-bin/externalcontact/batch/get_by_user");
const REMARK: Call = Call::repeatable("/cgi-bin/externalcontact/remark");

/// Members of staff in one question of [`Client::contacts_of_many`] (批量获取客户详情).
pub const FOLLOWERS_MAX: usize = 100;
/// Customers on a page; the most that is allowed.
const PAGE_ROWS: u32 = 100;
/// Characters of a remark and of the name of a company (修改客户备注信息).
pub const REMARK_CHARS_MAX: usize = 20;
/// Characters of a description. Same source.
pub const DESCRIPTION_CHARS_MAX: usize = 150;
/// No relation between this member of staff and this customer.
const NO_RELATION: i64 = 84_061;

/// A customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The same for the whole company.
    pub external_userid: String,
    /// Name in WeChat, or the public one of a WeCom user.
    pub name: String,
    /// Address of the picture.
    pub avatar: String,
    /// 1 WeChat user, 2 WeCom user.
    #[serde(rename = "type")]
    pub class: i64,
    /// 0 unknown, 1 male, 2 female.
    pub gender: i64,
    /// Only of WeChat users, and only with a bound open platform account.
    pub unionid: Option<String>,
    /// Short name of a WeCom user's company.
    pub corp_name: String,
}

/// What one member of staff has noted on a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Follow {
    /// The member of staff.
    pub userid: String,
    /// His name for the customer.
    pub remark: String,
    /// More about the customer.
    pub description: String,
    /// When the customer was added.
    #[serde(rename = "createtime", deserialize_with = "lenient::moment")]
    pub created: Millis,
    /// Tags with their names; only in [`Client::contact`].
    pub tags: Vec<FollowTag>,
    /// Ids of company tags; only in [`Client::contacts_of_many`].
    pub tag_id: Vec<String>,
    /// `state` of the contact way, or the channel of an acquisition link.
    pub state: Option<String>,
    /// Who began: a `userid` or an `external_userid`.
    pub oper_userid: String,
    /// How they met (来源), by the platform's number: 1 by code, 4 in a group, 16 by 获客链接, …
    pub add_way: i64,
}

/// A tag on a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct FollowTag {
    /// Name of its group.
    pub group_name: String,
    /// Its name.
    pub tag_name: String,
    /// Its id; personal tags have none.
    pub tag_id: Option<String>,
    /// 1 of the company, 2 personal, 3 of a rule group.
    #[serde(rename = "type")]
    pub class: i64,
}

/// A customer, and what one member of staff noted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Followed {
    /// The customer.
    #[serde(rename = "external_contact")]
    pub person: Person,
    /// The notes.
    #[serde(rename = "follow_info")]
    pub follow: Follow,
}

/// New notes of a member of staff on a customer; what is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// The member of staff.
    pub userid: String,
    /// The customer.
    pub external_userid: String,
    /// At most [`REMARK_CHARS_MAX`] characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// At most [`DESCRIPTION_CHARS_MAX`] characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// At most [`REMARK_CHARS_MAX`] characters; only of WeChat users.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark_company: Option<String>,
    /// All numbers; none takes them away.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "mobiles")]
    pub remark_mobiles: Option<Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Ids {
    external_userid: Vec<String>,
}

#[derive(Deserialize)]
struct Found {
    external_contact: Person,
    #[serde(default)]
    follow_user: Vec<Follow>,
    #[serde(default)]
    next_cursor: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Many {
    external_contact_list: Vec<Followed>,
    next_cursor: String,
}

impl Follow {
    /// Ids of all tags that have one, whichever call this came from.
    pub fn tag_ids(&self) -> impl Iterator<Item = &str> {
        let named = self.tags.iter().filter_map(|tag| tag.tag_id.as_deref());
        named.chain(self.tag_id.iter().map(String::as_str))
    }
}

impl Client {
    /// Ids of the customers of one member of staff; empty when there are none.
    pub async fn contacts_of(&self, userid: &str) -> Result<Vec<String>, CallError> {
        match self.get::<Ids>(OF_ONE, &[("userid", userid)]).await {
            Ok(ids) => Ok(ids.external_userid),
            Err(error) if error.code() == Some(NO_RELATION) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// A customer, and a page of at most 500 notes of staff; the first one without a cursor.
    pub async fn contact(
        &self,
        external_userid: &str,
        cursor: Option<&str>,
    ) -> Result<(Person, Page<Follow>), CallError> {
        let mut query = vec![("external_userid", external_userid)];
        query.extend(cursor.map(|cursor| ("cursor", cursor)));
        let found: Found = self.get(GET, &query).await?;
        Ok((found.external_contact, Page::of(found.follow_user, found.next_cursor, cursor)?))
    }

    /// A page of at most 100 customers of these members of staff (at most [`FOLLOWERS_MAX`]);
    /// a customer comes once for each.
    pub async fn contacts_of_many(
        &self,
        userids: &[String],
        cursor: Option<&str>,
    ) -> Result<Page<Followed>, CallError> {
        within::some_entries("userid_list", userids, FOLLOWERS_MAX)?;
        let cursor_word = cursor.unwrap_or_default();
        let body = json!({ "userid_list": userids, "cursor": cursor_word, "limit": PAGE_ROWS });
        let many: Many = self.post(OF_MANY, &body).await?;
        Page::of(many.external_contact_list, many.next_cursor, cursor)
    }

    /// Changes notes on a customer.
    pub async fn set_remark(&self, remark: &Remark) -> Result<(), CallError> {
        let texts = [
            ("remark", &remark.remark, REMARK_CHARS_MAX),
            ("description", &remark.description, DESCRIPTION_CHARS_MAX),
            ("remark_company", &remark.remark_company, REMARK_CHARS_MAX),
        ];
        for (what, text, most) in texts {
            within::chars(what, text.as_deref().unwrap_or_default(), most)?;
        }
        let changes = texts.iter().filter(|(_, text, _)| text.is_some()).count()
            + usize::from(remark.remark_mobiles.is_some());
        within::above("remark", changes, 1, Unit::Entries)?;
        self.post::<Done>(REMARK, remark).await.map(drop)
    }
}

/// No number at all is told as one that is empty.
#[expect(clippy::ref_option, reason = "serde passes fields by reference")]
fn mobiles<S: serde::Serializer>(list: &Option<Vec<String>>, to: S) -> Result<S::Ok, S::Error> {
    match list {
        Some(list) if !list.is_empty() => list.serialize(to),
        _ => [""].serialize(to),
    }
}
