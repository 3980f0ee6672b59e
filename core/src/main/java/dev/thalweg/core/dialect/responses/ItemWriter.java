package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.Message;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import dev.thalweg.model.ToolCall;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes messages as the items of an input: what stands in one message may be several items. */
final class ItemWriter {
    private final ByteBuilder json;
    private final Warnings warnings;
    private final ContentWriter content;
    private final Set<String> customCalls = new HashSet<>();
    private String comma = "";
    private boolean open;
    private @Nullable RawJson phase;

    /** A writer of the elements of the array that is open. */
    ItemWriter(ByteBuilder json, Warnings warnings) {
        this.json = json;
        this.warnings = warnings;
        this.content = new ContentWriter(json, warnings);
    }

    void message(Message message) {
        for (Part part : message.parts()) {
            switch (part) {
                case Part.Call call -> call(call.call());
                case Part.ToolResult result -> result(result);
                case Part.Reasoning reasoning -> reasoning(reasoning.block());
                case Part.Native item when !item.dialect().equals(Names.CONTENT) -> nativeItem(item);
                default -> spoken(message.role(), part);
            }
        }
        close();
        message.extra().keySet().forEach(name -> warnings.dropped("messages[]." + name, "the Responses API"));
    }

    /** A part of a message; those of one phase are one item. */
    private void spoken(String role, Part part) {
        RawJson own = part.extra().get(Names.PHASE);
        if (!content.knows(part)) {
            return;
        }
        if (open && part instanceof Part.Text && !Objects.equals(own, phase)) {
            close();
        }
        if (!open) {
            next().ascii("{\"type\":\"message\",\"role\":").string(role);
            if (own != null) {
                json.ascii(",\"phase\":").append(Bytes.utf8(own.text()));
            }
            json.ascii(",\"content\":[");
            phase = own;
        }
        json.ascii(open ? "," : "");
        open = true;
        content.part(part, role.equals("assistant"));
    }

    private void close() {
        if (open) {
            json.ascii("]}");
            open = false;
        }
    }

    private void call(ToolCall call) {
        boolean custom = call.type().equals(ToolCall.CUSTOM);
        String id = call.id().isEmpty() ? call.name() : call.id();
        if (custom) {
            customCalls.add(id);
        }
        next().ascii(
                        custom
                                ? "{\"type\":\"custom_tool_call\",\"call_id\":"
                                : "{\"type\":\"function_call\",\"call_id\":")
                .string(id);
        json.ascii(",\"name\":").string(call.name());
        RawJson namespace = call.extra().get(Names.NAMESPACE);
        if (namespace != null) {
            json.ascii(",\"namespace\":").append(Bytes.utf8(namespace.text()));
        }
        json.ascii(custom ? ",\"input\":" : ",\"arguments\":")
                .string(call.arguments())
                .ascii("}");
    }

    private void result(Part.ToolResult result) {
        boolean custom = customCalls.contains(result.callId());
        next().ascii(custom ? "{\"type\":\"custom_tool_call_output\"" : "{\"type\":\"function_call_output\"");
        json.ascii(",\"call_id\":").string(result.callId()).ascii(",\"output\":");
        content.output(result);
        json.ascii("}");
    }

    /** Only what the provider itself encrypted goes back: it knows nothing to do with the words alone. */
    private void reasoning(ReasoningBlock block) {
        @Nullable String data = block.redacted().or(block::signature).orElse(null);
        if (data == null || !Origin.fits(block, Names.DIALECT)) {
            warnings.add("Earlier reasoning was left out: it is not encrypted by a provider of the Responses API");
            return;
        }
        SealedReasoning sealed = SealedReasoning.of(data);
        next().ascii("{\"type\":\"reasoning\"");
        if (sealed.id() != null) {
            json.ascii(",\"id\":").string(sealed.id());
        }
        json.ascii(",\"summary\":[");
        if (!block.text().isEmpty()) {
            json.ascii("{\"type\":\"summary_text\",\"text\":")
                    .string(block.text())
                    .ascii("}");
        }
        json.ascii("],\"encrypted_content\":").string(sealed.encrypted()).ascii("}");
    }

    private void nativeItem(Part.Native item) {
        if (item.dialect().equals(Names.DIALECT)) {
            next().append(Bytes.utf8(item.json().text()));
        } else {
            warnings.add(
                    "A part of an earlier message was left out: only the protocol '" + item.dialect() + "' knows it");
        }
    }

    private ByteBuilder next() {
        close();
        json.ascii(comma);
        comma = ",";
        return json;
    }
}
