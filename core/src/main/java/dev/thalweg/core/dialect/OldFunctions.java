package dev.thalweg.core.dialect;

import dev.thalweg.model.ChatRequest;

/**
 * The functions of OpenAI's protocol, which tools were before they had that name. A request that has them has the same as tools,
 * and has them as a further field only so that it can be answered in their words.
 */
public final class OldFunctions {
    /** The field. */
    public static final String FIELD = "functions";

    private OldFunctions() {}

    /** Whether this further field is nothing but them: then it can be left out where there are tools, and nothing is lost. */
    public static boolean areSaidByTools(ChatRequest request, String field) {
        return field.equals(FIELD) && !request.tools().isEmpty();
    }
}
