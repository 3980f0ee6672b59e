package dev.thalweg.core.dialect;

import dev.thalweg.core.wire.Framing;
import java.util.List;

/**
 * What a gateway says of an answer that it writes itself.
 *
 * @param requestId the request's id, from which an answer's id is made where the upstream gives none
 * @param upstream the protocol the answer comes in: {@code anthropic} for example
 * @param model what the model is called towards the caller
 * @param created seconds since 1970
 * @param showUsage whether the caller asked for usage in the stream, where his protocol leaves that to him
 * @param framing how the caller wants the events of a stream framed
 * @param warnings what could not be said in the upstream's protocol
 */
public record AnswerHead(
        String requestId,
        String upstream,
        String model,
        long created,
        boolean showUsage,
        Framing framing,
        List<String> warnings) {

    /** One whose events are server-sent events. */
    public AnswerHead(
            String requestId, String upstream, String model, long created, boolean showUsage, List<String> warnings) {
        this(requestId, upstream, model, created, showUsage, Framing.SSE, warnings);
    }
}
