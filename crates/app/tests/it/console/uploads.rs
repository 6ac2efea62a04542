//! Imports from the browser on both databases.

use app::console::{Console, Denied, Upload, UploadAsked, UploadState};
use domain::{Actor, ImportId, Role, Scope, StaffId};

use crate::live::{ORG, Place, until};
use crate::request::sample;

fn actor(role: Role, scope: Scope) -> Actor {
    Actor { org: ORG, staff: StaffId(1), name: "小林".to_owned(), role, scope }
}

fn lead() -> Actor {
    actor(Role::Lead, Scope::All)
}

/// An upload of a sample, recognised.
async fn uploaded(console: &Console, name: &str) -> i64 {
    let (id, folder) = console.begin_upload(&lead()).await.unwrap();
    std::fs::copy(sample(name), folder.join(name)).unwrap();
    let files = (vec![name.to_owned()], String::new());
    console.recognise(&lead(), id, files).await.unwrap();
    id
}

fn asked() -> UploadAsked {
    UploadAsked { zone: "Asia/Shanghai".to_owned(), ..UploadAsked::default() }
}

async fn ended(console: &Console, id: i64) -> Upload {
    until(async || {
        let upload = console.upload(&lead(), id).await.unwrap();
        (!matches!(upload.state, UploadState::UnderWay(_))).then_some(upload)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_recognised_imported_and_undone() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let console = Console::new(place.live.clone());
        let folder = tempfile::tempdir().unwrap();
        console.keep_uploads_in(folder.path().to_owned());
        let id = uploaded(&console, "running-group-telegram.json").await;
        let draft = console.upload(&lead(), id).await.unwrap();
        assert_eq!(draft.state, UploadState::Draft);
        assert_eq!((draft.recognised.sources.len(), draft.recognised.groups.len()), (1, 1));
        console.start_upload(&lead(), id, asked()).await.unwrap();
        let again = console.start_upload(&lead(), id, asked()).await.unwrap_err();
        assert!(matches!(again, Denied::Changed), "{again}");
        let done = ended(&console, id).await;
        assert_eq!(done.state, UploadState::Done, "{:?}", done.outcome);
        let (_, facts) = done.outcome.groups[0].clone();
        assert!(facts > 1_000, "{:?}", done.outcome);
        assert!(!folder.path().join("1").join(id.to_string()).exists(), "its files are gone");
        let found = console.search(&lead(), &done.outcome.groups[0].0, 5).await.unwrap();
        assert_eq!(found.groups.len(), 1);
        let (removed, later) = console.undo_import(&lead(), done.import.unwrap()).await.unwrap();
        assert_eq!((removed, later), (facts, Vec::new()));
        assert!(console.undo_import(&lead(), done.import.unwrap()).await.is_err());
        let found = console.search(&lead(), &done.outcome.groups[0].0, 5).await.unwrap();
        assert!(found.groups.is_empty());
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_says_why_and_leaves_nothing() {
    let database = testkit::sqlite();
    let place = Place::open(&database).await;
    let console = Console::new(place.live.clone());
    let folder = tempfile::tempdir().unwrap();
    console.keep_uploads_in(folder.path().to_owned());
    let (id, own) = console.begin_upload(&lead()).await.unwrap();
    std::fs::write(own.join("cat.bin"), [0, 1, 2, 3]).unwrap();
    let files = (vec!["cat.bin".to_owned()], String::new());
    let recognised = console.recognise(&lead(), id, files).await.unwrap();
    assert!(recognised.error.unwrap()[0].contains("cat.bin"));
    console.start_upload(&lead(), id, asked()).await.unwrap();
    let failed = ended(&console, id).await;
    assert_eq!(failed.state, UploadState::Failed);
    assert!(failed.outcome.error.unwrap()[1].contains("cat.bin"));
    assert!(console.imports(&lead()).await.unwrap().is_empty());
    // Another file in the same place, and it goes on.
    std::fs::remove_file(own.join("cat.bin")).unwrap();
    let name = "running-group-telegram.json";
    std::fs::copy(sample(name), own.join(name)).unwrap();
    console.start_upload(&lead(), id, asked()).await.unwrap();
    assert_eq!(ended(&console, id).await.state, UploadState::Done);
    place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_stopped_leaves_nothing_and_starts_again() {
    let database = testkit::sqlite();
    let place = Place::open(&database).await;
    let console = Console::new(place.live.clone());
    let folder = tempfile::tempdir().unwrap();
    console.keep_uploads_in(folder.path().to_owned());
    let [one, two] = [
        uploaded(&console, "running-group-telegram.json").await,
        uploaded(&console, "running-group-qq.txt").await,
    ];
    console.start_upload(&lead(), one, asked()).await.unwrap();
    console.start_upload(&lead(), two, asked()).await.unwrap();
    // The second waits in line behind the first.
    console.cancel_upload(&lead(), two).await.unwrap();
    assert_eq!(ended(&console, one).await.state, UploadState::Done);
    assert_eq!(ended(&console, two).await.state, UploadState::Cancelled);
    assert_eq!(console.imports(&lead()).await.unwrap().len(), 1);
    console.start_upload(&lead(), two, asked()).await.unwrap();
    assert_eq!(ended(&console, two).await.state, UploadState::Done);
    console.remove_upload(&lead(), two).await.unwrap();
    assert!(matches!(console.upload(&lead(), two).await, Err(Denied::Missing)));
    place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_dead_program_left_is_shown_as_interrupted_and_starts_again() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let folder = tempfile::tempdir().unwrap();
        let dead = Console::new(place.live.clone());
        dead.keep_uploads_in(folder.path().to_owned());
        let id = uploaded(&dead, "running-group-qq.txt").await;
        dead.start_upload(&lead(), id, asked()).await.unwrap();
        dead.end_uploads();
        // Another console knows only what is in the database.
        let console = Console::new(place.live.clone());
        console.keep_uploads_in(folder.path().to_owned());
        let left = until(async || {
            let theirs = dead.upload(&lead(), id).await.unwrap().state;
            (!matches!(theirs, UploadState::UnderWay(_))).then_some(theirs)
        })
        .await;
        if left == UploadState::Interrupted {
            assert_eq!(console.upload(&lead(), id).await.unwrap().state, left);
            console.start_upload(&lead(), id, asked()).await.unwrap();
            assert_eq!(ended(&console, id).await.state, UploadState::Done);
        }
        place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_leads_who_see_all_groups_import() {
    let database = testkit::sqlite();
    let place = Place::open(&database).await;
    let console = Console::new(place.live.clone());
    let scoped = Scope::Groups([place.group].into());
    for who in [
        actor(Role::Operator, Scope::All),
        actor(Role::ReadOnly, Scope::All),
        actor(Role::Lead, scoped.clone()),
        actor(Role::Owner, scoped),
    ] {
        let refused = |denied: Option<Denied>| matches!(denied, Some(Denied::NotAllowed(_)));
        assert!(refused(console.begin_upload(&who).await.err()));
        assert!(refused(console.uploads(&who).await.err()));
        assert!(refused(console.imports(&who).await.err()));
        assert!(refused(console.undo_import(&who, ImportId(1)).await.err()));
        assert!(refused(console.start_upload(&who, 1, asked()).await.err()));
    }
    place.live.stop().await;
}
