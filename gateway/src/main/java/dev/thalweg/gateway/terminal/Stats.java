package dev.thalweg.gateway.terminal;

import dev.thalweg.gateway.terminal.Answer.Outcome;
import dev.thalweg.model.FinishReason;
import dev.thalweg.model.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The line of figures under an answer. */
final class Stats {
    private Stats() {}

    static String line(Answer answer, boolean unicode) {
        List<String> parts = new ArrayList<>();
        @Nullable Usage usage = answer.usage();
        long output = usage == null ? 0 : usage.outputTokens();
        String about = usage != null && usage.estimated() ? "about " : "";
        if (usage != null) {
            parts.add(about + usage.inputTokens() + " tokens in, " + output + " out");
        }
        @Nullable Duration first = answer.firstToken();
        if (first != null) {
            double writing = seconds(answer.total().minus(first));
            if (output > 1 && writing > 0.05) {
                parts.add(about + format("%.0f tokens/s", output / writing));
            }
            parts.add("first token " + format("%.2f s", seconds(first)));
        }
        parts.add("total " + format("%.2f s", seconds(answer.total())));
        @Nullable FinishReason finish = answer.finish();
        if (finish != null && finish.kind() != FinishReason.Kind.STOP) {
            parts.add("finish reason " + finish.raw());
        }
        if (!answer.model().isEmpty()) {
            parts.add(answer.model());
        }
        String line = String.join(unicode ? " · " : ", ", parts);
        return answer.outcome() == Outcome.STOPPED ? "[stopped] " + line : line;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
