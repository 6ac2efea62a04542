//! What the platform sends when somebody scans a code of a group: sealed and signed, each letter
//! another person, each person in the company's books.

use crate::bench::Failure;
use crate::bench::live::Wall;
use crate::bench::wecom::place::{KEY, TOKEN};
use app::live::Clock as _;
use chat::wecom::Seal;
use practice::wecom::Practice;
use practice::wecom::books::{Customer, Joining};

/// A letter as it goes out: what stands in the address, and the body.
pub(super) struct Letter {
    pub(super) query: String,
    pub(super) body: String,
}

/// So many people come into the company's groups in turn, and a letter tells of each.
pub(super) fn letters(practice: &Practice, count: usize) -> Result<Vec<Letter>, Failure> {
    let seal = Seal::new(TOKEN, KEY, practice.corp())?;
    let mut chats: Vec<String> = practice.read(|books| {
        let open = books.groups.iter().filter(|(_, group)| group.takes(1) && group.status == 0);
        open.map(|(chat, _)| chat.clone()).collect()
    });
    let mut letters = Vec::with_capacity(count);
    for nth in 0..count {
        let at = chats.len().saturating_sub(1).min(nth % chats.len().max(1));
        let chat = chats.get(at).cloned().ok_or("no group has room for so many")?;
        let name = format!("新客 {nth}");
        let who =
            practice.write(|books| books.add_customer(Customer { name, ..Customer::default() }));
        let by = Joining::Scanned(Some("bench".to_owned()));
        practice.act(|books, now| books.join(&chat, &[&who], &by, now))?;
        if !practice.read(|books| books.groups.get(&chat).is_some_and(|group| group.takes(1))) {
            chats.remove(at);
        }
        letters.push(letter(&seal, practice.corp(), (&chat, &who, nth)));
    }
    Ok(letters)
}

fn letter(seal: &Seal, corp: &str, (chat, who, nth): (&str, &str, usize)) -> Letter {
    let seconds = Wall.now().0 / 1_000;
    let text = format!(
        "<xml><ToUserName><![CDATA[{corp}]]></ToUserName><FromUserName><![CDATA[sys]]>\
         </FromUserName><CreateTime>{seconds}</CreateTime><MsgType><![CDATA[event]]></MsgType>\
         <Event><![CDATA[change_external_chat]]></Event><ChatId><![CDATA[{chat}]]></ChatId>\
         <ChangeType><![CDATA[update]]></ChangeType><UpdateDetail><![CDATA[add_member]]>\
         </UpdateDetail><JoinScene>3</JoinScene><MemChangeCnt>1</MemChangeCnt><MemChangeList>\
         <Item><![CDATA[{who}]]></Item></MemChangeList></xml>"
    );
    let mut salt = [0; 16];
    for (byte, part) in salt.iter_mut().zip(nth.to_le_bytes()) {
        *byte = part;
    }
    let sealed = seal.seal(text.as_bytes(), salt);
    let (timestamp, nonce) = (seconds.to_string(), format!("{nth:010}"));
    let signature = seal.sign(&timestamp, &nonce, &sealed);
    let query = format!("msg_signature={signature}&timestamp={timestamp}&nonce={nonce}");
    let body = format!(
        "<xml><ToUserName><![CDATA[{corp}]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt>\
         </xml>"
    );
    Letter { query, body }
}
