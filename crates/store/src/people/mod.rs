//! People over groups and platforms: merges, tags, notes, attributes, main group, blacklist.
