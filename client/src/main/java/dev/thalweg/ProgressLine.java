package dev.thalweg;

import dev.thalweg.core.catalog.ModelCatalog;
import dev.thalweg.core.dialect.openai.PromptEstimate;
import dev.thalweg.core.wire.TokenEstimator;
import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.ChatRequest;
import dev.thalweg.model.Cost;
import dev.thalweg.model.ModelInfo;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.Usage;
import java.math.MathContext;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a line of progress says: plain ASCII, on one line of eighty columns. Clocks are given. Not thread-safe. */
final class ProgressLine {
    private static final String SPINNER = "|/-\\";
    private static final int BAR = 20;
    private static final int LONGEST_NAME = 48;
    private static final double SECOND = 1e9;

    private final ChatRequest request;
    private final long started;
    private final Optional<ModelInfo> info;
    private final long inputTokens;
    private TokenEstimator estimate = new TokenEstimator();
    private @Nullable Usage usage;
    private long firstToken = -1;
    private long firstTokens;
    private int turn;

    /** A line for the answer to this request, which was sent at this {@link System#nanoTime}. */
    ProgressLine(ChatRequest request, long started) {
        this.request = request;
        this.started = started;
        String model = request.model();
        int slash = model.indexOf('/');
        this.info = slash < 0
                ? Optional.empty()
                : ModelCatalog.bundled().find(model.substring(0, slash), model.substring(slash + 1));
        this.inputTokens = PromptEstimate.ofRequest(request);
    }

    /** A chunk came; true where it is the first one with content. */
    boolean add(ChatChunk chunk, long now) {
        boolean first = false;
        for (StreamEvent event : chunk.events()) {
            switch (event) {
                case StreamEvent.TextDelta delta -> estimate.add(delta.text());
                case StreamEvent.ReasoningDelta delta -> estimate.add(delta.text());
                case StreamEvent.RefusalDelta delta -> estimate.add(delta.text());
                case StreamEvent.ToolCallDelta delta -> estimate.add(delta.arguments());
                case StreamEvent.Restarted restarted -> estimate = new TokenEstimator();
                default -> {}
            }
        }
        if (firstToken < 0 && estimate.tokens() > 0) {
            firstToken = now - started;
            firstTokens = estimate.tokens();
            first = true;
        }
        return first;
    }

    /** What the provider counted, or what is an estimate of the whole. */
    void count(Usage counted) {
        usage = counted;
    }

    /** While it waits and while it is written. */
    String live(long now) {
        char spinner = SPINNER.charAt(turn++ % SPINNER.length());
        if (firstToken < 0) {
            return spinner + " " + name() + "  " + seconds(now - started);
        }
        StringJoiner line = new StringJoiner("  ");
        line.add(request.maxOutputTokens().isPresent() ? bar() : spinner + " " + tokens() + " tokens");
        rate(line, now);
        line.add(seconds(now - started));
        cost().ifPresent(usd -> line.add("~" + usd + " USD"));
        return line.toString();
    }

    /** When it is over. */
    String summary(long now, boolean complete) {
        StringJoiner line = new StringJoiner("  ");
        line.add((complete ? "" : "stopped: ") + tokens() + " tokens");
        rate(line, now);
        if (firstToken >= 0) {
            line.add("first after " + seconds(firstToken));
        }
        line.add(seconds(now - started));
        boolean counted = usage != null && !usage.estimated();
        cost().ifPresent(usd -> line.add((counted ? "" : "~") + usd + " USD"));
        return line.toString();
    }

    private String bar() {
        int most = request.maxOutputTokens().orElseThrow();
        int filled = (int) Math.min(BAR, BAR * tokens() / Math.max(1, most));
        return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + tokens() + "/" + most + " tokens";
    }

    /** Of what came behind the first piece, whose time is the wait before it. */
    private void rate(StringJoiner line, long now) {
        double elapsed = (now - started - firstToken) / SECOND;
        long tokens = tokens() - firstTokens;
        if (firstToken >= 0 && elapsed > 0 && tokens > 0) {
            line.add(String.format(Locale.ROOT, "%.1f tokens/s", tokens / elapsed));
        }
    }

    private long tokens() {
        return usage != null && usage.outputTokens() > 0 ? usage.outputTokens() : estimate.tokens();
    }

    private Optional<String> cost() {
        Usage used = usage != null && usage.outputTokens() > 0
                ? usage
                : Usage.builder()
                        .inputTokens(inputTokens)
                        .outputTokens(tokens())
                        .build();
        return info.map(model -> model.prices().cost(used, Instant.now()))
                .flatMap(Cost::usd)
                .map(usd -> usd.round(new MathContext(3)).stripTrailingZeros().toPlainString());
    }

    private String name() {
        String name = request.model().replaceAll("[^\\x21-\\x7e]", "?");
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / SECOND);
    }
}
