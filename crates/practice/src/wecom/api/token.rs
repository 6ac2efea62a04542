//! Tokens, and the addresses of the platform.

use serde_json::json;

use crate::wecom::api::call::{Answer, Call, Reply};
use crate::wecom::api::{Route, get};
use crate::wecom::books::refused;
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    get("gettoken", Family::Base, token),
    get("getcallbackip", Family::Base, |_| Ok(addresses())),
    get("get_api_domain_ip", Family::Base, |_| Ok(addresses())),
];

fn token(call: &mut Call<'_>) -> Answer {
    let app = &call.world.app;
    match (call.word("corpid"), call.word("corpsecret")) {
        (corp, _) if corp != app.corp => Err(refused(40_013, "invalid corpid")),
        (_, "") => Err(refused(41_004, "corpsecret missing")),
        (_, secret) if secret != app.secret => Err(refused(40_001, "invalid credential")),
        _ => {
            let (token, left) = call.world.tokens.get(&mut call.world.dice, call.now);
            Ok(json!({"access_token": token, "expires_in": left}).into())
        }
    }
}

fn addresses() -> Reply {
    json!({"ip_list": ["127.0.0.1"]}).into()
}
