//! Callbacks as WeCom sends them, and what they are read as.

use chat::wecom::{
    BODY_BYTES_MAX, ContactChange, Fields, GroupChange, Moved, News, NotFields, Told,
};
use domain::Millis;

fn told(body: &str) -> Told {
    Told::of(&Fields::of(body).unwrap())
}

fn event(event: &str, rest: &str) -> Told {
    told(&format!(
        "<xml><ToUserName><![CDATA[ww1234567890abcdef]]></ToUserName>\
         <FromUserName><![CDATA[sys]]></FromUserName><CreateTime>1760000000</CreateTime>\
         <MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{event}]]></Event>{rest}</xml>"
    ))
}

fn contact(rest: &str) -> ContactChange {
    let people = "<UserID>xiaolin</UserID><ExternalUserID>wo1</ExternalUserID>";
    match event("change_external_contact", &format!("{people}{rest}")).news {
        News::Contact { staff, customer, change } => {
            assert_eq!((staff.as_str(), customer.as_str()), ("xiaolin", "wo1"));
            change
        }
        other => panic!("{other:?}"),
    }
}

fn group(rest: &str) -> GroupChange {
    match event("change_external_chat", &format!("<ChatId>wr1</ChatId>{rest}")).news {
        News::Group { chat, change } if chat == "wr1" => change,
        other => panic!("{other:?}"),
    }
}

#[test]
fn contacts_come_with_their_channel_and_the_code_for_one_welcome() {
    let added = "<State>poster_a</State><WelcomeCode><![CDATA[CODE]]></WelcomeCode>";
    let change = |kind: &str| contact(&format!("<ChangeType>{kind}</ChangeType>{added}"));
    let whole = |half| ContactChange::Added {
        half,
        state: Some("poster_a".into()),
        welcome: Some("CODE".into()),
    };
    assert_eq!(change("add_external_contact"), whole(false));
    assert_eq!(change("add_half_external_contact"), whole(true));
    assert_eq!(
        contact("<ChangeType>add_external_contact</ChangeType>"),
        ContactChange::Added { half: false, state: None, welcome: None }
    );
    assert_eq!(
        change("msg_audit_approved"),
        ContactChange::Agreed { welcome: Some("CODE".into()) }
    );
}

#[test]
fn contacts_go_in_three_ways() {
    let of = |rest: &str| contact(rest);
    assert_eq!(
        of("<ChangeType>del_external_contact</ChangeType><Source>DELETE_BY_TRANSFER</Source>"),
        ContactChange::Dropped { handed_over: true }
    );
    assert_eq!(
        of("<ChangeType>del_external_contact</ChangeType>"),
        ContactChange::Dropped { handed_over: false }
    );
    assert_eq!(of("<ChangeType>del_follow_user</ChangeType>"), ContactChange::Left);
    assert_eq!(
        of("<ChangeType>transfer_fail</ChangeType><FailReason>customer_refused</FailReason>"),
        ContactChange::HandOverFailed("customer_refused".into())
    );
}

#[test]
fn who_came_to_a_group_is_read_from_elements_and_from_a_list_with_commas() {
    let rest = |list: &str| {
        format!(
            "<ChangeType>update</ChangeType><UpdateDetail>add_member</UpdateDetail>\
             <JoinScene>3</JoinScene><QuitScene>0</QuitScene><MemChangeCnt>2</MemChangeCnt>\
             <MemChangeList>{list}</MemChangeList><LastMemVer>9c3f</LastMemVer>\
             <CurMemVer>7121</CurMemVer>"
        )
    };
    let came = GroupChange::Joined(Moved {
        scene: Some(3),
        count: Some(2),
        people: vec!["wmA".into(), "lisi".into()],
        before: Some("9c3f".into()),
        after: Some("7121".into()),
    });
    assert_eq!(group(&rest("<Item>wmA</Item><Item>lisi</Item>")), came);
    assert_eq!(group(&rest("\n <Item><![CDATA[wmA]]></Item>\n <Item> lisi </Item>\n")), came);
    assert_eq!(group(&rest("<![CDATA[wmA, lisi]]>")), came);
}

