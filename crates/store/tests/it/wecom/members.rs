//! Who is in customer groups: a reading names everybody.

use domain::Millis;
use store::{Fault, WecomId, WecomMember};

use crate::people::{id as person, scene};
use crate::wecom::{connected, connected_in, detail, page};

fn one(userid: &str, who: u32) -> WecomMember {
    WecomMember {
        userid: userid.to_owned(),
        who: person(who),
        class: 2,
        joined: Millis(4),
        scene: 3,
        state: "poster_a".to_owned(),
        inviter: "sam".to_owned(),
        name: "王语嫣".to_owned(),
        nickname: String::new(),
        union: String::new(),
    }
}

async fn gone(store: &store::Store, id: WecomId) -> Vec<Option<i64>> {
    let rows = store.wecom_members_of(id, "wr1").await.unwrap();
    rows.iter().map(|row| row.gone.map(|at| at.0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_a_reading_does_not_name_has_gone_until_named_again() {
    for database in testkit::databases().await {
        let (store, other) = scene(&database, 3).await;
        let id = connected(&store).await;
        store.wecom_read(id, page(10, vec![detail("wr1", "a"), detail("wr2", "b")])).await.unwrap();
        let put = async |chat: &str, at, members: &[WecomMember]| {
            store.put_wecom_members(id, chat, (members, Millis(at))).await
        };
        put("wr2", 10, &[one("wm1", 1)]).await.unwrap();
        let renamed = WecomMember { nickname: "顾客".to_owned(), ..one("wm1", 1) };
        put("wr1", 10, &[one("wm1", 1), one("wm2", 2), renamed.clone()]).await.unwrap();
        let rows = store.wecom_members_of(id, "wr1").await.unwrap();
        assert_eq!((rows.len(), &rows[0].member), (2, &renamed), "named twice, there once");

        put("wr1", 11, &[one("wm2", 2), one("wm3", 3)]).await.unwrap();
        put("wr1", 12, &[one("wm2", 2)]).await.unwrap();
        assert_eq!(gone(&store, id).await, [Some(11), None, Some(12)]);
        let all = store.wecom_members(id).await.unwrap();
        let all: Vec<_> =
            all.iter().map(|row| (row.chat.as_str(), row.member.userid.as_str())).collect();
        assert_eq!(all, [("wr1", "wm1"), ("wr1", "wm2"), ("wr1", "wm3"), ("wr2", "wm1")]);
        put("wr1", 13, &[renamed, one("wm2", 2), one("wm3", 3)]).await.unwrap();
        assert_eq!(gone(&store, id).await, [None, None, None]);

        let unknown = put("wr9", 14, &[one("wm1", 1)]).await.unwrap_err();
        assert!(matches!(unknown, Fault::Constraint { .. }), "{unknown}");
        let foreign = connected_in(&store, other, "h2").await;
        assert!(store.wecom_members(foreign).await.unwrap().is_empty());
        assert!(store.wecom_members_of(foreign, "wr1").await.unwrap().is_empty());
    }
}
