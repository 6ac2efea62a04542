//! The web chat as a platform.

use std::sync::{Arc, Mutex, PoisonError};

use chat::web::Web;
use chat::{Errand, Outcome, Platform};
use domain::{
    Action, ActionKind, ActorClass, Capability, Event, EventWhat, GroupId, IdentityId, Millis,
    OrgId, Seq,
};

fn errand(action: Action) -> Errand {
    let id = (Seq(12), 1);
    Errand { org: OrgId(1), group: GroupId(7), key: "k".to_owned(), id, action, tries: 0 }
}

fn platform() -> (Web, Arc<Mutex<Vec<Event>>>) {
    let seen: Arc<Mutex<Vec<Event>>> = Arc::default();
    let into = seen.clone();
    let web = Web::new(Arc::new(move |_, event| {
        into.lock().unwrap_or_else(PoisonError::into_inner).push(event);
        Box::pin(async { Outcome::Sent { result: "13".to_owned() } })
    }));
    (web, seen)
}

#[test]
fn it_does_everything_by_itself() {
    let (web, _) = platform();
    assert!(ActionKind::ALL.into_iter().all(|kind| web.capability(kind) == Capability::Auto));
}

#[tokio::test]
async fn an_errand_tried_again_is_the_same_event() {
    let (web, seen) = platform();
    let post = Action::Post { text: "欢迎".into(), reply_to: Some(5), class: ActorClass::Bot };
    let errand = errand(post);
    assert_eq!(web.send(&errand).await, Outcome::Sent { result: "13".to_owned() });
    let again = Errand { tries: 3, ..errand };
    assert!(web.query(&again).await.is_some());
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0].class, ActorClass::Bot);
    assert!(matches!(&seen[0].what, EventWhat::Message(post) if post.reply_to == Some(5)));
}

#[tokio::test]
async fn acts_of_the_program_become_acts_of_the_house() {
    let (web, seen) = platform();
    let who = IdentityId(9);
    web.send(&errand(Action::Mute { who, until: Some(Millis(5)) })).await;
    web.send(&errand(Action::Remove { who })).await;
    web.send(&errand(Action::Announce { text: "周五见".into() })).await;
    let seen = seen.lock().unwrap();
    assert!(seen.iter().all(|event| event.class == ActorClass::Host));
    assert!(matches!(seen[1].what, EventWhat::Remove { who: IdentityId(9) }));
}
