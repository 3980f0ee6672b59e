package dev.thalweg.core.dialect.openai;

import dev.thalweg.core.wire.ByteBuilder;
import dev.thalweg.core.wire.Bytes;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.Splices;
import dev.thalweg.model.ChatChoice;
import dev.thalweg.model.ChatResponse;
import dev.thalweg.model.Usage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes an answer that is whole: as a completion, or as the events of a stream where one was asked for. For upstreams that
 * answer in the other form than they were asked; nothing of the answer is lost either way.
 */
public final class CompletionWriter {
    /** Deeper than anything that was read. */
    private static final int DEPTH = 2 * JsonCursor.DEFAULT_DEPTH;

    private CompletionWriter() {}

    /** The answer as a completion of the model of this name. */
    public static byte[] completion(ChatResponse response, String model) {
        return Bytes.utf8(response.toBuilder().model(model).build().toJson());
    }

    /** The answer as a stream: for each choice a chunk with all of it and one with its end, and the marker. */
    public static byte[] events(ChatResponse response, String model, boolean showUsage) {
        ByteBuilder events = new ByteBuilder(1024);
        // What belongs to the answer goes out once, with the first chunk.
        ChatResponse rest = response.toBuilder().model(model).usage(null).build();
        for (ChatChoice choice : response.choices()) {
            event(events, rest.toBuilder().choices(List.of(choice)).build(), null);
            rest = rest.toBuilder().extra(Map.of()).build();
            event(events, rest.toBuilder().choices(List.of()).build(), end(choice));
        }
        Usage usage = response.usage().orElse(null);
        if (showUsage && usage != null) {
            event(events, rest.toBuilder().choices(List.of()).usage(usage).build(), null);
        }
        return events.append(ResponseWriter.done()).toBytes();
    }

    private static byte[] end(ChatChoice choice) {
        ByteBuilder end = new ByteBuilder(64).ascii("[{\"index\":").number(choice.index());
        end.ascii(",\"delta\":{},\"logprobs\":null,\"finish_reason\":");
        choice.finishReason().ifPresentOrElse(reason -> end.string(reason.raw()), () -> end.ascii("null"));
        return end.ascii("}]").toBytes();
    }

    /**
     * The answer as a chunk. Its values are copied as they are spelled, not read: what a provider may send is more than can be
     * read into a tree.
     *
     * @param choices in place of the answer's own
     */
    private static void event(ByteBuilder events, ChatResponse response, byte @Nullable [] choices) {
        byte[] json = Bytes.utf8(response.toJson().replace('\n', ' ').replace('\r', ' '));
        JsonCursor cursor = new JsonCursor(DEPTH, false).reset(json, 0, json.length);
        Splices changes = new Splices();
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("object")) {
                value(cursor, Bytes.utf8("\"chat.completion.chunk\""), changes);
            } else if (cursor.keyIs("choices") && choices != null) {
                value(cursor, choices, changes);
            } else if (cursor.keyIs("choices")) {
                cursor.enterArray();
                while (cursor.nextElement()) {
                    choice(cursor, changes);
                }
            } else {
                cursor.skip();
            }
        }
        events.ascii("data: ").append(changes.apply(json, 0, json.length)).append(Bytes.utf8("\n\n"));
    }

    /** A chunk's choice has a delta instead of a message, and ends in a chunk of its own. */
    private static void choice(JsonCursor cursor, Splices changes) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs("message")) {
                changes.replace(cursor.memberStart(), cursor.key().end() + 1, Bytes.utf8("\"delta\""));
                message(cursor, changes);
            } else if (cursor.keyIs("finish_reason")) {
                value(cursor, Bytes.utf8("null"), changes);
            } else {
                cursor.skip();
            }
        }
    }

    /** A delta's calls have an index, a message's have none. */
    private static void message(JsonCursor cursor, Splices changes) {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (!cursor.keyIs("tool_calls")) {
                cursor.skip();
                continue;
            }
            cursor.enterArray();
            for (int i = 0; cursor.nextElement(); i++) {
                cursor.enterObject();
                int inside = cursor.position();
                changes.replace(inside, inside, Bytes.utf8("\"index\":" + i + ","));
                while (cursor.nextMember()) {
                    cursor.skip();
                }
            }
        }
    }

    private static void value(JsonCursor cursor, byte[] replacement, Splices changes) {
        int unused = cursor.peek();
        int start = cursor.position();
        cursor.skip();
        changes.replace(start, cursor.position(), replacement);
    }
}
