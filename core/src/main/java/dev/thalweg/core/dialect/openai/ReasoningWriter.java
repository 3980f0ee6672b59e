package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.catalog.Provider;
import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.dialect.Warnings;
import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import java.util.List;

/** Writes reasoning in blocks, as OpenRouter's {@code reasoning_details}: there is no other spelling that keeps signatures. */
final class ReasoningWriter {
    private ReasoningWriter() {}

    /** Reasoning that goes back to an upstream, as a further member of its message; nothing where it is not taken. */
    static void details(ByteBuilder json, List<Part.Reasoning> parts, Provider provider, Warnings warnings) {
        boolean taken = Takes.reasoningDetails(provider);
        int written = 0;
        for (Part.Reasoning part : parts) {
            if (!taken || !Origin.fits(part.block(), OpenAiDialect.NAME)) {
                warnings.add("Earlier reasoning was left out: " + provider.name() + " does not take it back");
                continue;
            }
            json.ascii(written == 0 ? ",\"reasoning_details\":[" : ",");
            detail(json, part, written++);
        }
        json.ascii(written == 0 ? "" : "]");
    }

    private static void detail(ByteBuilder json, Part.Reasoning part, int index) {
        ReasoningBlock block = part.block();
        RawJson said = part.extra().get("type");
        if (block.redacted().isPresent()) {
            json.ascii("{\"type\":\"reasoning.encrypted\",\"data\":")
                    .string(block.redacted().get());
        } else if (said != null && said.text().equals("\"reasoning.summary\"")) {
            json.ascii("{\"type\":\"reasoning.summary\",\"summary\":").string(block.text());
        } else {
            json.ascii("{\"type\":\"reasoning.text\",\"text\":").string(block.text());
            block.signature()
                    .ifPresent(signature -> json.ascii(",\"signature\":").string(signature));
        }
        part.extra().forEach((name, value) -> {
            if (!name.equals("type") && !name.equals("cache_control")) {
                json.ascii(",").string(name).ascii(":").append(Bytes.utf8(value.text()));
            }
        });
        json.ascii(",\"index\":").number(index).ascii("}");
    }

    /** Reasoning for a caller, with signatures marked by where they come from. */
    static RawJson details(List<ReasoningBlock> blocks, String upstream) {
        ByteBuilder json = new ByteBuilder(256).ascii("[");
        for (int i = 0; i < blocks.size(); i++) {
            ReasoningBlock block = blocks.get(i);
            json.ascii(i == 0 ? "{\"type\":" : ",{\"type\":");
            if (block.redacted().isPresent()) {
                json.ascii("\"reasoning.encrypted\",\"data\":");
                json.string(Origin.mark(
                        upstream, OpenAiDialect.NAME, block.redacted().get()));
            } else {
                json.ascii("\"reasoning.text\",\"text\":").string(block.text());
                block.signature()
                        .ifPresent(signature -> json.ascii(",\"signature\":")
                                .string(Origin.mark(upstream, OpenAiDialect.NAME, signature)));
            }
            json.ascii(",\"index\":").number(i).ascii("}");
        }
        return new RawJson(json.ascii("]").toString());
    }
}
