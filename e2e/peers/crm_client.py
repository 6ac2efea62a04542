"""wecom-crm-mcp as a client of the interface: customer contact, tags, codes, figures, hand-over.

In:  {"api", "corp", "secret", "agent", "serving", "cache", "day"} (serving: userids of who has opened the
     app; day: a moment of a day that is over, in seconds)
Out: what it saw, as JSON
"""

import asyncio
import json
import sys

from wecom_crm_mcp import WecomAPIError, WecomAuthError, WecomClient, WecomConfig
from wecom_crm_mcp.modules.contact_way import ContactWayModule
from wecom_crm_mcp.modules.customer import CustomerModule
from wecom_crm_mcp.modules.group_chat import GroupChatModule
from wecom_crm_mcp.modules.media import MediaModule
from wecom_crm_mcp.modules.statistics import StatisticsModule
from wecom_crm_mcp.modules.tag import TagModule
from wecom_crm_mcp.modules.transfer_active import TransferActiveModule
from wecom_crm_mcp.modules.transfer_resigned import TransferResignedModule

asked = json.load(sys.stdin)


def config(secret):
    return WecomConfig(asked["corp"], secret, asked["agent"], base_url=asked["api"], cache_dir=asked["cache"])


async def code_of(call):
    """The errcode of a call that is refused; 0 when it is not."""
    try:
        await call
        return 0
    except WecomAPIError as refused:
        return refused.errcode


async def pages(call, field, **more):
    """All pages of a call with a cursor."""
    cursor, rows, count = "", [], 0
    while True:
        page = await call(cursor=cursor, **more)
        rows += page[field]
        count += 1
        cursor = page.get("next_cursor", "")
        if not cursor:
            return rows, count


async def seen(client):
    saw = {}
    customers, groups, tags = CustomerModule(client), GroupChatModule(client), TagModule(client)
    saw["follow"] = (await customers.list_followers())["follow_user"]
    followed, saw["pages"] = await pages(
        lambda cursor, limit: customers.batch_get(saw["follow"], cursor, limit), "external_contact_list", limit=50
    )
    saw["bonds"] = sorted(f"{one['follow_info']['userid']} {one['external_contact']['external_userid']}" for one in followed)
    first = followed[0]
    staff, customer = first["follow_info"]["userid"], first["external_contact"]["external_userid"]

    saw["remark"] = await code_of(customers.remark(staff, customer, remark="老客", description="干皮"))
    library = await tags.list_corp_tags()
    saw["tags"] = sorted(tag["name"] for group in library["tag_group"] for tag in group["tag"])
    made = await tags.add_corp_tag(group_name="渠道", tag=[{"name": "展会"}, {"name": "直播"}])
    fair, live = [tag["id"] for tag in made["tag_group"]["tag"]]
    saw["edited"] = await code_of(tags.edit_corp_tag(fair, name="线下展会"))
    saw["marked"] = await code_of(tags.mark_tag(staff, customer, add_tag=[fair, live]))
    saw["deleted"] = await code_of(tags.del_corp_tag(tag_id=[live]))
    details = await customers.get(customer)
    own = next(one for one in details["follow_user"] if one["userid"] == staff)
    saw["customer"] = {
        "staff": staff, "id": customer, "remark": own["remark"], "tags": sorted(tag["tag_name"] for tag in own["tags"]),
    }

    chats, saw["chat_pages"] = await pages(groups.list_groupchats, "group_chat_list", limit=9)
    saw["chats"] = sorted(one["chat_id"] for one in chats)
    group = (await groups.get_groupchat(saw["chats"][0]))["group_chat"]
    saw["group"] = {"name": group["name"], "owner": group["owner"], "members": len(group["member_list"])}

    ways = ContactWayModule(client)
    joins = await ways.groupchat_add_join_way(
        scene=2, remark="门口海报", state="door", auto_create_room=1, room_base_name="会员群 ", room_base_id=10,
        chat_id_list=saw["chats"][:2],
    )
    config_id = joins["config_id"]
    await ways.groupchat_update_join_way(config_id, scene=2, remark="门口海报二", chat_id_list=saw["chats"][:1])
    saw["join_way"] = (await ways.groupchat_get_join_way(config_id))["join_way"]
    saw["six_groups"] = await code_of(ways.groupchat_add_join_way(scene=2, chat_id_list=saw["chats"][:6]))
    await ways.groupchat_del_join_way(config_id)
    saw["join_way_gone"] = await code_of(ways.groupchat_get_join_way(config_id))
    listed = await ways.list_contact_way(limit=100)
    saw["ways"] = sorted(one["config_id"] for one in listed["contact_way"])

    figures = await StatisticsModule(client).groupchat_statistic(
        asked["day"], owner_filter={"userid_list": saw["follow"][:5]}, limit=100
    )
    saw["figures"] = sorted(item["owner"] for item in figures["items"])

    left = await TransferResignedModule(client).get_unassigned_list()
    saw["unassigned"] = sorted({one["handover_userid"] for one in left["info"]})
    taker = next(userid for userid in asked["serving"] if userid != staff)
    moved = await TransferActiveModule(client).transfer_customer(staff, taker, [customer], "以后由我为您服务")
    saw["transfer"] = {"from": staff, "to": taker, "rows": moved["customer"]}
    saw["transfers"] = (await TransferActiveModule(client).transfer_result(staff, taker))["customer"]

    picture = f"{asked['cache']}/picture.png"
    with open(picture, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + bytes(200))
    saw["media"] = (await MediaModule(client).upload(picture))["type"]
    return saw


async def main():
    async with WecomClient(config(asked["secret"])) as client:
        saw = await seen(client)
    async with WecomClient(config("no-such-secret")) as stranger:
        try:
            await stranger.get_access_token()
        except WecomAuthError as refused:
            saw["wrong_secret"] = "errcode=40001" in str(refused)
    json.dump(saw, sys.stdout, ensure_ascii=False)


asyncio.run(main())
