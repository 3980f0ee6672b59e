package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningOptions;
import dev.thalweg.model.ResponseFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what a request says of the answer's text and of the reasoning before it. */
final class FormatWriter {
    /** Budgets of other protocols up to which an effort is called so, in tokens. */
    private static final int LOW = 2_048;

    private static final int MEDIUM = 16_384;

    private FormatWriter() {}

    /** The object under {@code text}. */
    static void text(ByteBuilder json, @Nullable ResponseFormat format, @Nullable RawJson verbosity) {
        json.ascii("{\"format\":");
        Optional<RawJson> schema = format == null ? Optional.empty() : format.schema();
        if (format == null) {
            json.ascii("{\"type\":\"text\"}");
        } else if (schema.isEmpty()) {
            json.ascii("{\"type\":\"json_object\"}");
        } else {
            json.ascii("{\"type\":\"json_schema\",\"name\":").string(format.name());
            format.description()
                    .ifPresent(text -> json.ascii(",\"description\":").string(text));
            json.ascii(",\"schema\":").append(Bytes.utf8(schema.get().text()));
            format.strict().ifPresent(strict -> json.ascii(",\"strict\":" + strict));
            json.ascii("}");
        }
        if (verbosity != null) {
            json.ascii(",\"verbosity\":").append(Bytes.utf8(verbosity.text()));
        }
        json.ascii("}");
    }

    /** The member {@code reasoning}; nothing where the model may do as it likes. */
    static void reasoning(ByteBuilder json, ReasoningOptions options, Warnings warnings) {
        String effort = options.effort().orElse(null);
        if (effort == null && options.budget().isPresent()) {
            effort = effort(options.budget().getAsInt());
            warnings.add("A reasoning budget of " + options.budget().getAsInt() + " tokens was taken for the effort '"
                    + effort + "': the Responses API knows no budgets");
        }
        String summary = options.summary().orElse(null);
        if (effort == null && summary == null) {
            return;
        }
        json.ascii(",\"reasoning\":{");
        if (effort != null) {
            json.ascii("\"effort\":").string(effort);
        }
        if (summary != null) {
            json.ascii(effort == null ? "\"summary\":" : ",\"summary\":").string(summary);
        }
        json.ascii("}");
    }

    private static String effort(int budget) {
        if (budget <= 0) {
            return "none";
        }
        return budget <= LOW ? "low" : budget <= MEDIUM ? "medium" : "high";
    }
}
