package dev.thalweg.core.dialect;

import dev.thalweg.model.EmbeddingPurpose;
import java.util.Locale;
import java.util.Optional;

/** What vectors are for, in the words of Cohere, Voyage, Jina and Google: a caller may know those of another provider. */
public final class PurposeWord {
    private PurposeWord() {}

    /** What this word means; empty where nobody knows. */
    public static Optional<EmbeddingPurpose> read(String word) {
        return Optional.ofNullable(
                switch (word.toLowerCase(Locale.ROOT)) {
                    case "search_document", "document", "passage", "retrieval_document", "retrieval.passage" ->
                        EmbeddingPurpose.DOCUMENT;
                    case "search_query", "query", "retrieval_query", "retrieval.query" -> EmbeddingPurpose.QUERY;
                    case "classification" -> EmbeddingPurpose.CLASSIFICATION;
                    case "clustering", "separation" -> EmbeddingPurpose.CLUSTERING;
                    case "semantic_similarity", "text-matching" -> EmbeddingPurpose.SIMILARITY;
                    case "question_answering" -> EmbeddingPurpose.QUESTION_ANSWERING;
                    case "fact_verification" -> EmbeddingPurpose.FACT_VERIFICATION;
                    case "code_retrieval_query" -> EmbeddingPurpose.CODE_QUERY;
                    default -> null;
                });
    }

    /** Cohere's word, which has one for each: the nearest. */
    public static String cohere(EmbeddingPurpose purpose) {
        return switch (purpose) {
            case DOCUMENT -> "search_document";
            case QUERY, QUESTION_ANSWERING, FACT_VERIFICATION, CODE_QUERY -> "search_query";
            case CLASSIFICATION -> "classification";
            case CLUSTERING, SIMILARITY -> "clustering";
        };
    }
}
