//! Staff: who has the customer-contact function, and what a self-built app may know of people and
//! departments in its visible range (可见范围).

use serde::Deserialize;

use crate::wecom::client::{Call, CallError, Client};

const FOLLOWERS: Call = Call::repeatable("/cgi-bin/externalcontact/get_follow_user_list");
const DEPARTMENTS: Call = Call::repeatable("/cgi-bin/department/list");
const COLLEAGUES: Call = Call::repeatable("/cgi-bin/user/simplelist");
const COLLEAGUE: Call = Call::repeatable("/cgi-bin/user/get");

/// A department in the visible range.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Department {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The department above it; 1 is the company.
    #[serde(rename = "parentid")]
    pub parent: i64,
}

/// A member of staff in the visible range.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Colleague {
    /// The `userid`.
    pub userid: String,
    /// The name.
    pub name: String,
    /// Departments, as far as they are in the range.
    pub department: Vec<i64>,
    /// 1 active, 2 barred, 4 not active yet, 5 has left; 0 when it is not told (in lists).
    pub status: i64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Followers {
    follow_user: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Departments {
    department: Vec<Department>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Colleagues {
    userlist: Vec<Colleague>,
}

impl Client {
    /// Ids of staff who have the customer-contact function and are in the visible range.
    pub async fn staff(&self) -> Result<Vec<String>, CallError> {
        let answer: Followers = self.get(FOLLOWERS, &[]).await?;
        Ok(answer.follow_user)
    }

    /// All departments in the visible range.
    ///
    /// Source: 获取部门列表 (path/90208).
    pub async fn departments(&self) -> Result<Vec<Department>, CallError> {
        let answer: Departments = self.get(DEPARTMENTS, &[]).await?;
        Ok(answer.department)
    }

    /// Members of one department, without those of the departments below it.
    ///
    /// Source: 获取部门成员 (path/90200).
    pub async fn colleagues(&self, department: i64) -> Result<Vec<Colleague>, CallError> {
        let department = department.to_string();
        let query = [("department_id", department.as_str())];
        let answer: Colleagues = self.get(COLLEAGUES, &query).await?;
        Ok(answer.userlist)
    }

    /// One member of staff.
    ///
    /// Source: 读取成员 (path/90196); new apps are not told mobile, mail and picture.
    pub async fn colleague(&self, userid: &str) -> Result<Colleague, CallError> {
        self.get(COLLEAGUE, &[("userid", userid)]).await
    }
}
