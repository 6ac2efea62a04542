//! `/l/{slug}`: what printed codes lead to, without a session; and whether domains answer.

use app::console::Console;
use app::links::{CodeForm, DomainState, GroupLine, PlacementForm, RuleLine};
use app::wecom::{CompanyForm, Connected, StepState, Vault};
use axum::http::StatusCode;
use domain::{Actor, Millis, OrgId, Role, Scope, StaffId};
use practice::wecom::{Practice, Setup, Size, company};
use tokio::net::TcpListener;
use web::{Limits, serve};

use crate::browser::{Browser, Page, Place};

const WECHAT: &str = "Mozilla/5.0 (Linux; Android 16) MicroMessenger/8.0";

struct Scene {
    place: Place,
    console: Console,
}

fn owner() -> Actor {
    let (role, scope) = (Role::Owner, Scope::All);
    Actor { org: OrgId(1), staff: StaffId(1), name: "小林".to_owned(), role, scope }
}

impl Scene {
    async fn set() -> Self {
        let place = Place::set(|settings| {
            settings.limits = Limits::none();
            settings.vault = Some(Vault::new(&[7; 32]));
        })
        .await;
        let console = Console::new(place.live.clone());
        console.open_vault(Vault::new(&[7; 32]));
        Self { place, console }
    }

    async fn made(&self, form: CodeForm) -> i64 {
        self.console.open_code(&owner(), &form).await.unwrap()
    }

    /// Hangs a code somewhere; its path.
    async fn hung(&self, code: i64) -> String {
        let form = PlacementForm { name: "海报".to_owned(), ..PlacementForm::default() };
        self.console.place_code(&owner(), code, &form).await.unwrap();
        let view = self.console.code(&owner(), code).await.unwrap();
        format!("/l/{}", view.placements.first().unwrap().slug)
    }

    /// Scans until the pages' own table knows what another process changed.
    async fn scans(&self, browser: &mut Browser, path: &str, fits: impl Fn(&Page) -> bool) -> Page {
        self.place.pass_ms(Millis::MINUTE);
        loop {
            let page = browser.get(path).await;
            if fits(&page) {
                return page;
            }
            tokio::task::yield_now().await;
        }
    }

    fn phone(&self, language: &str) -> Browser {
        self.place.browser().with("user-agent", WECHAT).with("accept-language", language)
    }
}

fn leads(name: &str, url: &str) -> CodeForm {
    CodeForm {
        kind: "web".to_owned(),
        name: name.to_owned(),
        url: url.to_owned(),
        ..CodeForm::default()
    }
}

// catalogue: B05, B15
#[tokio::test(flavor = "multi_thread")]
async fn a_scan_is_led_on_without_a_session_and_an_unknown_or_closed_code_says_so() {
    let scene = Scene::set().await;
    let code = scene.made(leads("知乎", "https://example.com/a?b=1")).await;
    let path = scene.hung(code).await;
    let mut phone = scene.phone("zh-CN,zh;q=0.9");
    let page = scene.scans(&mut phone, &path, |page| page.status == StatusCode::FOUND).await;
    assert_eq!(page.header("location"), "https://example.com/a?b=1");
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.header("set-cookie"), "", "nobody is marked without need");
    let page = phone.get("/l/nowhere1").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("没有这个码"), "{}", page.text);
    // A rule asks who was here before: the first time and the next differ.
    let again = scene.made(leads("回访", "https://example.com/again")).await;
    let rule =
        RuleLine { visit: "again".to_owned(), to_code: again.to_string(), ..RuleLine::default() };
    let form = CodeForm {
        kind: "rules".to_owned(),
        name: "一码通".to_owned(),
        rules: vec![rule],
        otherwise: code.to_string(),
        ..CodeForm::default()
    };
    let rules = scene.made(form).await;
    let path = scene.hung(rules).await;
    let page = scene.scans(&mut phone, &path, |page| page.status == StatusCode::FOUND).await;
    assert_eq!(page.header("location"), "https://example.com/a?b=1");
    assert!(page.header("set-cookie").contains("Path=/l;"), "{}", page.header("set-cookie"));
    let page = phone.get(&path).await;
    assert_eq!(page.header("location"), "https://example.com/again");
    scene.console.close_code(&owner(), rules).await.unwrap();
    let page = scene.scans(&mut phone, &path, |page| page.status == StatusCode::OK).await;
    assert!(page.text.contains("这个码已停用"), "{}", page.text);
}

