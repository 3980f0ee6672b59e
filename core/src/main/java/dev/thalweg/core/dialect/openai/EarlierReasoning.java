package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.dialect.Origin;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.model.Part;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.ReasoningBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the reasoning that a caller sends back with a message of the model's: in words ({@code reasoning_content}, {@code
 * reasoning}), in LiteLLM's {@code thinking_blocks} or in OpenRouter's {@code reasoning_details}, which a client may have
 * left in the pieces they came in. Blocks know who signed them: where there are any, they count. Not thread-safe.
 */
final class EarlierReasoning {
    private static final Map<String, RawJson> SUMMARY = Map.of("type", new RawJson("\"reasoning.summary\""));

    private final BodyValues values;
    private final JsonCursor cursor;
    private final List<Block> details = new ArrayList<>();
    private final List<Block> thinking = new ArrayList<>();
    private String plain = "";

    /** One block, or a piece of one. */
    private static final class Block {
        StringBuilder text = new StringBuilder();

        @Nullable
        String type;

        @Nullable
        String signature;

        @Nullable
        String data;

        @Nullable
        String index;

        @Nullable
        Map<String, RawJson> extra;
    }

    EarlierReasoning(BodyValues values) {
        this.values = values;
        this.cursor = values.cursor();
    }

    void begin() {
        details.clear();
        thinking.clear();
        plain = "";
    }

    /** The words ahead; under a second name they count once. */
    void plain(String where, String name) {
        String said = values.textOrNull(where, name);
        plain = said == null || said.isEmpty() ? plain : said;
    }

    /** OpenRouter's list ahead. */
    void details(String where) {
        list(where, "reasoning_details", details);
    }

    /** LiteLLM's list ahead. */
    void thinking(String where) {
        list(where, "thinking_blocks", thinking);
    }

    private void list(String where, String name, List<Block> into) {
        if (!values.entersArray(where, name)) {
            return;
        }
        while (cursor.nextElement()) {
            String at = where + "." + name + "[" + into.size() + "]";
            if (values.entersObject(at, "")) {
                add(block(at), into);
            }
        }
    }

    private Block block(String at) {
        Block block = new Block();
        while (cursor.nextMember()) {
            if (cursor.keyIs("type")) {
                block.type = values.textOrNull(at, "type");
            } else if (cursor.keyIs("text") || cursor.keyIs("thinking") || cursor.keyIs("summary")) {
                String said = values.textOrNull(at, cursor.key().decode());
                block.text.append(said == null ? "" : said);
            } else if (cursor.keyIs("signature")) {
                block.signature = nonEmpty(values.textOrNull(at, "signature"));
            } else if (cursor.keyIs("data")) {
                block.data = nonEmpty(values.textOrNull(at, "data"));
            } else if (cursor.keyIs("index")) {
                block.index = values.raw().text();
            } else {
                block.extra = values.keep(block.extra);
            }
        }
        return block;
    }

    /** Pieces of one block have its index; a signature ends it. */
    private static void add(Block piece, List<Block> into) {
        Block last = into.isEmpty() ? null : into.get(into.size() - 1);
        boolean goesOn = last != null
                && piece.index != null
                && piece.index.equals(last.index)
                && piece.data == null
                && last.data == null
                && last.signature == null;
        if (goesOn && last != null) {
            last.text.append(piece.text);
            last.signature = piece.signature;
            last.type = piece.type == null ? last.type : piece.type;
            if (piece.extra != null) {
                Map<String, RawJson> both = new LinkedHashMap<>(BodyValues.orNone(last.extra));
                both.putAll(piece.extra);
                last.extra = both;
            }
        } else {
            into.add(piece);
        }
    }

    /** All of it, in parts. */
    List<Part> parts() {
        List<Block> blocks = thinking.isEmpty() ? details : thinking;
        boolean words = blocks.stream().anyMatch(block -> !block.text.isEmpty());
        List<Part> parts = new ArrayList<>(blocks.size() + 1);
        String unsaid = words ? "" : plain;
        for (Block block : blocks) {
            if (block.data != null) {
                parts.add(new Part.Reasoning(
                        Origin.redacted(block.data, OpenAiDialect.NAME), BodyValues.orNone(block.extra)));
            } else if (block.signature != null || !block.text.isEmpty()) {
                // A client that keeps words and signature apart has one block, as a rule.
                String text = block.text.isEmpty() ? unsaid : block.text.toString();
                unsaid = "";
                parts.add(new Part.Reasoning(Origin.signed(text, block.signature, OpenAiDialect.NAME), extra(block)));
            }
        }
        if (!unsaid.isEmpty()) {
            parts.add(0, new Part.Reasoning(ReasoningBlock.of(unsaid, null)));
        }
        return parts;
    }

    /** What OpenRouter calls a summary goes back under that name. */
    private static Map<String, RawJson> extra(Block block) {
        Map<String, RawJson> fields = BodyValues.orNone(block.extra);
        if (!"reasoning.summary".equals(block.type)) {
            return fields;
        }
        Map<String, RawJson> summary = new LinkedHashMap<>(SUMMARY);
        summary.putAll(fields);
        return summary;
    }

    private static @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
