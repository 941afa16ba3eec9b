//! What is wrong with documents: rules of one record, of the corpus, and privacy.