// catalogue: B04
#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_a_group_is_small_needs_no_script_and_shows_the_picture_to_press() {
    let scene = Scene::set().await;
    let books = company(7, Size { staff: 6, groups: 6, members: 20, days: 1 }, scene.place.now());
    let setup = Setup { seed: 7, books, from: scene.place.now(), ..Setup::default() };
    let practice = Practice::start(setup).unwrap();
    let form = CompanyForm {
        corp: practice.corp().to_owned(),
        secret: practice.secret().to_owned(),
        api: practice.url(),
        ..CompanyForm::default()
    };
    let Connected::Now(id) = scene.console.connect_company(&owner(), &form).await.unwrap() else {
        panic!("it was connected before");
    };
    loop {
        let company = scene.console.company(&owner(), id.account).await.unwrap();
        if company.steps.iter().all(|step| matches!(step.state, StepState::Done(_))) {
            break;
        }
        tokio::task::yield_now().await;
    }
    let group = scene.console.code_choices(&owner()).await.unwrap().groups.remove(0);
    let form = CodeForm {
        kind: "groups".to_owned(),
        name: "进群".to_owned(),
        groups: vec![GroupLine { chat: group.chat, ..GroupLine::default() }],
        ..CodeForm::default()
    };
    let code = scene.made(form).await;
    let path = scene.hung(code).await;
    let mut phone = scene.phone("zh-CN");
    let page = scene.scans(&mut phone, &path, |page| page.text.contains("<img")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains(&group.name) && page.text.contains("长按识别"), "{}", page.text);
    assert!(page.text.len() < 60_000 && !page.text.contains("<script"), "{}", page.text);
    let policy = page.header("content-security-policy");
    assert!(policy.contains(&practice.url()) && policy.contains("default-src 'none'"), "{policy}");
    assert!(page.text.contains(&format!("src=\"{}/practice/qr/", practice.url())), "{}", page.text);
    let page = scene.phone("en-GB,en;q=0.9").get(&path).await;
    assert!(page.text.contains("Press and hold the code to join the group"), "{}", page.text);
    // Elsewhere than in WeChat a long press does nothing: that is said.
    let page = scene.place.browser().get(&path).await;
    assert!(page.text.contains("扫一扫"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_is_well_only_when_this_installation_answers_under_it() {
    let scene = Scene::set().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let ours = listener.local_addr().unwrap().to_string();
    let (live, settings) = (scene.place.live.clone(), scene.place.settings.clone());
    tokio::spawn(serve(listener, live, settings, std::future::pending()));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let other = listener.local_addr().unwrap().to_string();
    let stranger = axum::Router::new().fallback(|| async { "hello" });
    tokio::spawn(async move { axum::serve(listener, stranger).await.unwrap() });
    for host in [ours.as_str(), &other, "127.0.0.1:9"] {
        scene.console.add_link_domain(&owner(), host).await.unwrap();
    }
    for host in ["", "10.0.0.1", "a b.cn", &ours] {
        assert!(scene.console.add_link_domain(&owner(), host).await.is_err(), "{host}");
    }
    scene.console.probe_link_domains_now(&owner()).await.unwrap();
    let states: Vec<String> = scene
        .console
        .link_domains(&owner())
        .await
        .unwrap()
        .into_iter()
        .map(|one| match one.state {
            DomainState::Down { word, .. } => format!("{} {word}", one.host),
            DomainState::Well(_) => format!("{} well", one.host),
            DomainState::Unknown => one.host,
        })
        .collect();
    let mut expected =
        [format!("{ours} well"), format!("{other} elsewhere"), "127.0.0.1:9 unreached".to_owned()];
    let mut states = states;
    states.sort();
    expected.sort();
    assert_eq!(states, expected);
    scene.console.drop_link_domain(&owner(), &other).await.unwrap();
    assert_eq!(scene.console.link_domains(&owner()).await.unwrap().len(), 2);
}
