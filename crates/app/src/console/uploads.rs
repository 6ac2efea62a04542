//! Exports and rosters from the browser: progress, cancelling, undo.
