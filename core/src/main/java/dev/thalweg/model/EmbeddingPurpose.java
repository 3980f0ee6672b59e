package dev.thalweg.model;

/** What vectors are for, where a model makes others for each. */
public enum EmbeddingPurpose {
    /** To be found: the texts that are searched. */
    DOCUMENT,
    /** To find: what is searched for. */
    QUERY,
    /** To sort texts into classes. */
    CLASSIFICATION,
    /** To group texts. */
    CLUSTERING,
    /** To tell how alike texts are. */
    SIMILARITY,
    /** To find answers: the question. */
    QUESTION_ANSWERING,
    /** To find what a statement can be held against. */
    FACT_VERIFICATION,
    /** To find code: what it is to do. */
    CODE_QUERY
}