#[test]
fn the_detail_says_which_of_two_scenes_counts() {
    let both = "<JoinScene>0</JoinScene><QuitScene>1</QuitScene>";
    let of = |detail: &str| {
        group(&format!(
            "<ChangeType>update</ChangeType><UpdateDetail>{detail}</UpdateDetail>{both}"
        ))
    };
    let moved = |scene| Moved { scene: Some(scene), ..Moved::default() };
    assert_eq!(of("del_member"), GroupChange::Gone(moved(1)));
    assert_eq!(of("add_member"), GroupChange::Joined(moved(0)));
    assert_eq!(of("change_owner"), GroupChange::Owner);
    assert_eq!(of("change_weather"), GroupChange::Other("change_weather".into()));
}

#[test]
fn pressed_cards_say_who_what_and_each_answer_under_its_question() {
    let card = event(
        "template_card_event",
        "<TaskId>todo-1</TaskId><EventKey>done</EventKey><ResponseCode>R</ResponseCode>\
         <SelectedItems>\
         <SelectedItem><QuestionKey>why</QuestionKey><OptionIds><OptionId>ad</OptionId></OptionIds></SelectedItem>\
         <SelectedItem><QuestionKey>who</QuestionKey><OpitonIds><OpitonId>a</OpitonId><OpitonId>b</OpitonId></OpitonIds></SelectedItem>\
         </SelectedItems>",
    );
    let pairs = [("why", "ad"), ("who", "a"), ("who", "b")];
    assert_eq!(
        card.news,
        News::Card {
            staff: "sys".into(),
            task: "todo-1".into(),
            button: "done".into(),
            response: Some("R".into()),
            chosen: pairs.map(|(question, answer)| (question.into(), answer.into())).to_vec(),
        }
    );
}

#[test]
fn what_is_not_known_is_kept_by_its_words() {
    let other = |told: Told| match told.news {
        News::Other { event, change } => (event, change),
        known => panic!("{known:?}"),
    };
    assert_eq!(
        other(event("customer_acquisition", "<ChangeType>balance_low</ChangeType>")),
        ("customer_acquisition".into(), "balance_low".into())
    );
    assert_eq!(
        other(event("change_external_chat", "<ChangeType>create</ChangeType>")),
        ("change_external_chat".into(), "create".into()),
        "a group without its id is no group"
    );
    assert_eq!(
        other(told("<xml><MsgType>text</MsgType><Content>在吗</Content></xml>")),
        ("text".into(), String::new())
    );
}

#[test]
fn times_are_seconds_and_a_missing_one_is_zero() {
    assert_eq!(event("low_active", "").at, Millis(1_760_000_000_000));
    let alert = event("low_active_alert", "<EffectTime>1760086400</EffectTime>").news;
    assert_eq!(
        alert,
        News::App { event: "low_active_alert".into(), effect: Some(Millis(1_760_086_400_000)) }
    );
    assert_eq!(told("<xml></xml>").at, Millis(0));
}

#[test]
fn letters_are_unescaped_and_own_entities_refused() {
    let name = Fields::of("<xml><Name>A&amp;B &#32676;&lt;1&gt;</Name></xml>").unwrap();
    assert_eq!(name.get("Name"), Some("A&B 群<1>"));
    for body in [
        "<!DOCTYPE x [<!ENTITY a \"b\">]><xml><Name>&a;</Name></xml>",
        "<xml><Name>&a;</Name></xml>",
        "<xml><Name>&#xD800;</Name></xml>",
    ] {
        assert_eq!(Fields::of(body), Err(NotFields::Xml), "{body}");
    }
}

#[test]
fn what_is_no_callback_is_refused() {
    let deep = format!("{}{}", "<a>".repeat(9), "</a>".repeat(9));
    for body in ["", "hello", "{}", "<xml>", "<xml></lmx>", "<xml/><", deep.as_str()] {
        assert_eq!(Fields::of(body), Err(NotFields::Xml), "{body}");
    }
    let long = format!("<xml>{}</xml>", "x".repeat(BODY_BYTES_MAX));
    assert_eq!(Fields::of(&long), Err(NotFields::Long));
}
