package dev.thalweg;

import dev.thalweg.core.error.Redaction;
import dev.thalweg.error.ThalwegException;
import dev.thalweg.model.Attempt;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Writes what happens to calls into the system logger: a line each for start, attempts, first token and end. */
final class VerboseLog implements CallListener {
    private static final System.Logger LOGGER = System.getLogger("dev.thalweg");
    private static final int SHORT_ID = 8;

    private final System.Logger.Level level;
    private final boolean content;

    private VerboseLog(System.Logger.Level level, boolean content) {
        this.level = level;
        this.content = content;
    }

    /** Who writes that much; nobody where neither this nor the logger's level asks for it. */
    static Optional<CallListener> of(Verbosity verbosity) {
        return switch (verbosity) {
            case CALLS -> Optional.of(new VerboseLog(System.Logger.Level.INFO, false));
            case CONTENT -> Optional.of(new VerboseLog(System.Logger.Level.INFO, true));
            case OFF ->
                LOGGER.isLoggable(System.Logger.Level.DEBUG)
                        ? Optional.of(new VerboseLog(System.Logger.Level.DEBUG, false))
                        : Optional.empty();
        };
    }

    @Override
    public void started(CallStart call) {
        StringJoiner line = new StringJoiner(", ", "asks " + text(call.model()), "");
        line.add(call.stream() ? " as a stream" : " for a whole answer");
        call.request().ifPresent(request -> settings(request, line));
        write(call.callId(), line.toString());
        if (content) {
            call.request().ifPresent(request -> questions(call.callId(), request));
        }
    }

    private static void settings(ChatRequest request, StringJoiner line) {
        List<Message> messages = request.messages();
        long characters = messages.stream().mapToLong(m -> m.content().length()).sum();
        line.add(messages.size() + " messages with " + characters + " characters");
        if (!request.tools().isEmpty()) {
            line.add(request.tools().size() + " tools");
        }
        request.temperature().ifPresent(value -> line.add("temperature " + value));
        request.maxOutputTokens().ifPresent(value -> line.add("at most " + value + " tokens"));
    }

    private void questions(String callId, ChatRequest request) {
        for (Message message : request.messages()) {
            write(callId, word(message.role()) + ": " + text(message.content()));
        }
    }

    @Override
    public void attemptStarted(String callId, AttemptStart attempt) {
        write(
                callId,
                "attempt " + attempt.number() + ": " + text(attempt.deployment()) + " at " + attempt.host() + ":"
                        + attempt.port());
    }

    @Override
    public void attemptFailed(String callId, Attempt attempt) {
        String code = attempt.code().isEmpty() ? "" : " " + word(attempt.code());
        write(
                callId,
                "attempt failed: " + text(attempt.deployment()) + ", " + attempt.error() + code + " after "
                        + time(attempt.duration()));
    }

    @Override
    public void firstToken(String callId, Duration sinceStart) {
        write(callId, "first token after " + time(sinceStart));
    }

    @Override
    public void ended(CallRecord call) {
        StringJoiner line = new StringJoiner(", ");
        line.add(how(call) + " after " + time(call.duration()));
        call.failure().ifPresent(failure -> line.add(failure(failure)));
        call.response().finishReasons().forEach(reason -> line.add("finish " + word(reason.raw())));
        call.response().usage().ifPresent(usage -> line.add(usage.toString()));
        call.cost().digits().ifPresent(usd -> line.add(usd + " USD"));
        line.add(call.attempts().size() + " attempts");
        write(call.callId(), line.toString());
        if (content) {
            answer(call);
        }
    }

    private static String how(CallRecord call) {
        return switch (call.outcome()) {
            case COMPLETE -> "complete";
            case CLOSED -> "closed by its caller";
            case FAILED -> "failed";
        };
    }

    private String failure(ThalwegException failure) {
        String code = failure.code().map(value -> " " + word(value)).orElse("");
        String status = failure.status() > 0 ? " (" + failure.status() + ")" : "";
        String id = failure.requestId().map(value -> ", request " + word(value)).orElse("");
        String message = content ? ": " + text(String.valueOf(failure.getMessage())) : "";
        return failure.getClass().getSimpleName() + code + status + id + message;
    }

    private void answer(CallRecord call) {
        String reasoning = call.response().reasoning();
        if (!reasoning.isEmpty()) {
            write(call.callId(), "reasoning: " + text(reasoning));
        }
        String tools = call.response().toolCalls().stream()
                .map(tool -> tool.name() + "(" + tool.arguments() + ")")
                .collect(Collectors.joining(" "));
        write(call.callId(), "assistant: " + text(call.response().content() + tools));
    }

    private void write(String callId, String line) {
        String id = callId.length() > SHORT_ID ? callId.substring(0, SHORT_ID) : callId;
        LOGGER.log(level, () -> "call " + text(id) + " " + line);
    }

    private static String time(Duration duration) {
        return duration.toMillis() + " ms";
    }

    /** A provider's word; what is none, and so could be anything, is left out. */
    private static String word(String text) {
        String word = Redaction.word(text);
        return word == null ? "(not shown)" : word;
    }

    /** On one line, without what looks like a key. */
    private static String text(String text) {
        return Redaction.message(text).replaceAll("\\R", "⏎").replaceAll("\\p{Cntrl}", " ");
    }
}
