//! Live codes against the practice company.

mod brought;
mod groups;
mod refused;
mod staff;

use app::links::{
    CodeForm, CodeView, GroupLine, Landed, Landing, PlacementForm, Visitor, WayState,
};
use domain::Millis;
use engine::links::Device;
use practice::wecom::books::{Customer, Hindrance};
use store::WecomId;

use crate::wecom::{Scene, owner};

/// Somebody with an Android phone, in WeChat, for the first time.
const PHONE: Visitor = Visitor { device: Device::Android, in_wechat: true, is_again: false };

/// A form of a code over groups, each with this limit.
fn over(name: &str, chats: &[String], limit: u32) -> CodeForm {
    let line =
        |chat: &String| GroupLine { chat: chat.clone(), limit: limit.to_string(), is_spare: false };
    CodeForm {
        kind: "groups".to_owned(),
        name: name.to_owned(),
        groups: chats.iter().map(line).collect(),
        skips_declining: true,
        ..CodeForm::default()
    }
}

fn placed(name: &str) -> PlacementForm {
    PlacementForm { name: name.to_owned(), ..PlacementForm::default() }
}

impl Scene {
    /// New groups of the first member of staff who can have some, in the books and read.
    async fn new_groups(&self, id: WecomId, names: &[&str], room: usize) -> Vec<String> {
        self.pass(Millis::MINUTE);
        let owner = self.practice.read(|books| {
            let mut all = books.staff.iter().filter(|(_, one)| one.serves() && one.seen());
            all.next().map(|(id, _)| id.clone()).unwrap()
        });
        let chats: Vec<String> = names
            .iter()
            .map(|name| {
                let mut chat = String::new();
                self.practice
                    .act(|books, now| {
                        let (made, told) =
                            books.make_group(&owner, name, now).map_err(|_| Hindrance::Full)?;
                        if let Some(group) = books.groups.get_mut(&made) {
                            group.room = room;
                        }
                        chat = made;
                        Ok(told)
                    })
                    .unwrap();
                chat
            })
            .collect();
        self.again(id).await;
        chats
    }

    /// A placement, ready on the platform; its number and its slug.
    async fn hung(&self, code: i64, name: &str) -> (i64, String) {
        let id = self.console.place_code(&owner(), code, &placed(name)).await.unwrap();
        self.console.work_links_now().await.unwrap();
        let view = self.console.code(&owner(), code).await.unwrap();
        let one = view.placements.iter().find(|one| one.id == id).unwrap();
        (id, one.slug.clone())
    }

    async fn code(&self, id: i64) -> CodeView {
        self.console.code(&owner(), id).await.unwrap()
    }

    /// What somebody sees who scans: the name above the picture.
    fn scan(&self, slug: &str) -> String {
        match self.console.scanned(slug, PHONE) {
            Some(Landed { landing: Landing::Picture(shown), .. }) => shown.name.clone(),
            other => panic!("{other:?}"),
        }
    }

    /// The platform's code behind a picture.
    fn config(picture: &str) -> String {
        picture.rsplit('/').next().unwrap().to_owned()
    }

    /// The platform's code of a placement for groups, by its picture.
    async fn config_of(&self, code: i64, slug: &str) -> String {
        let view = self.code(code).await;
        let placement = view.placements.iter().find(|one| one.slug == slug).unwrap();
        match &placement.ways.first().unwrap().state {
            WayState::Ready(picture) => Self::config(picture),
            other => panic!("{other:?}"),
        }
    }

    /// Somebody new scans the platform's code on the books; who.
    fn enters(&self, config: &str, name: &str) -> String {
        let customer = Customer { name: name.to_owned(), ..Customer::default() };
        let who = self.practice.write(|books| books.add_customer(customer));
        self.practice
            .act(|books, now| {
                let is_staff = books.ways.contains_key(config);
                if is_staff {
                    books.scan_way(config, &who, now)
                } else {
                    books.scan_join(config, &who, now)
                }
            })
            .unwrap();
        who
    }

    /// Somebody new scans our code and then the platform's.
    fn comes(&self, slug: &str, name: &str) -> String {
        let landed = self.console.scanned(slug, PHONE).unwrap();
        let Landing::Picture(shown) = landed.landing else { panic!("{landed:?}") };
        let config = Self::config(&shown.picture);
        self.enters(&config, name)
    }

    /// A minute later: groups into which people were led are read, and the platform is told.
    async fn settled(&self) {
        self.pass(Millis::MINUTE);
        self.console.work_links_now().await.unwrap();
    }

    /// How many codes for groups the platform has for a placement.
    fn made_for(&self, slug: &str) -> usize {
        self.practice
            .read(|books| books.join_ways.values().filter(|way| way.form.state == slug).count())
    }

    /// What the platform was told of a code: groups in their order, `state`.
    fn told(&self, config: &str) -> (Vec<String>, String) {
        self.practice.read(|books| {
            let form = &books.join_ways.get(config).unwrap().form;
            (form.chat_id_list.clone(), form.state.clone())
        })
    }
}

/// The only company.
async fn only(scene: &Scene) -> WecomId {
    scene.console.companies_of(&owner()).await.unwrap().first().unwrap().id
}
