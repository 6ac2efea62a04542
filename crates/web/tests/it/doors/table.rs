//! All addresses of the console but those of groups, and who may come to each.

use domain::May;

/// Who may come, and to whom what is behind belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// A page over what somebody sees: opens for everybody with the role, cut to the scope.
    Cut,
    /// A thing of a group or person: outside the scope it does not exist.
    Thing,
    /// A thing of the whole organisation, such as a tag: there in every scope.
    Common,
    /// Only for who sees all groups.
    All,
}

/// An address: method, path with names of things in braces, form, role, what is behind.
pub(super) type Door = (&'static str, &'static str, &'static str, May, Behind);

use Behind::{All, Common, Cut, Thing};
use May::{Keep, Lead, Look, Own, Tend};

/// The doors, in an order in which the owner can go through all of them.
pub(super) const DOORS: &[Door] = &[
    // Today.
    ("GET", "/today", "", Look, Cut),
    ("GET", "/today/rows", "", Look, Cut),
    ("POST", "/today/closures", "{row}", Tend, Cut),
    ("POST", "/today/put-offs", "{row}&later=hour", Tend, Cut),
    ("POST", "/today/returns", "{row}", Tend, Thing),
    ("POST", "/today/answers", "{row}&mint={mint}&text=hello", Tend, Cut),
    ("POST", "/today/retries", "{row}", Tend, Cut),
    // The phone.
    ("GET", "/m", "", Tend, Cut),
    ("POST", "/m/reports", "group={group}&what=adverts&mint={mint}", Tend, Thing),
    ("POST", "/m/reports/1/undoing", "", Tend, Cut),
    // Taking over many groups.
    ("GET", "/takeover", "", Keep, Cut),
    ("POST", "/takeover/preview", "kind=interest", Keep, Cut),
    ("POST", "/takeover", "kind=interest&seen=1", Keep, Cut),
    // People.
    ("GET", "/people", "", Look, Cut),
    ("GET", "/people/export.csv", "", Keep, Cut),
    ("POST", "/people/taggings", "people={wanda}&tag={tag}&why=x", Tend, Thing),
    ("GET", "/people/tags", "", Look, Common),
    ("POST", "/people/tags", "name={fresh}", Keep, Common),
    ("POST", "/people/tags/{tag}", "name=tagged&quick=1", Keep, Common),
    ("GET", "/people/{wanda}", "", Look, Thing),
    ("GET", "/people/{wanda}/card", "", Look, Thing),
    ("POST", "/people/{wanda}/tags", "tag={tag}&why=x", Tend, Thing),
    ("POST", "/people/{wanda}/tags/{tag}/removal", "", Tend, Thing),
    ("POST", "/people/{wanda}/notes", "text=x", Tend, Thing),
    ("POST", "/people/{wanda}/notes/{note}/removal", "", Tend, Thing),
    ("POST", "/people/{wanda}/attributes", "name=city&value=x", Tend, Thing),
    ("POST", "/people/{wanda}/attributes/{attribute}/removal", "", Tend, Thing),
    ("POST", "/people/{wanda}/main-group", "group={group}", Tend, Thing),
    ("GET", "/people/{wanda}/merging", "", Keep, Thing),
    ("POST", "/people/{wanda}/merges", "with={stone}&why=x", Keep, Thing),
    ("POST", "/people/{wanda}/splits", "account={stone}", Keep, Thing),
    ("POST", "/people/{wanda}/merges/undoing", "moved={stone}", Keep, Thing),
    ("GET", "/people/{wanda}/barring", "", Keep, Thing),
    ("POST", "/people/{wanda}/bans", "reason=x", Keep, Thing),
    ("GET", "/blacklist", "", Look, Cut),
    ("POST", "/people/{wanda}/bans/appeal", "appeal=x", Tend, Thing),
    ("POST", "/people/{wanda}/bans/lifting", "why=x", Keep, Thing),
    ("POST", "/people/tags/{tag}/retirement", "", Keep, Common),
    ("POST", "/people/tags/{tag}/revival", "", Keep, Common),
    // Figures.
    ("GET", "/figures", "", Look, Cut),
    ("GET", "/figures/groups", "", Look, Cut),
    ("GET", "/figures/groups/{group}", "", Look, Thing),
    ("GET", "/figures/full", "", Look, Cut),
    ("GET", "/figures/full/part", "", Look, Cut),
    ("GET", "/figures/explore", "", Look, Cut),
    ("GET", "/figures/explore/series?f=messages", "", Look, Cut),
    ("GET", "/figures/export/groups.csv", "", Keep, Cut),
    ("GET", "/figures/groups/{group}/export/speakers.csv", "", Keep, Thing),
    ("GET", "/figures/speakers", "", Look, Cut),
    ("GET", "/figures/speakers/groups/{group}", "", Look, Thing),
    ("GET", "/summary", "", Look, Cut),
    ("GET", "/search?q=wan", "", Look, Cut),
    // Imports.
    ("GET", "/imports", "", Lead, All),
    ("POST", "/uploads", "", Lead, All),
    ("GET", "/uploads/{upload}", "", Lead, All),
    ("GET", "/uploads/{upload}/progress", "", Lead, All),
    ("POST", "/uploads/{upload}/cancelling", "", Lead, All),
    ("POST", "/uploads/{upload}/start", "zone=Mars", Lead, All),
    ("POST", "/uploads/{upload}/removal", "", Lead, All),
    ("GET", "/imports/{import}", "", Lead, All),
    ("POST", "/imports/{import}/undoing", "", Lead, All),
    // Staff.
    ("GET", "/staff", "", Lead, Cut),
    ("GET", "/staff/new", "", Lead, Cut),
    ("POST", "/staff/invitations", "role=staff&scope=some", Lead, Cut),
    ("POST", "/staff/invitations/{invitation}/revocation", "", Lead, Thing),
    ("GET", "/staff/{far}", "", Lead, Thing),
    ("POST", "/staff/{far}/role", "role=read_only&scope=some&seen=staff", Lead, Thing),
    ("POST", "/staff/{far}/phone", "who=", Lead, All),
    ("POST", "/staff/{far}/password", "", Lead, Thing),
    ("POST", "/staff/{far}/lockout", "", Lead, Thing),
    ("POST", "/staff/{far}/lockout/end", "", Lead, Thing),
    ("GET", "/staff/{far}/handover", "", Lead, Thing),
    ("POST", "/staff/{far}/handover", "notes=1", Lead, Thing),
    ("GET", "/audit", "", Lead, Cut),
    ("GET", "/audit/export.csv", "", Lead, Cut),
    // The own account: an act on it never reaches that of another.
    ("GET", "/me", "", Look, Common),
    ("POST", "/me/name", "name=x", Look, Common),
    ("POST", "/me/password", "old=x&password=y&again=z", Look, Common),
    ("POST", "/me/sessions/others/end", "", Look, Common),
    ("POST", "/me/sessions/{session}/end", "", Look, Common),
    // Settings.
    ("GET", "/settings", "", Look, Common),
    ("POST", "/settings/name", "name=x", Own, Common),
    ("POST", "/settings/zone", "zone=Mars&seen=0", Own, Common),
    ("POST", "/settings/language", "lang=xx&seen=0", Own, Common),
    ("POST", "/settings/new-groups", "kind=&owner=&backup=&tags=&welcome=&seen=0", Own, Common),
    ("GET", "/settings/effective", "", Look, Common),
    ("POST", "/settings/effective", "seen=0", Own, Common),
    // Live codes.
    ("GET", "/codes", "", Look, Thing),
    ("POST", "/codes", "kind=web", Keep, Thing),
    ("GET", "/codes/new", "", Keep, Thing),
    ("GET", "/codes/channels", "", Look, Thing),
    ("GET", "/codes/channels/export/codes.csv", "", Keep, Thing),
    ("GET", "/codes/funnel", "", Look, Thing),
    ("GET", "/codes/{code}", "", Look, Thing),
    ("GET", "/codes/{code}/edit", "", Keep, Thing),
    ("POST", "/codes/{code}/edit", "name=", Keep, Thing),
    ("POST", "/codes/{code}/retries", "", Keep, Thing),
    ("POST", "/codes/{code}/checks", "group={group}&step=admins", Tend, Thing),
    ("POST", "/codes/{code}/placements", "name=", Keep, Thing),
    ("GET", "/codes/{code}/{placement}", "", Look, Thing),
    ("GET", "/codes/{code}/{placement}/qr.svg", "", Look, Thing),
    ("POST", "/codes/{code}/{placement}", "name=", Keep, Thing),
    ("POST", "/codes/{code}/{placement}/closure", "", Keep, Thing),
    ("POST", "/codes/{code}/{placement}/reopening", "", Keep, Thing),
    ("POST", "/codes/{code}/closure", "", Keep, Thing),
    ("POST", "/codes/{code}/reopening", "", Keep, Thing),
    ("GET", "/settings/links", "", Look, Thing),
    ("POST", "/settings/links", "host=", Keep, Thing),
    ("POST", "/settings/links/probes", "", Keep, Thing),
    ("POST", "/settings/links/removal", "host={host}", Keep, Thing),
    // Companies on WeCom.
    ("GET", "/settings/wecom", "", Lead, All),
    ("POST", "/settings/wecom", "corp=x&secret=y", Own, All),
    ("GET", "/settings/wecom/honest", "", Lead, All),
    ("GET", "/settings/wecom/{company}", "", Lead, All),
    ("GET", "/settings/wecom/{company}/steps", "", Lead, All),
    ("POST", "/settings/wecom/{company}/pulls", "", Lead, All),
    ("GET", "/settings/wecom/{company}/calls", "", Lead, All),
    ("GET", "/settings/wecom/{company}/doctor", "", Lead, All),
    ("GET", "/settings/wecom/{company}/edit", "", Own, All),
    ("POST", "/settings/wecom/{company}/edit", "agent=x", Own, All),
    ("GET", "/settings/wecom/{company}/handover", "", Lead, All),
    ("GET", "/settings/wecom/{company}/handover/new?who=sam", "", Lead, All),
    ("POST", "/settings/wecom/{company}/handover", "who=sam&t1=ann", Lead, All),
    ("GET", "/settings/wecom/{company}/handover/{handover}", "", Lead, All),
    ("GET", "/settings/wecom/{company}/handover/{handover}/part", "", Lead, All),
    ("GET", "/settings/wecom/{company}/handover/{handover}/export.csv", "", Lead, All),
    ("POST", "/settings/wecom/{company}/handover/{handover}/retakes", "from=ann&to=ann", Lead, All),
    ("POST", "/settings/wecom/{company}/handover/{handover}/cancellation", "", Lead, All),
    ("POST", "/settings/wecom/{company}/disconnection", "", Own, All),
    ("GET", "/doctor", "", Look, Common),
    ("GET", "/gallery", "", Own, Common),
    ("POST", "/gallery", "", Look, Common),
];

/// Doors that need no session: coming in and out, and what machines ask.
pub(super) const OPEN: &[(&str, &str)] = &[
    ("GET", "/login"),
    ("POST", "/login"),
    ("POST", "/logout"),
    ("GET", "/welcome/{token}"),
    ("POST", "/welcome/{token}"),
    ("GET", "/m/{token}"),
    ("POST", "/m/{token}/closures"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
];
