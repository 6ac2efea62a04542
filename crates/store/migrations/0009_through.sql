-- How far the pages of a group have come, without reading them all.

CREATE INDEX pages_by_through ON pages (org, grp, through_seq);
