//! What goes beside customers and groups: live codes, and what they keep in huoqun itself.

use app::console::groups::{BulkAsked, CardChange};
use app::links::{CodeForm, StaffLine};
use app::wecom::{CodesTo, HandoverForm, SeatForm};
use domain::{Actor, GroupId, Role, Scope, StaffId};
use store::{Acting, AuditQuery, WecomId};

use crate::live::ORG;
use crate::wecom::handover::to;
use crate::wecom::{Scene, hired, owner, wrong};

impl Scene {
    /// An open code that leads to these.
    async fn leading(&self, name: &str, people: &[&str]) -> i64 {
        let line = |userid: &&str| StaffLine {
            userid: (*userid).to_owned(),
            weight: "1".to_owned(),
            ..StaffLine::default()
        };
        let form = CodeForm {
            kind: "staff".to_owned(),
            name: name.to_owned(),
            staff: people.iter().map(line).collect(),
            skips_verify: true,
            ..CodeForm::default()
        };
        self.console.open_code(&owner(), &form).await.unwrap()
    }

    /// They leave the company, and it is read anew.
    async fn leaves(&self, id: WecomId, userid: &str) {
        self.practice.act(|books, now| books.resign(userid, now)).unwrap();
        self.again(id).await;
    }

    async fn met(&self, code: i64) -> Vec<String> {
        let view = self.console.code(&owner(), code).await.unwrap();
        view.form.staff.into_iter().map(|line| line.userid).collect()
    }

    /// What a colleague keeps: two groups, one as back-up, and a note.
    async fn keeps(&self, keeper: StaffId) -> [GroupId; 2] {
        let mut all = self.console.givable(&owner()).await.unwrap().into_iter();
        let other = all.find(|(group, _)| *group != self.place.group).unwrap().0;
        let groups = [self.place.group, other];
        let card = |group, change| BulkAsked { which: Err(vec![group]), change, seen: None };
        let changes = [
            CardChange { owner: Some(keeper), ..CardChange::default() },
            CardChange { backup: Some(keeper), ..CardChange::default() },
        ];
        for (group, change) in groups.into_iter().zip(changes) {
            self.console.bulk_change(&owner(), &card(group, change)).await.unwrap().unwrap();
        }
        let scope = Scope::Groups(groups.into());
        let name = "keeper".to_owned();
        let keeps = Actor { org: ORG, staff: keeper, name, role: Role::Operator, scope };
        let note = ("常来", Some(self.place.group));
        self.console.write_note(&keeps, self.place.ann, note).await.unwrap();
        groups
    }

    /// Somebody of the company is this colleague.
    async fn is(&self, id: WecomId, (userid, staff): (&str, StaffId)) {
        let form = SeatForm {
            who: Some((id.account, userid.to_owned())),
            quiet_from: "22:00".to_owned(),
            quiet_to: "08:00".to_owned(),
        };
        self.console.put_phone_seat(&owner(), staff, &form).await.unwrap();
    }

    async fn acts(&self, act: &str) -> usize {
        let query = AuditQuery { act: Some(act.to_owned()), limit: 100, ..AuditQuery::default() };
        self.store.audit(ORG, query).await.unwrap().len()
    }
}

