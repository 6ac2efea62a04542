//! The prose inside the markup of WeChat's own rows.

use crate::formats::wechat::content::unescaped;
use std::borrow::Cow;

/// The words of a system row: templates are filled in, frames and tags are taken away.
pub(crate) fn plain(row: &str) -> Cow<'_, str> {
    if !row.contains('<') {
        return Cow::Borrowed(row);
    }
    if let Some(filled) = filled_template(row) {
        return Cow::Owned(filled);
    }
    let inner = between(row, "<replacemsg>", "</replacemsg>").unwrap_or(row);
    if inner.trim_start().starts_with("<![CDATA[") {
        return unescaped(inner);
    }
    Cow::Owned(without_tags(inner))
}

/// `"$username$"邀请"$names$"加入了群聊` with a list of people for each `$…$`.
fn filled_template(row: &str) -> Option<String> {
    let template = unescaped(between(row, "<template>", "</template>")?);
    let mut text = template.into_owned();
    for link in row.split("<link ").skip(1) {
        let name = between(link, "name=\"", "\"")?;
        let link = link.split("</link>").next().unwrap_or(link);
        let people: Vec<Cow<'_, str>> = link
            .split("<nickname>")
            .skip(1)
            .filter_map(|rest| rest.split("</nickname>").next())
            .map(unescaped)
            .collect();
        let words = match people.as_slice() {
            [] => between(link, "<plain>", "</plain>").map_or("".into(), unescaped),
            people => Cow::Owned(people.join("、")),
        };
        text = text.replace(&format!("${name}$"), &words);
    }
    Some(text)
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        if let Some((_, after)) = tag.split_once('>') {
            rest = after;
        } else {
            out.push('<');
            rest = tag;
        }
    }
    out.push_str(rest);
    out
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    Some(text.split_once(open)?.1.split_once(close)?.0)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn templates_frames_and_tags_become_prose() {
        let member =
            |name: &str| format!("<member><nickname><![CDATA[{name}]]></nickname></member>");
        let template = format!(
            "<sysmsg type=\"sysmsgtemplate\"><sysmsgtemplate><content_template>\
             <plain><![CDATA[]]></plain><template><![CDATA[\"$username$\"邀请\"$names$\"加入了群聊]]>\
             </template><link_list><link name=\"username\" type=\"link_profile\"><memberlist>{}\
             </memberlist></link><link name=\"names\" type=\"link_profile\"><memberlist>{}{}\
             </memberlist></link></link_list></content_template></sysmsgtemplate></sysmsg>",
            member("安"),
            member("小林"),
            member("阿杰")
        );
        assert_eq!(plain(&template), "\"安\"邀请\"小林、阿杰\"加入了群聊");
        let recall = "<sysmsg type=\"revokemsg\"><revokemsg><replacemsg><![CDATA[\"安\" 撤回了一条消息]]>\
                      </replacemsg></revokemsg></sysmsg>";
        assert_eq!(plain(recall), "\"安\" 撤回了一条消息");
        let packet = "<img src=\"a.png\"/>  \"安\"领取了你的<a href=\"x\">红包</a>";
        assert_eq!(plain(packet), "  \"安\"领取了你的红包");
        assert_eq!(plain("1 < 2"), "1 < 2");
    }
}
