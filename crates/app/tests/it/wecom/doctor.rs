//! Whether a connection is well: each thing that goes wrong is told, by itself and in words.

use app::console::{Console, Tone};
use app::wecom::{
    Answer, Api, Cause, CompanyCheck, CompanyFinding, CompanyForm, CompanyLooked, Hook, Sight,
    Vault, examine, judged_company,
};
use chat::wecom::{Lack, Opened, Shut};
use domain::Millis;
use practice::wecom::{Family, Fault, Faults};
use report::Lang;

use crate::live::ORG;
use crate::wecom::{Scene, owner};

type Set = fn(&mut Faults);
use CompanyCheck::{Agent, Callback, Clock, Credentials, Permission, Range, Reading, Signature};

/// What is not well.
fn bad(found: &[CompanyFinding]) -> Vec<(CompanyCheck, Tone, Cause)> {
    let bad = found.iter().filter(|one| one.tone != Tone::Well);
    bad.map(|one| (one.check, one.tone, one.cause.clone())).collect()
}

async fn found(scene: &Scene, account: i64) -> Vec<CompanyFinding> {
    scene.console.examine_company(&owner(), account, None).await.unwrap()
}

/// Connects with the number of the app, and reads.
async fn connected(scene: &Scene) -> i64 {
    let id = scene.connected().await;
    let form = CompanyForm { agent: scene.practice.agent().to_string(), ..scene.form() };
    scene.console.change_company(&owner(), id.account, &form).await.unwrap();
    scene.rested(id).await;
    id.account
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sound_connection_is_well_and_looking_changes_nothing() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 11).await;
    let account = connected(&scene).await;
    let (before, calls) = (scene.practice.read(Clone::clone), scene.practice.calls().len());
    let all = found(&scene, account).await;
    assert_eq!(bad(&all), [(Callback, Tone::Look, Cause::Unset)], "{all:?}");
    assert_eq!(all.len(), 15, "{all:?}");
    let books = scene.practice.read(Clone::clone);
    assert_eq!(serde_json::to_string(&before).unwrap(), serde_json::to_string(&books).unwrap());
    let asked = scene.practice.calls().split_off(calls);
    let changes = ["add", "edit", "del", "update", "send", "mark", "upload", "remark"];
    let harmless = |path: &str| !changes.iter().any(|word| path.contains(word));
    assert!(asked.len() > 9 && asked.iter().all(|call| harmless(&call.path)), "{asked:?}");
    assert!(!format!("{all:?}").contains(scene.practice.secret()));
    scene.place.live.stop().await;
}

/// A fault, and what is told of it.
type Case = (Set, CompanyCheck, Tone, Cause);

