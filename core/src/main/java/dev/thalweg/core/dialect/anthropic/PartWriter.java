package dev.thalweg.core.dialect.anthropic;

import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a part of a message as a block of this protocol. */
final class PartWriter {
    /** Fields of a block that this protocol has; any other is another's. */
    private static final Set<String> KNOWN = Set.of("cache_control", "citations", "context", "caller");

    private static final Pattern NOT_IN_IDS = Pattern.compile("[^A-Za-z0-9_-]");

    private final ByteBuilder json;
    private final Warnings warnings;
    private int callsWithoutId;
    private int resultsWithoutId;

    PartWriter(ByteBuilder json, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
    }

    /** Appends this and the part; false, and nothing, where it has no place here. */
    boolean write(Part part, String before) {
        return switch (part) {
            case Part.Text text -> text(text.text(), text.extra(), before);
            case Part.Refusal refusal -> text(refusal.text(), Map.of(), before);
            case Part.Image image -> image(image, before);
            case Part.File file -> file(file, before);
            case Part.Sound sound -> leftOut("sound");
            case Part.Reasoning reasoning -> reasoning(reasoning, before);
            case Part.Call call -> call(call, before);
            case Part.ToolResult result -> result(result, before);
            case Part.Native block -> own(block, before);
            default -> leftOut("a part of a kind that is not known");
        };
    }

    private boolean text(String text, Map<String, RawJson> extra, String before) {
        if (text.isBlank()) {
            return false; // refused there, and it says nothing
        }
        json.ascii(before).ascii("{\"type\":\"text\",\"text\":").string(text);
        return end(extra);
    }

    private boolean image(Part.Image image, String before) {
        json.ascii(before).ascii("{\"type\":\"image\",\"source\":");
        source(image.source());
        String detail = image.detail();
        if (detail != null && !detail.equals("auto")) {
            warnings.dropped("image_url.detail", AnthropicDialect.NAME);
        }
        return end(image.extra());
    }

    private boolean file(Part.File file, String before) {
        json.ascii(before).ascii("{\"type\":\"document\",\"source\":");
        Part.Source source = file.source();
        if (source.isData() && source.mediaType().startsWith("text/")) {
            plainText(source);
        } else {
            source(source);
        }
        if (file.name() != null) {
            json.ascii(",\"title\":").string(file.name());
        }
        return end(file.extra());
    }

    /** A text goes as it is: only PDFs are taken in Base64. */
    private void plainText(Part.Source source) {
        try {
            byte[] text = Base64.getDecoder().decode(source.base64());
            json.ascii("{\"type\":\"text\",\"media_type\":\"text/plain\",\"data\":")
                    .string(new String(text, StandardCharsets.UTF_8))
                    .ascii("}");
        } catch (IllegalArgumentException e) {
            warnings.add("a file's data is not Base64");
            source(source);
        }
    }

    private void source(Part.Source source) {
        if (source.isData()) {
            json.ascii("{\"type\":\"base64\",\"media_type\":").string(source.mediaType());
            json.ascii(",\"data\":").string(source.base64()).ascii("}");
        } else if (source.fileId() != null) {
            json.ascii("{\"type\":\"file\",\"file_id\":")
                    .string(source.fileId())
                    .ascii("}");
        } else {
            json.ascii("{\"type\":\"url\",\"url\":")
                    .string(Objects.requireNonNullElse(source.url(), ""))
                    .ascii("}");
        }
    }

    /** Reasoning goes back to who gave it, as it came: nobody else can check a signature or read what is encrypted. */
    private boolean reasoning(Part.Reasoning part, String before) {
        ReasoningBlock block = part.block();
        String redacted = block.redacted().orElse(null);
        String signature = block.signature().orElse(null);
        if (!Origin.fits(block, AnthropicDialect.NAME) || (redacted == null && signature == null)) {
            warnings.add("earlier reasoning was left out: it has no signature of anthropic's");
            return false;
        }
        json.ascii(before);
        if (redacted != null) {
            json.ascii("{\"type\":\"redacted_thinking\",\"data\":").string(redacted);
        } else {
            json.ascii("{\"type\":\"thinking\",\"thinking\":").string(block.text());
            json.ascii(",\"signature\":").string(Objects.requireNonNull(signature));
        }
        return end(part.extra());
    }

    private boolean call(Part.Call part, String before) {
        ToolCall call = part.call();
        String input = ToolInput.of(call);
        if (!ToolInput.isObject(input)) {
            warnings.add("the arguments of a call of '" + call.name() + "' are not a JSON object, and were left out");
            input = ToolInput.NONE;
        }
        json.ascii(before)
                .ascii("{\"type\":\"tool_use\",\"id\":")
                .string(call.id().isEmpty() ? "toolu_" + callsWithoutId++ : id(call.id()));
        json.ascii(",\"name\":").string(call.name()).ascii(",\"input\":").append(Bytes.utf8(input));
        RawJson caller = call.extra().get("caller");
        if (caller != null && !part.extra().containsKey("caller")) {
            json.ascii(",\"caller\":").append(Bytes.utf8(caller.text()));
        }
        return end(part.extra());
    }

    private boolean result(Part.ToolResult result, String before) {
        json.ascii(before)
                .ascii("{\"type\":\"tool_result\",\"tool_use_id\":")
                .string(result.callId().isEmpty() ? "toolu_" + resultsWithoutId++ : id(result.callId()));
        String start = ",\"content\":[";
        for (Part part : result.content()) {
            if (write(part, start)) {
                start = ",";
            }
        }
        json.ascii(start.equals(",") ? "]" : "").ascii(result.error() ? ",\"is_error\":true" : "");
        return end(result.extra());
    }

    private boolean own(Part.Native block, String before) {
        if (!block.dialect().equals(AnthropicDialect.NAME)) {
            return leftOut("a part that only " + block.dialect() + " has");
        }
        json.ascii(before).append(Bytes.utf8(block.json().text()));
        return true;
    }

    private boolean leftOut(String what) {
        warnings.add(what + " was left out of a message: " + AnthropicDialect.NAME + " has no place for it");
        return false;
    }

    /** Ids of other providers have characters that are not allowed here. */
    private static String id(String id) {
        return NOT_IN_IDS.matcher(id).replaceAll("_");
    }

    private boolean end(Map<String, RawJson> extra) {
        extra.forEach((name, value) -> {
            if (!KNOWN.contains(name)) {
                warnings.dropped("content[]." + name, AnthropicDialect.NAME);
            } else if (!isForeignCitation(name, value)) {
                json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text()));
            }
        });
        json.ascii("}");
        return true;
    }

    /** Citations of other providers were given to the caller without the index that is wanted back with them. */
    private static boolean isForeignCitation(String name, RawJson value) {
        return name.equals("citations") && value.text().contains("\"encrypted_index\":\"\"");
    }
}
