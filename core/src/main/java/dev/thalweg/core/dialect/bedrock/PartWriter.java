package dev.thalweg.core.dialect.bedrock;

import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.ToolInput;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.util.Map;
import java.util.Set;

/** Writes a part of a message as a block of this protocol, and the point up to which it is cached as another one. */
final class PartWriter {
    /** Fields of a part that are written where they belong, or say nothing here. */
    private static final Set<String> KNOWN = Set.of(CachePoint.CONTROL, "bucketOwner", "context", "citationsContent");

    private final ByteBuilder json;
    private final Warnings warnings;
    private final MediaWriter media;
    private int callsWithoutId;
    private int resultsWithoutId;

    PartWriter(ByteBuilder json, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
        this.media = new MediaWriter(json, warnings);
    }

    /** Appends this and the part; false, and nothing, where it has no place here. */
    boolean write(Part part, String before) {
        return switch (part) {
            case Part.Text text -> text(text, before);
            case Part.Refusal refusal -> text(new Part.Text(refusal.text()), before);
            case Part.Image image -> media.image(image, before) && end(image.extra());
            case Part.File file -> media.file(file, before) && end(file.extra());
            case Part.Sound sound -> media.sound(sound, before) && end(sound.extra());
            case Part.Reasoning reasoning -> reasoning(reasoning, before);
            case Part.Call call -> call(call, before);
            case Part.ToolResult result -> result(result, before);
            case Part.Native block -> own(block, before);
            default -> leftOut("a part of a kind that is not known");
        };
    }

    private boolean text(Part.Text part, String before) {
        RawJson cited = part.extra().get("citationsContent");
        if (cited != null) {
            json.ascii(before).ascii("{\"citationsContent\":").append(Bytes.utf8(cited.text()));
        } else if (part.text().isBlank()) {
            return false; // refused there, and it says nothing
        } else {
            json.ascii(before).ascii("{\"text\":").string(part.text());
        }
        json.ascii("}");
        return end(part.extra());
    }

    /** Reasoning goes back to who gave it, as it came: nobody else can check a signature or read what is encrypted. */
    private boolean reasoning(Part.Reasoning part, String before) {
        ReasoningBlock block = part.block();
        String redacted = block.redacted().orElse(null);
        String signature = block.signature().orElse(null);
        if (!Origin.fits(block, BedrockDialect.NAME) || (redacted == null && signature == null)) {
            warnings.add("earlier reasoning was left out: it has no signature of bedrock's");
            return false;
        }
        json.ascii(before).ascii("{\"reasoningContent\":{");
        if (redacted != null) {
            json.ascii("\"redactedContent\":").string(redacted).ascii("}}");
        } else {
            json.ascii("\"reasoningText\":{\"text\":").string(block.text());
            json.ascii(",\"signature\":").string(String.valueOf(signature)).ascii("}}}");
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
                .ascii("{\"toolUse\":{\"toolUseId\":")
                .string(call.id().isEmpty() ? "tooluse_" + callsWithoutId++ : ToolIds.allowed(call.id()));
        json.ascii(",\"name\":").string(call.name()).ascii(",\"input\":").append(Bytes.utf8(input));
        json.ascii("}}");
        return end(part.extra());
    }

    private boolean result(Part.ToolResult result, String before) {
        json.ascii(before)
                .ascii("{\"toolResult\":{\"toolUseId\":")
                .string(result.callId().isEmpty() ? "tooluse_" + resultsWithoutId++ : ToolIds.allowed(result.callId()));
        json.ascii(",\"content\":[");
        String comma = "";
        for (Part part : result.content()) {
            if (write(part, comma)) {
                comma = ",";
            }
        }
        json.ascii(result.error() ? "],\"status\":\"error\"}}" : "]}}");
        return end(result.extra());
    }

    private boolean own(Part.Native block, String before) {
        if (!block.dialect().equals(BedrockDialect.NAME)) {
            return leftOut("a part that only " + block.dialect() + " has");
        }
        json.ascii(before).append(Bytes.utf8(block.json().text()));
        return true;
    }

    private boolean leftOut(String what) {
        warnings.add(what + " was left out of a message: " + BedrockDialect.NAME + " has no place for it");
        return false;
    }

    private boolean end(Map<String, RawJson> extra) {
        extra.keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> warnings.dropped("content[]." + name, BedrockDialect.NAME));
        CachePoint.write(json, extra);
        return true;
    }
}