fn cases() -> Vec<Case> {
    let seen = Some([127, 0, 0, 1].into());
    vec![
        (
            |all| all.plan("gettoken", 1, Fault::Code(40_001)),
            Credentials,
            Tone::Broken,
            Cause::Lacks(Lack::Secret),
        ),
        (
            |all| all.plan("gettoken", 4, Fault::Status(502)),
            Credentials,
            Tone::Broken,
            Cause::Unreached,
        ),
        (|all| all.disabled = true, Credentials, Tone::Broken, Cause::Lacks(Lack::Disabled)),
        (|all| all.untrusted = true, CompanyCheck::Trusted, Tone::Broken, Cause::Untrusted(seen)),
        (
            |all| _ = all.revoked.insert(Family::Groups),
            Permission(Api::Groups),
            Tone::Broken,
            Cause::Forbidden,
        ),
        (
            |all| _ = all.revoked.insert(Family::Transfers),
            Permission(Api::Transfers),
            Tone::Look,
            Cause::Forbidden,
        ),
        (
            |all| _ = all.revoked.insert(Family::Media),
            Permission(Api::Media),
            Tone::Look,
            Cause::Forbidden,
        ),
        (
            |all| all.plan("externalcontact/get_corp_tag_list", 1, Fault::Code(45_009)),
            Permission(Api::Tags),
            Tone::Look,
            Cause::Failed,
        ),
        (
            |all| all.plan("agent/get", 1, Fault::Code(301_002)),
            Agent,
            Tone::Broken,
            Cause::OtherAgent,
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_of_the_platform_is_told_by_itself() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 12).await;
    let account = connected(&scene).await;
    for (set, check, tone, cause) in cases() {
        scene.practice.faults(set);
        let all = found(&scene, account).await;
        let told = [(check, tone, cause), (Callback, Tone::Look, Cause::Unset)];
        assert_eq!(bad(&all), told, "{all:?}");
        let one = all.iter().find(|one| one.check == check).unwrap();
        for l in [Lang::Zh, Lang::En] {
            assert!(!one.cause(l).is_empty() && !one.remedy(l).is_empty(), "{one:?}");
        }
        assert!(!one.said.is_empty() && !one.said.contains(scene.practice.secret()), "{one:?}");
        scene.practice.faults(Faults::clear);
    }
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_half_a_minute_apart_is_told_and_one_of_minutes_is_broken() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 13).await;
    let account = connected(&scene).await;
    let clock = |all: &[CompanyFinding]| {
        let one = all.iter().find(|one| one.check == Clock).unwrap();
        (one.tone, one.cause.clone())
    };
    scene.practice.advance(29_000);
    assert_eq!(clock(&found(&scene, account).await), (Tone::Well, Cause::Fine));
    scene.practice.advance(16_000);
    assert_eq!(clock(&found(&scene, account).await), (Tone::Look, Cause::Apart(45)));
    scene.practice.advance(Millis::HOUR);
    assert_eq!(clock(&found(&scene, account).await), (Tone::Broken, Cause::Apart(3_645)));
    scene.place.clock.pass(Millis::HOUR + 45_000 + 40_000);
    assert_eq!(clock(&found(&scene, account).await), (Tone::Look, Cause::Apart(-40)));
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_out_of_sight_is_counted_and_a_reading_that_stands_still_is_told() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 14).await;
    let account = connected(&scene).await;
    let owned = scene.practice.write(|books| {
        let living = |owner: &String| books.staff[owner].left.is_none();
        let owners = books.groups.values().map(|group| group.owner.clone());
        let owner = owners.clone().find(living).unwrap();
        books.staff.get_mut(&owner).unwrap().visible = false;
        u32::try_from(owners.filter(|one| *one == owner).count()).unwrap()
    });
    let all = found(&scene, account).await;
    let range = all.iter().find(|one| one.check == Range).unwrap();
    assert_eq!((range.tone, range.cause.clone()), (Tone::Look, Cause::OutOfSight(owned, 40)));
    scene.practice.write(|books| books.staff.values_mut().for_each(|one| one.visible = false));
    let all = found(&scene, account).await;
    let range = all.iter().find(|one| one.check == Range).unwrap();
    assert_eq!((range.tone, range.cause.clone()), (Tone::Broken, Cause::Nobody));
    scene.practice.faults(|faults| faults.untrusted = true);
    let id = store::WecomId { org: ORG, account };
    scene.again(id).await;
    scene.practice.faults(Faults::clear);
    let all = found(&scene, account).await;
    let reading = all.iter().find(|one| one.check == Reading).unwrap();
    let still = Cause::Still("address".to_owned());
    assert_eq!((reading.tone, reading.cause.clone()), (Tone::Broken, still));
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_key_nothing_is_asked_and_that_is_said() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 15).await;
    let account = connected(&scene).await;
    let calls = scene.practice.calls().len();
    let other = Console::new(scene.place.live.clone());
    other.open_vault(Vault::new(&[8; 32]));
    let all = other.examine_company(&owner(), account, None).await.unwrap();
    assert_eq!(bad(&all), [(Credentials, Tone::Broken, Cause::Locked)]);
    assert_eq!(scene.practice.calls().len(), calls);
    // The terminal needs no pipeline, and sees the same.
    let now: app::wecom::Now = std::sync::Arc::new(|| Millis(crate::live::NOON));
    let vault = Vault::new(&[7; 32]);
    let asked = examine(&scene.store, (ORG, Some(&vault)), (now.clone(), None)).await.unwrap();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].findings, found(&scene, account).await);
    assert_eq!(asked[0].worst(), Tone::Look);
    let keyless = examine(&scene.store, (ORG, None), (now, None)).await.unwrap();
    assert_eq!(keyless[0].worst(), Tone::Broken);
    scene.place.live.stop().await;
}

#[test]
fn what_the_callback_address_answers_is_told_apart() {
    let now = Millis(1_795_348_800_000);
    let opened = |inner| Ok(Opened { inner });
    let silent = || Err(Shut::Silent("refused".to_owned()));
    let of = |hook, last: Option<i64>| CompanyLooked {
        now,
        token: Some(Answer::Well),
        calls: vec![(Api::Contacts, Answer::Well)],
        apart_ms: Some(0),
        sight: Some(Sight { staff: 3, listed: 9, known: 9, out: 0 }),
        agent: Some((Answer::Well, false)),
        has_agent: true,
        hook,
        refused: (0, 0),
        last_letter: last.map(|hours| Millis(now.0 - hours * Millis::HOUR)),
        steps: (Vec::new(), Some(now)),
    };
    let hook = |knocked, beside| Hook::Asked { knocked, beside };
    let letters = CompanyCheck::Letters;
    for (looked, told) in [
        (of(hook(opened(false), false), Some(1)), vec![]),
        (of(hook(opened(true), true), Some(1)), vec![]),
        (of(hook(opened(true), false), Some(1)), vec![(Callback, Tone::Broken, Cause::Inner)]),
        (of(hook(opened(false), false), None), vec![(letters, Tone::Look, Cause::NeverHeard)]),
        (
            of(hook(opened(false), false), Some(24 * 9)),
            vec![(letters, Tone::Look, Cause::Quiet(9))],
        ),
        (of(hook(silent(), false), Some(2)), vec![(Callback, Tone::Look, Cause::SilentHere)]),
        (of(hook(silent(), false), Some(48)), vec![(Callback, Tone::Broken, Cause::Silent)]),
        (
            of(hook(Err(Shut::Status(404)), false), Some(1)),
            vec![(Callback, Tone::Broken, Cause::Elsewhere(404))],
        ),
        (
            of(hook(Err(Shut::Other), false), Some(1)),
            vec![(Callback, Tone::Broken, Cause::Elsewhere(0))],
        ),
        (
            of(hook(Err(Shut::Status(403)), false), Some(1)),
            vec![(Signature, Tone::Broken, Cause::OtherKeys)],
        ),
        (of(Hook::NoAddress, Some(1)), vec![(Callback, Tone::Look, Cause::NoAddress)]),
    ] {
        assert_eq!(bad(&judged_company(&looked)), told, "{looked:?}");
    }
}
