//! What became of a document: counted events, deadlines, states.
