"""wechatpy's encrypter: seals and opens what stands on standard input, and says it as JSON.

In:  {"token", "key", "corp", "seal": [text, ...], "open": [{"body", "signature", "timestamp", "nonce"}, ...],
      "echo": {"signature", "timestamp", "nonce", "echostr"} or null}
Out: {"sealed": [{"body", "signature", "timestamp", "nonce"}, ...], "opened": [...], "echo": text or null}
"""

import json
import sys

import xmltodict
from wechatpy.exceptions import InvalidSignatureException
from wechatpy.work.crypto import WeChatCrypto
from wechatpy.work.parser import parse_message

asked = json.load(sys.stdin)
crypto = WeChatCrypto(asked["token"], asked["key"], asked["corp"])


def sealed(nth, text):
    """A text as the platform would send it."""
    nonce, timestamp = f"nonce{nth}", str(1772416800 + nth)
    body = crypto.encrypt_message(text, nonce, timestamp)
    said = xmltodict.parse(body)["xml"]
    return {"body": body, "signature": said["MsgSignature"], "timestamp": timestamp, "nonce": nonce}


def opened(one):
    """What a letter says, by wechatpy's own classes of events."""
    try:
        text = crypto.decrypt_message(one["body"], one["signature"], one["timestamp"], one["nonce"])
    except InvalidSignatureException:
        return {"refused": True}
    event = parse_message(text)
    names = ("change_type", "update_detail", "chat_id", "user_id", "external_user_id", "state", "welcome_code",
             "mem_change_cnt", "join_scene", "quit_scene", "tag_id")
    fields = {name: getattr(event, name, None) for name in names}
    return {"event": event.event, "at": event.time, "to": event.target, **{k: v for k, v in fields.items() if v}}


echo = asked.get("echo")
json.dump({
    "sealed": [sealed(nth, text) for nth, text in enumerate(asked.get("seal", []))],
    "opened": [opened(one) for one in asked.get("open", [])],
    "echo": echo and crypto.check_signature(echo["signature"], echo["timestamp"], echo["nonce"], echo["echostr"]),
}, sys.stdout, ensure_ascii=False, default=str)
