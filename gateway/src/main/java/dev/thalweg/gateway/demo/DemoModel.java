package dev.thalweg.gateway.demo;

import dev.thalweg.core.dialect.openai.RequestHead;
import dev.thalweg.core.dialect.openai.ResponseWriter;
import dev.thalweg.gateway.upstream.Attempt;
import dev.thalweg.gateway.upstream.AttemptListener;
import dev.thalweg.model.ToolCall;
import dev.thalweg.model.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code thalweg/demo}: a program that speaks like a model, so that a gateway can be tried with no account anywhere. It
 * says what it is. It knows {@code n}, {@code max_tokens} (a word is a token to it) and calls the first tool it is
 * offered.
 */
public final class DemoModel {
    private static final Duration BEFORE = Duration.ofMillis(40);
    private static final Duration PACE = Duration.ofMillis(25);

    private DemoModel() {}

    /** An answer of the demo model to the request with this body. */
    public static Attempt attempt(EventLoop loop, RequestHead request, ByteBuf body, AttemptListener listener) {
        return new InProcessAttempt(loop, listener, reply(request, DemoPrompt.of(body)));
    }

    private static InProcessAttempt.Reply reply(RequestHead request, DemoPrompt prompt) {
        ResponseWriter writer = new ResponseWriter(
                "chatcmpl-" + UUID.randomUUID(), request.model(), Instant.now().getEpochSecond());
        Optional<ToolCall> call = prompt.toolCall();
        List<String> words = call.isPresent() ? List.of() : words(prompt.answer());
        boolean cut = request.maxTokens() >= 0 && words.size() > request.maxTokens();
        if (cut) {
            words = words.subList(0, (int) request.maxTokens());
        }
        String finish = call.isPresent() ? "tool_calls" : cut ? "length" : "stop";
        int choices = (int) request.choices();
        Usage usage = Usage.builder()
                .inputTokens(prompt.words())
                .outputTokens(choices * (long) Math.max(1, words.size()))
                .build();
        List<ToolCall> calls = call.map(List::of).orElse(List.of());
        if (!request.stream()) {
            byte[] whole = writer.completion(choices, String.join("", words), calls, finish, usage);
            return new InProcessAttempt.Reply(
                    200, "application/json", BEFORE, position -> position == 0 ? whole : null, PACE);
        }
        List<byte[]> events = events(writer, choices, words, calls, finish, usage);
        return new InProcessAttempt.Reply(
                200,
                "text/event-stream",
                BEFORE,
                position -> position < events.size() ? events.get(position) : null,
                PACE);
    }

    private static List<byte[]> events(
            ResponseWriter writer, int choices, List<String> words, List<ToolCall> calls, String finish, Usage usage) {
        List<byte[]> events = new ArrayList<>();
        for (int choice = 0; choice < choices; choice++) {
            events.add(writer.role(choice));
        }
        for (String word : words) {
            for (int choice = 0; choice < choices; choice++) {
                events.add(writer.text(choice, word));
            }
        }
        for (int choice = 0; choice < choices; choice++) {
            for (int i = 0; i < calls.size(); i++) {
                events.add(writer.toolCall(choice, i, calls.get(i)));
            }
            events.add(writer.finish(choice, finish));
        }
        events.add(writer.usage(usage));
        events.add(ResponseWriter.done());
        return events;
    }

    /** The text in words, each with the blank before it. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int blank = text.indexOf(' '); blank >= 0; blank = text.indexOf(' ', blank + 1)) {
            if (blank > start) {
                words.add(text.substring(start, blank));
                start = blank;
            }
        }
        words.add(text.substring(start));
        return words;
    }
}
