package dev.thalweg.core.dialect;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.error.ErrorBody;
import dev.thalweg.core.wire.Framing;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.ChatResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wire protocol in both directions: towards an upstream as its client, towards a caller as its server. What one of them
 * reads any of them writes, by way of the neutral vocabulary. Stateless and thread-safe.
 */
public interface Dialect {
    /** {@code openai}, {@code responses}, {@code anthropic}. */
    String name();

    /** How the events of its streams are framed, where nothing else was agreed on. */
    default Framing framing() {
        return Framing.SSE;
    }

    // Towards an upstream.

    /**
     * What is appended to an upstream's base URL to ask it, with a query where one belongs there.
     *
     * @param model the model's name at the upstream
     */
    String path(String model, boolean stream);

    /**
     * The body of a request to an upstream.
     *
     * @param model the model's name at the upstream
     * @param stream whether the answer is to be streamed
     * @param warnings is told what this protocol has no word for
     */
    byte[] writeRequest(ChatRequest request, Provider provider, String model, boolean stream, Warnings warnings);

    /** Where its requests have what an operator sets for those that do not say it. */
    default SettingPlaces settings() {
        return SettingPlaces.AS_IN_CHAT;
    }

    /** A reader for the events of one streamed answer. */
    EventReader eventReader();

    /**
     * Reads a whole answer.
     *
     * @return what the provider reports instead of one; null for an answer
     * @throws dev.thalweg.core.wire.JsonSyntaxException when it is not JSON
     */
    @Nullable
    ErrorBody readAnswer(byte[] array, int offset, int length, FrameSink sink);

    // Towards a caller.

    /**
     * What a caller's body asks for.
     *
     * @throws RequestProblem when it is not a request of this protocol
     */
    ChatRequest readRequest(byte[] array, int offset, int length);

    /** A writer for the events of one streamed answer. */
    EventWriter eventWriter(AnswerHead head, ChatRequest request);

    /** A whole answer as a body. */
    byte[] writeAnswer(ChatResponse response, AnswerHead head, ChatRequest request);

    /** An error as a body: the caller's protocol's own envelope. */
    byte[] writeError(CallerError error);

    /** An error as the last event or events of a stream that has begun; {@code writer} is the one that wrote it. */
    byte[] writeErrorEvent(CallerError error, @Nullable EventWriter writer);

    /**
     * The same after events that were passed on as they came.
     *
     * @param passed how many they were
     * @param id of the answer they belong to; empty where none was said
     * @param framing how they were framed
     */
    default byte[] writeErrorEvent(CallerError error, int passed, String id, Framing framing) {
        return writeErrorEvent(error, null);
    }

    /**
     * An error for a caller.
     *
     * @param status the HTTP status it has or would have
     * @param type in OpenAI's words: {@code rate_limit_error}, {@code invalid_request_error}
     * @param code in OpenAI's words or the provider's; null: none
     * @param param the request's field at fault; null: none
     * @param attempts the failed attempts it tells of; may be empty
     * @param further JSON text on one line by name: what else the provider says of it; may be empty
     */
    record CallerError(
            int status,
            String message,
            String type,
            @Nullable String code,
            @Nullable String param,
            String requestId,
            List<Attempt> attempts,
            Map<String, String> further) {

        /** An error of which there is no more to say. */
        public CallerError(
                int status,
                String message,
                String type,
                @Nullable String code,
                @Nullable String param,
                String requestId,
                List<Attempt> attempts) {
            this(status, message, type, code, param, requestId, attempts, Map.of());
        }

        /**
         * A failed attempt before an error.
         *
         * @param deployment who was asked
         * @param status what its failure would be as an HTTP status
         */
        public record Attempt(
                String deployment, int status, @Nullable String code) {}
    }
}
