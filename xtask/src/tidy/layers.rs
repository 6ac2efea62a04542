//! The crate table: which crate may depend on which, and who may name a database or a web server.
//!
//! Reads `cargo metadata`. A crate that stands in no row of the table is a finding, so that a new
//! crate is a decision.

use crate::tidy::Finding;
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// One row: a crate and the local crates that it may depend on.
const TABLE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("engine", &["domain"]),
    ("insights", &["domain"]),
    ("imports", &["domain"]),
    ("store", &["domain"]),
    ("chat", &["domain"]),
    ("app", &["domain", "engine", "insights", "imports", "store", "chat", "report"]),
    ("rehearsal", &["domain", "engine", "insights", "chat", "app"]),
    ("practice", &["domain", "chat"]),
    ("report", &["domain", "insights"]),
    ("poster", &[]),
    ("web", &["domain", "engine", "insights", "chat", "report", "poster", "app"]),
    ("huoqun", EVERYTHING),
    ("testkit", &["domain", "engine", "insights", "imports", "store", "chat", "app", "rehearsal"]),
    ("xtask", EVERYTHING),
];

const EVERYTHING: &[&str] = &[
    "domain",
    "engine",
    "insights",
    "imports",
    "store",
    "chat",
    "app",
    "rehearsal",
    "practice",
    "report",
    "poster",
    "web",
];

/// Local crates that any crate may use in its tests.
const FOR_TESTS: &[&str] = &["testkit", "rehearsal", "practice", "store"];

/// Outside crates that only some local crates may name. (The workshop's bench sets bare drivers
/// beside the store.)
const NAMED_BY: &[(&str, &[&str])] = &[
    ("sqlx", &["store", "xtask"]),
    ("sqlx-core", &["store"]),
    ("rusqlite", &["store", "xtask"]),
    ("libsqlite3-sys", &["store"]),
    ("tokio-postgres", &["store"]),
    ("postgres", &["store"]),
    ("axum", &["web", "practice", "xtask"]),
    ("reqwest", &["chat", "practice"]),
    ("clap", &["huoqun", "xtask"]),
    ("indicatif", &["huoqun", "xtask"]),
];

/// A crate of the workspace, as far as the rules look at it.
#[derive(Clone, Debug, Default)]
pub struct Crate {
    /// Its name.
    pub name: String,
    /// Names of what it depends on directly, outside of tests.
    pub direct: BTreeSet<String>,
    /// Names of what its tests depend on in addition.
    pub for_tests: BTreeSet<String>,
    /// Names of everything that its product code reaches, itself not included.
    pub reached: BTreeSet<String>,
    /// The text of its manifest.
    pub manifest: String,
}

impl Crate {
    /// Path of its manifest from the root.
    pub fn manifest_path(&self) -> String {
        match self.name.as_str() {
            "xtask" => "xtask/Cargo.toml".to_owned(),
            name => format!("crates/{name}/Cargo.toml"),
        }
    }

    /// Asks cargo, without the network, for the crates of the workspace at `root`.
    pub fn read(root: &Path) -> Result<Vec<Self>, Box<dyn std::error::Error>> {
        let metadata = MetadataCommand::new()
            .manifest_path(root.join("Cargo.toml"))
            .other_options(["--offline", "--filter-platform", "host-tuple"].map(str::to_owned))
            .exec()?;
        let links = Links::of(&metadata);
        let member = |package: &&Package| metadata.workspace_members.contains(&package.id);
        metadata.packages.iter().filter(member).map(|package| one(package, &links)).collect()
    }
}

fn one(package: &Package, links: &Links) -> Result<Crate, Box<dyn std::error::Error>> {
    let of_kind = |kind: DependencyKind| {
        let fits = move |dependency: &&cargo_metadata::Dependency| dependency.kind == kind;
        package.dependencies.iter().filter(fits).map(|one| one.name.clone()).collect()
    };
    Ok(Crate {
        name: package.name.to_string(),
        direct: of_kind(DependencyKind::Normal),
        for_tests: of_kind(DependencyKind::Development),
        reached: links.reached(&package.id),
        manifest: std::fs::read_to_string(&package.manifest_path)?,
    })
}

/// Who links whom in the product, by package.
struct Links {
    names: HashMap<PackageId, String>,
    next: HashMap<PackageId, Vec<PackageId>>,
}

impl Links {
    fn of(metadata: &Metadata) -> Self {
        let named = |package: &Package| (package.id.clone(), package.name.to_string());
        let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
        let linked = |node: &cargo_metadata::Node| {
            let normal = |dep: &&cargo_metadata::NodeDep| {
                dep.dep_kinds.iter().any(|how| how.kind == DependencyKind::Normal)
            };
            let to = node.deps.iter().filter(normal).map(|dep| dep.pkg.clone()).collect();
            (node.id.clone(), to)
        };
        Self {
            names: metadata.packages.iter().map(named).collect(),
            next: nodes.map(linked).collect(),
        }
    }

    fn reached(&self, from: &PackageId) -> BTreeSet<String> {
        let mut seen: BTreeSet<&PackageId> = BTreeSet::new();
        let mut open: Vec<&PackageId> = self.next.get(from).into_iter().flatten().collect();
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                open.extend(self.next.get(id).into_iter().flatten());
            }
        }
        seen.into_iter().filter_map(|id| self.names.get(id).cloned()).collect()
    }
}

/// Holds the table.
pub(super) fn check(crates: &[Crate], found: &mut Vec<Finding>) {
    let local: BTreeSet<&str> = crates.iter().map(|one| one.name.as_str()).collect();
    for krate in crates {
        let mut say = |rule, what| {
            found.push(Finding { path: krate.manifest_path(), line: 0, rule, what });
        };
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == krate.name) else {
            say("crate-table", format!("{} stands in no row of the crate table", krate.name));
            continue;
        };
        for name in krate.direct.iter().filter(|name| local.contains(name.as_str())) {
            if !allowed.contains(&name.as_str()) {
                say("crate-table", format!("{} must not depend on {name}", krate.name));
            }
        }
        for name in krate.for_tests.iter().filter(|name| local.contains(name.as_str())) {
            if !allowed.contains(&name.as_str()) && !FOR_TESTS.contains(&name.as_str()) {
                say("crate-table", format!("tests of {} must not use {name}", krate.name));
            }
        }
        for (outside, by) in NAMED_BY {
            if krate.direct.contains(*outside) && !by.contains(&krate.name.as_str()) {
                say("named-by", format!("only {} may name {outside}", by.join(", ")));
            }
        }
        if !krate.manifest.contains("[lints]\nworkspace = true") {
            say("lints", "write [lints] workspace = true".to_owned());
        }
    }
}