// catalogue: U21
#[tokio::test(flavor = "multi_thread")]
async fn no_code_leads_to_the_leaver_after_it_began() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 8).await;
        let id = scene.connected().await;
        let takers = scene.takers();
        let [leaver, taker, mate] = [&takers[0], &takers[1], &takers[2]];
        let alone = scene.leading("门口", &[leaver]).await;
        let both = scene.leading("收银台", &[leaver, mate]).await;
        scene.leading("别人的", &[mate]).await;
        let over = scene.leading("关掉的", &[leaver]).await;
        scene.console.close_code(&owner(), over).await.unwrap();
        scene.leaves(id, leaver).await;
        let holders = scene.console.holders(&owner(), id.account).await.unwrap();
        assert_eq!(holders.of(leaver).map(|one| (one.left, one.codes)), Some((true, 2)));
        let mut form = to(leaver, &[taker]);
        let draft = scene.console.draft_handover(&owner(), id.account, &form).await.unwrap();
        let codes = [(alone, "门口".to_owned()), (both, "收银台".to_owned())];
        assert_eq!(draft.beside.codes, codes);
        assert_eq!(draft.codes_to, holders.of(taker).unwrap().name);
        form.codes = CodesTo::One("nobody".to_owned());
        let denied = scene.console.begin_handover(&owner(), id.account, &form).await.unwrap_err();
        assert_eq!((wrong(denied)[0].field), "codes");
        assert_eq!(scene.met(alone).await, [leaver.as_str()], "a plan changes nothing");
        form.codes = CodesTo::First;
        let begun = scene.console.begin_handover(&owner(), id.account, &form).await.unwrap();
        assert_eq!((begun.codes.done, begun.codes.stuck), (codes.to_vec(), Vec::new()));
        assert_eq!(scene.met(alone).await, [taker.as_str()]);
        assert_eq!(scene.met(both).await, [taker.clone(), mate.clone()]);
        assert!(scene.shown(id, begun.handover).await.beside.codes.is_empty());
        assert_eq!(scene.acts("code.changed").await, 2, "one line for each");
        scene.place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_was_closed_or_changed_meanwhile_is_not_lost() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 8).await;
        let id = scene.connected().await;
        let takers = scene.takers();
        let [leaver, taker, other] = [&takers[0], &takers[1], &takers[2]];
        let code = scene.leading("门口", &[leaver]).await;
        scene.leaves(id, leaver).await;
        let row = scene.store.link_code(ORG, code).await.unwrap().unwrap();
        scene.console.close_code(&owner(), code).await.unwrap();
        let acting = || Acting {
            org: ORG,
            staff: StaffId(1),
            at: scene.practice.now(),
            act: "code.changed",
            group: None,
            person: None,
            about: "{}".to_owned(),
        };
        let led = async |was: &str| {
            scene.store.lead_link_code(code, (was, "{}"), acting()).await.unwrap()
        };
        assert!(!led(&row.said.body).await, "it was closed");
        let begun = scene.begins(id, &to(leaver, &[taker])).await;
        assert!(scene.shown(id, begun).await.beside.codes.is_empty());
        scene.console.reopen_code(&owner(), code).await.unwrap();
        assert!(!led("{\"other\":1}").await, "it was changed");
        assert_eq!(scene.met(code).await, [leaver.as_str()]);
        let left = scene.shown(id, begun).await.beside.codes;
        assert_eq!(left, [(code, "门口".to_owned())], "it stands on the page");
        let which = (id.account, begun);
        for nobody in [leaver.as_str(), "nobody", ""] {
            let denied = scene.console.lead_handover_codes(&owner(), which, nobody).await;
            assert_eq!(wrong(denied.unwrap_err())[0].code, "not_a_taker", "{nobody}");
        }
        let keeper = Actor { role: Role::Operator, ..owner() };
        assert!(scene.console.lead_handover_codes(&keeper, which, other).await.is_err());
        let came = scene.console.lead_handover_codes(&owner(), which, other).await.unwrap();
        assert_eq!((came.done.len(), came.stuck.len()), (1, 0));
        assert_eq!(scene.met(code).await, [other.as_str()]);
        let again = scene.console.lead_handover_codes(&owner(), which, other).await;
        assert_eq!(wrong(again.unwrap_err())[0].code, "no_codes");
        scene.place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_codes_alone_is_handed_over_and_it_ends_at_once() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = scene.connected().await;
    let takers = scene.takers();
    let [giver, taker] = [&takers[0], &takers[1]];
    let code = scene.leading("门口", &[giver]).await;
    scene.practice.write(|books| {
        books.bonds.remove(giver);
        books.groups.retain(|_, group| group.owner != *giver);
    });
    // Who holds nothing on WeCom is in no list of those who left.
    scene.leaves(id, giver).await;
    let holders = scene.console.holders(&owner(), id.account).await.unwrap();
    let one = holders.of(giver).unwrap();
    assert_eq!((one.contacts, one.groups, one.codes), (0, 0, 1), "{one:?}");
    let form = to(giver, &[taker]);
    let stays = HandoverForm { codes: CodesTo::Nobody, ..form.clone() };
    let denied = scene.console.begin_handover(&owner(), id.account, &stays).await.unwrap_err();
    assert_eq!(wrong(denied)[0].code, "nothing");
    let begun = scene.begins(id, &form).await;
    let view = scene.shown(id, begun).await;
    assert!(view.row.ended.is_some() && view.items.is_empty() && view.beside.codes.is_empty());
    assert_eq!(scene.met(code).await, [taker.as_str()]);
    scene.place.live.stop().await;
}

