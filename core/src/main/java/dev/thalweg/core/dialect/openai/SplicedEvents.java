package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.EventBlock;
import dev.thalweg.core.wire.HeldBytes;
import dev.thalweg.core.wire.SseReader;
import dev.thalweg.model.Usage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the events of an answer those of an earlier one that broke, where it goes on from it: under the same id, without a
 * second role, with the usage of both. They follow a comment that says so. Not thread-safe.
 */
public final class SplicedEvents {
    private static final byte[] END = Bytes.utf8("\n\n");

    private final SseReader events;
    private final String id;
    private final Usage before;
    private byte[] mark;

    /**
     * The events of one answer.
     *
     * @param mark the comment before the first of them
     * @param id the earlier answer's; empty where it had none
     * @param before what the earlier one used
     */
    public SplicedEvents(String mark, String id, Usage before, int maxEventBytes, HeldBytes room) {
        this.mark = Bytes.utf8(": " + mark + "\n\n");
        this.id = id;
        this.before = before;
        this.events = new SseReader(maxEventBytes, room);
    }

    /** Takes sound events, whole or in pieces, and gives what becomes of those that are whole. */
    public byte[] feed(byte[] array, int offset, int length) {
        ByteBuilder out = new ByteBuilder(length + 64);
        events.feed(array, offset, length);
        while (events.next()) {
            EventBlock block = events.block();
            out.append(mark);
            mark = new byte[0];
            if (block.hasData() && !block.isDone()) {
                event(block, out);
            } else {
                out.append(block.array(), block.start(), block.end() - block.start());
            }
        }
        return out.toBytes();
    }

    /** Gives back what it holds. */
    public void close() {
        events.close();
    }

    private void event(EventBlock block, ByteBuilder out) {
        JsonNode read = CompletionWriter.MAPPER.readTree(block.dataArray(), block.dataStart(), block.dataLength());
        if (read instanceof ObjectNode chunk) {
            if (!id.isEmpty()) {
                chunk.put("id", id);
            }
            for (JsonNode choice : chunk.path("choices")) {
                if (choice.path("delta") instanceof ObjectNode delta) {
                    delta.remove("role");
                }
            }
            if (chunk.path("usage") instanceof ObjectNode usage) {
                add(usage, "prompt_tokens", before.inputTokens());
                add(usage, "completion_tokens", before.outputTokens());
                add(usage, "total_tokens", before.totalTokens());
            }
        }
        out.ascii("data: ")
                .append(CompletionWriter.MAPPER.writeValueAsBytes(read))
                .append(END);
    }

    private static void add(ObjectNode usage, String name, long more) {
        usage.put(name, usage.path(name).asLong(0) + more);
    }
}
