//! What the app sent to a member of staff, and the buttons of its cards.

use axum::extract::{Form, Path, State};
use axum::response::Response;
use serde_json::Value;

use crate::wecom::books::{Books, Message, Press};
use crate::wecom::desk::Desk;
use crate::wecom::desk::lang::{Lang, Moment};

/// Messages shown, the latest.
const SHOWN: usize = 50;

/// A message as a page shows it.
pub(super) struct MessageView {
    pub(super) id: String,
    pub(super) at: Moment,
    pub(super) title: String,
    pub(super) lines: Vec<String>,
    pub(super) links: Vec<(String, String)>,
    pub(super) choices: Vec<Choice>,
    /// Key and words.
    pub(super) buttons: Vec<(String, String)>,
    /// What stands there instead of the buttons.
    pub(super) answered: Option<String>,
    pub(super) recalled: bool,
}

/// A question on a card.
pub(super) struct Choice {
    pub(super) name: String,
    pub(super) title: String,
    /// Id and words.
    pub(super) options: Vec<(String, String)>,
    pub(super) many: bool,
}

/// The latest messages of a member of staff, the latest first.
pub(super) fn inbox(books: &Books, staff: &str) -> Vec<MessageView> {
    let mut all: Vec<&Message> = books.inbox(staff).collect();
    all.reverse();
    all.into_iter().take(SHOWN).map(|one| view(one, staff)).collect()
}

fn word(of: &Value, name: &str) -> String {
    of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn rows<'a>(of: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    of.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn view(message: &Message, staff: &str) -> MessageView {
    let content = &message.content;
    let mut view = MessageView {
        id: message.id.clone(),
        at: Moment(message.at),
        title: word(content, "title"),
        lines: Vec::new(),
        links: Vec::new(),
        choices: Vec::new(),
        buttons: Vec::new(),
        answered: message.answered.get(staff).cloned(),
        recalled: message.recalled,
    };
    match message.kind.as_str() {
        "template_card" => card(&mut view, content),
        "textcard" => {
            view.lines.push(bare(&word(content, "description")));
            view.links.push((word(content, "url"), word(content, "btntxt")));
        }
        "text" | "markdown" => view.lines.push(bare(&word(content, "content"))),
        kind => view.lines.push(kind.to_owned()),
    }
    view
}

fn card(view: &mut MessageView, card: &Value) {
    let title = card.get("main_title").cloned().unwrap_or_default();
    view.title = word(&title, "title");
    let quoted = card.get("quote_area").map(|quote| word(quote, "quote_text"));
    let lines = [word(&title, "desc"), quoted.unwrap_or_default(), word(card, "sub_title_text")];
    view.lines.extend(lines.into_iter().filter(|line| !line.is_empty()));
    for row in rows(card, "horizontal_content_list") {
        view.lines.push(format!("{}：{}", word(row, "keyname"), word(row, "value")));
    }
    let jumps = rows(card, "jump_list").chain(card.get("card_action"));
    let link = |jump: &Value| (word(jump, "url"), word(jump, "title"));
    view.links.extend(jumps.map(link).filter(|(url, _)| url.starts_with("http")));
    let asked = [card.get("button_selection"), card.get("checkbox")].into_iter().flatten();
    view.choices.extend(asked.chain(rows(card, "select_list")).map(choice));
    let key = |button: &Value| (word(button, "key"), word(button, "text"));
    view.buttons.extend(rows(card, "button_list").chain(card.get("submit_button")).map(key));
}

fn choice(of: &Value) -> Choice {
    let option = |one: &Value| (word(one, "id"), word(one, "text"));
    Choice {
        name: word(of, "question_key"),
        title: word(of, "title"),
        options: rows(of, "option_list").map(option).collect(),
        many: of.get("mode").and_then(Value::as_i64) == Some(1),
    }
}

/// Text without the few tags that messages may have.
fn bare(text: &str) -> String {
    let mut inside = false;
    let mut kept = String::new();
    for letter in text.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => kept.push(other),
            _ => {}
        }
    }
    kept
}

/// A form's fields: `message`, `key`, and for each question `choice.NAME`.
pub(super) async fn press(
    State(desk): State<Desk>,
    lang: Lang,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let mut message = String::new();
    let mut press = Press::default();
    for (name, value) in fields {
        match (name.as_str(), name.strip_prefix("choice.")) {
            ("message", _) => message = value,
            ("key", _) => press.key = value,
            (_, Some(question)) => {
                match press.chosen.iter_mut().find(|(known, _)| known == question) {
                    Some((_, options)) => options.push(value),
                    None => press.chosen.push((question.to_owned(), vec![value])),
                }
            }
            _ => {}
        }
    }
    desk.done(lang, lang.at("staff", &id), |books, now| books.press(&message, &id, press, now))
}