// catalogue: U21, R01
#[tokio::test(flavor = "multi_thread")]
async fn what_the_leaver_keeps_here_goes_along_by_the_same_rights() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 8).await;
        let id = scene.connected().await;
        let takers = scene.takers();
        let [leaver, taker] = [&takers[0], &takers[1]];
        assert_eq!(hired(&scene.store, "boss", Role::Owner).await, owner().staff);
        let keeper = hired(&scene.store, "keeper", Role::Operator).await;
        let next = hired(&scene.store, "next", Role::Operator).await;
        let reader = hired(&scene.store, "reader", Role::ReadOnly).await;
        let groups = scene.keeps(keeper).await;
        let mut form = to(leaver, &[taker]);
        form.here = next.0.to_string();
        let denied = scene.console.draft_handover(&owner(), id.account, &form).await.unwrap_err();
        let codes = wrong(denied);
        assert_eq!((codes[0].field, codes[0].code), ("here", "nobody_here"));
        scene.is(id, (leaver, keeper)).await;
        for bad in [reader.0.to_string(), keeper.0.to_string(), "99".into(), "x".into()] {
            let form = HandoverForm { here: bad.clone(), ..form.clone() };
            let denied = scene.console.begin_handover(&owner(), id.account, &form).await;
            let codes = wrong(denied.unwrap_err());
            assert_eq!((codes[0].field, codes[0].code), ("here", "cannot_keep"), "{bad}");
        }
        // Nobody hands over the own account.
        let own = Actor { staff: keeper, role: Role::Lead, ..owner() };
        let denied = scene.console.begin_handover(&own, id.account, &form).await.unwrap_err();
        assert_eq!(wrong(denied)[0].code, "above");
        let draft = scene.console.draft_handover(&owner(), id.account, &form).await.unwrap();
        let kept = draft.beside.here.unwrap();
        assert_eq!((kept.has.groups.len(), kept.has.notes), (2, 1));
        assert_eq!((kept.name.as_str(), draft.here_to.as_str()), ("keeper", "next"));
        let begun = scene.console.begin_handover(&owner(), id.account, &form).await.unwrap();
        let came = begun.here.unwrap();
        assert_eq!((came.groups, came.notes, came.stuck), (2, 1, Vec::new()));
        let kept = scene.shown(id, begun.handover).await.beside.here.unwrap();
        assert!(kept.is_empty(), "{kept:?}");
        let has = scene.store.holdings(ORG, next).await.unwrap();
        let mut with: Vec<(GroupId, bool)> =
            has.groups.iter().map(|one| (one.group, one.as_owner)).collect();
        with.sort_unstable();
        let mut wanted = vec![(groups[0], true), (groups[1], false)];
        wanted.sort_unstable();
        assert_eq!((with, has.notes), (wanted, 1));
        assert_eq!(scene.acts("group.handed_over").await, 2);
        assert_eq!(scene.acts("notes.handed_over").await, 1);
        scene.place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_theirs_to_hand_over_stays_and_so_does_what_nobody_was_chosen_for() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 8).await;
    let id = scene.connected().await;
    let takers = scene.takers();
    let [giver, taker] = [&takers[0], &takers[1]];
    assert_eq!(hired(&scene.store, "boss", Role::Owner).await, owner().staff);
    let keeper = hired(&scene.store, "keeper", Role::Lead).await;
    let next = hired(&scene.store, "next", Role::Operator).await;
    scene.keeps(keeper).await;
    scene.is(id, (giver, keeper)).await;
    let lead = hired(&scene.store, "lead", Role::Lead).await;
    let lead = Actor { staff: lead, role: Role::Lead, ..owner() };
    let mut form = to(giver, &[taker]);
    form.here = next.0.to_string();
    let denied = scene.console.begin_handover(&lead, id.account, &form).await.unwrap_err();
    let codes = wrong(denied);
    assert_eq!((codes[0].field, codes[0].code), ("here", "above"));
    form.here = String::new();
    let draft = scene.console.draft_handover(&lead, id.account, &form).await.unwrap();
    let kept = draft.beside.here.unwrap();
    assert!(kept.is_barred && kept.is_empty(), "what it is is not told: {kept:?}");
    let begun = scene.console.begin_handover(&lead, id.account, &form).await.unwrap();
    assert!(begun.here.is_none());
    let kept = scene.shown(id, begun.handover).await.beside.here.unwrap();
    assert_eq!((kept.has.groups.len(), kept.has.notes), (2, 1), "the owner sees what is left");
    assert_eq!(scene.acts("group.handed_over").await, 0);
    scene.place.live.stop().await;
}
