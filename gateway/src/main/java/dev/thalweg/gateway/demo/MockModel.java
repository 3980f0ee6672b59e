package dev.thalweg.gateway.demo;

import dev.thalweg.core.dialect.openai.ErrorWriter;
import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.ResponseWriter;
import dev.thalweg.core.error.ErrorKind;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.gateway.upstream.Attempt;
import dev.thalweg.gateway.upstream.AttemptListener;
import dev.thalweg.model.Usage;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code mock_response} of a deployment, as LiteLLM means it: a text is the answer, streamed in pieces of three
 * characters, with a usage of 10 and 20 tokens; {@code litellm.RateLimitError} and the like are that error; {@code
 * Exception: mock_streaming_error} breaks the stream in its middle; an object is the whole answer as it is.
 */
public final class MockModel {
    private static final int PIECE = 3;
    private static final Usage USAGE =
            Usage.builder().inputTokens(10).outputTokens(20).totalTokens(30).build();

    private MockModel() {}

    /** The mocked answer. */
    public static Attempt attempt(
            EventLoop loop, RequestHead request, String mockJson, Duration delay, AttemptListener listener) {
        return new InProcessAttempt(loop, listener, reply(request, mockJson, delay));
    }

    private static InProcessAttempt.Reply reply(RequestHead request, String mockJson, Duration delay) {
        JsonNode mock = JsonMapper.shared().readTree(mockJson);
        if (!mock.isString()) {
            return whole(200, Bytes.utf8(mockJson), delay);
        }
        String text = mock.asString();
        Optional<ErrorKind> error = error(text);
        if (error.isPresent()) {
            ErrorKind kind = error.get();
            String message = "This is a mock " + kind.exceptionClass().getSimpleName() + ".";
            return whole(kind.status(), ErrorWriter.body(message, kind.type(), null, kind.code(), null), delay);
        }
        ResponseWriter writer = new ResponseWriter(
                "chatcmpl-" + UUID.randomUUID(), request.model(), Instant.now().getEpochSecond());
        int choices = (int) request.choices();
        if (!request.stream()) {
            return whole(200, writer.completion(choices, text, List.of(), "stop", USAGE), delay);
        }
        List<byte[]> events = events(writer, choices, text);
        return new InProcessAttempt.Reply(
                200,
                "text/event-stream",
                delay,
                position -> position < events.size() ? events.get(position) : null,
                Duration.ZERO);
    }

    private static InProcessAttempt.Reply whole(int status, byte[] body, Duration delay) {
        return new InProcessAttempt.Reply(
                status, "application/json", delay, position -> position == 0 ? body : null, Duration.ZERO);
    }

    private static List<byte[]> events(ResponseWriter writer, int choices, String text) {
        boolean breaks = text.startsWith("Exception: mock_streaming_error");
        List<byte[]> events = new ArrayList<>();
        for (int choice = 0; choice < choices; choice++) {
            events.add(writer.role(choice));
        }
        for (int from = 0; from < text.length(); ) {
            int to = pieceEnd(text, from);
            for (int choice = 0; choice < choices; choice++) {
                events.add(writer.text(choice, text.substring(from, to)));
            }
            from = to;
        }
        if (breaks) {
            ErrorKind kind = ErrorKind.INTERNAL_SERVER;
            events.add(ErrorWriter.event(
                    ErrorWriter.body("This is a mock error raised mid-stream.", kind.type(), null, kind.code(), null)));
            return events;
        }
        for (int choice = 0; choice < choices; choice++) {
            events.add(writer.finish(choice, "stop"));
        }
        events.add(writer.usage(USAGE));
        events.add(ResponseWriter.done());
        return events;
    }

    /** Three characters on; never between the halves of a surrogate pair. */
    private static int pieceEnd(String text, int from) {
        int to = Math.min(text.length(), from + PIECE);
        return to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) ? to + 1 : to;
    }

    private static Optional<ErrorKind> error(String text) {
        if (text.startsWith("Exception: content_filter_policy")) {
            return Optional.of(ErrorKind.CONTENT_POLICY_VIOLATION);
        }
        String name = text.replaceFirst("^(?:litellm|thalweg|mishikallm)\\.", "");
        if (name.equals(text)) {
            return Optional.empty();
        }
        if (name.equals("Timeout")) {
            return Optional.of(ErrorKind.TIMEOUT);
        }
        String wanted = name.replaceFirst("Error$", "Exception");
        return Stream.of(ErrorKind.values())
                .filter(kind -> kind.exceptionClass().getSimpleName().equalsIgnoreCase(wanted))
                .findFirst();
    }
}
