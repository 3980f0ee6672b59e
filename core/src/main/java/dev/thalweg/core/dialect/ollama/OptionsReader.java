package dev.thalweg.core.dialect.ollama;

import dev.thalweg.core.dialect.Members;
import dev.thalweg.model.ChatRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a caller's options. Those that the vocabulary has no word for stay what they are, each under its own name. */
final class OptionsReader {
    private final ChatRequest.Builder request;

    OptionsReader(ChatRequest.Builder request) {
        this.request = request;
    }

    void read(@Nullable Members options) {
        if (options == null) {
            return;
        }
        limit(options);
        Double temperature = options.number("temperature");
        if (temperature != null) {
            request.temperature(temperature);
        }
        Double topP = options.number("top_p");
        if (topP != null) {
            request.topP(topP);
        }
        Double topK = options.number("top_k");
        if (topK != null) {
            request.topK(topK.intValue());
        }
        Double seed = options.number("seed");
        if (seed != null) {
            request.seed(seed.longValue());
        }
        Double frequency = options.number("frequency_penalty");
        if (frequency != null) {
            request.frequencyPenalty(frequency);
        }
        Double presence = options.number("presence_penalty");
        if (presence != null) {
            request.presencePenalty(presence);
        }
        request.stop(options.isText("stop") ? List.of(options.required("stop")) : options.texts("stop"));
        options.others(Options.SHARED).forEach((name, json) -> RequestReader.keep(request, name, json));
    }

    /** A limit below zero is none. */
    private void limit(Members options) {
        Double limit = options.number("num_predict");
        if (limit != null && limit >= 1) {
            request.maxOutputTokens(limit.intValue());
        }
    }
}
