package dev.thalweg.core.dialect.responses;

import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks of whoever keeps answers, which a gateway may be. It also stays among the request's further fields.
 *
 * @param store whether the answer may be kept; null: not said, which OpenAI takes for yes
 * @param previousResponseId the answer whose conversation goes on; null: none
 * @param background whether the answer is written while nobody waits for it
 */
public record RequestOptions(
        @Nullable Boolean store, @Nullable String previousResponseId, boolean background) {
    /** Those of a request that this protocol's reader made. */
    public static RequestOptions of(ChatRequest request) {
        RawJson store = request.extra().get("store");
        RawJson previous = request.extra().get("previous_response_id");
        RawJson background = request.extra().get("background");
        return new RequestOptions(
                store == null ? null : store.text().equals("true"),
                previous == null ? null : previous.as(String.class),
                background != null && background.text().equals("true"));
    }
}
