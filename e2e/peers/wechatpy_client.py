"""wechatpy as a client of the interface: reads a company, and says what it saw as JSON.

In:  {"api", "corp", "secret", "agent", "serving": userids of who has opened the app}
Out: {"departments", "staff", "follow", "chats": {id: members}, "customers": {userid: [...]}, ...}
"""

import json
import sys

from wechatpy.exceptions import WeChatClientException
from wechatpy.work import WeChatClient

asked = json.load(sys.stdin)


class Client(WeChatClient):
    """The same at another address: wechatpy has the platform's own in two places."""

    API_BASE_URL = asked["api"] + "/cgi-bin/"

    def fetch_access_token(self):
        return self._fetch_access_token(
            url=self.API_BASE_URL + "gettoken", params={"corpid": self.corp_id, "corpsecret": self.secret}
        )


client = Client(asked["corp"], asked["secret"], timeout=10)
contact, groups = client.external_contact, client.external_contact_group_chat
saw = {}

saw["departments"] = {one["id"]: one["name"] for one in client.department.list()}
saw["staff"] = {one["userid"]: one["name"] for one in client.department.get_users(1, fetch_child=1, simple=False)}
saw["follow"] = contact.get_follow_user_list()["follow_user"]
saw["chats"] = {
    one["chat_id"]: sorted(member["userid"] for member in groups.get(one["chat_id"])["group_chat"]["member_list"])
    for one in groups.list_all(limit=7)
}
saw["customers"] = {}
for userid in saw["follow"]:
    try:
        saw["customers"][userid] = sorted(contact.list(userid)["external_userid"])
    except WeChatClientException as none:
        # Nobody was added.
        saw["customers"][userid] = [] if none.errcode == 84061 else none.errcode
with_customers = next(userid for userid, own in saw["customers"].items() if own)
details = contact.get(saw["customers"][with_customers][0])
saw["details"] = {
    "id": details["external_contact"]["external_userid"],
    "name": details["external_contact"]["name"],
    "staff": sorted(one["userid"] for one in details["follow_user"]),
}

way = contact.add_contact_way(2, 2, remark="展会", state="fair", user=asked["serving"][:2])
contact.update_contact_way(way["config_id"], remark="展会二楼", user=asked["serving"][:1])
saw["way"] = contact.get_contact_way(way["config_id"])["contact_way"]
contact.del_contact_way(way["config_id"])
try:
    contact.get_contact_way(way["config_id"])
except WeChatClientException as gone:
    saw["way_gone"] = gone.errcode

sent = client.message.send_text(asked["agent"], asked["serving"][0], content="你有 3 位新人没人打招呼")
saw["message"] = sent["errcode"]

# A token that was taken back is asked for again, once, by itself.
client.session.set(client.access_token_key, "taken-back", 7200)
saw["again"] = contact.get_follow_user_list()["errcode"]

try:
    Client(asked["corp"], "no-such-secret", timeout=10).department.list()
except WeChatClientException as refused:
    saw["wrong_secret"] = refused.errcode

json.dump(saw, sys.stdout, ensure_ascii=False)
