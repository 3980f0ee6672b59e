package dev.thalweg.types.gemini;

import dev.thalweg.model.RawJson;
import dev.thalweg.types.CamelCaseRecord;
import dev.thalweg.types.Extra;
import java.util.List;

/** The body of an error. */
public record GeminiError(Details error, Extra extra) implements CamelCaseRecord {
    /**
     * What went wrong.
     *
     * @param code the HTTP status
     * @param status its name: {@code RESOURCE_EXHAUSTED}
     * @param details among them how long to wait
     */
    public record Details(int code, String message, String status, List<RawJson> details, Extra extra)
            implements CamelCaseRecord {
        public Details {
            details = List.copyOf(details);
        }
    }
}
