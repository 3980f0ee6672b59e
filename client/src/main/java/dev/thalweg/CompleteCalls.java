package dev.thalweg;

import dev.thalweg.model.ChatChunk;
import dev.thalweg.model.RawJson;
import dev.thalweg.model.StreamEvent;
import dev.thalweg.model.StreamEvent.ExtraField;
import dev.thalweg.model.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tool calls that become complete in each chunk: where they end, and with all their arguments. Where a provider
 * mixes the pieces of several calls, an end without all of them is none. For one thread.
 */
final class CompleteCalls {
    private final Map<Place, Call> calls = new LinkedHashMap<>();

    private record Place(int choice, int part) {}

    private static final class Call {
        final StringBuilder arguments = new StringBuilder();
        final Map<String, RawJson> extra = new LinkedHashMap<>();
        String type = ToolCall.FUNCTION;
        String id = "";
        String name = "";
        boolean given;

        void start(StreamEvent.ToolCallStart event) {
            type = or(event.type(), type);
            id = or(event.id(), id);
            name = or(event.name(), name);
        }

        private static String or(@Nullable String said, String known) {
            return said == null ? known : said;
        }

        boolean whole() {
            return arguments.isEmpty() || !type.equals(ToolCall.FUNCTION) || isJson(arguments.toString());
        }

        private static boolean isJson(String text) {
            try {
                Object unused = new RawJson(text).as(Object.class);
                return true;
            } catch (IllegalArgumentException more) {
                return false;
            }
        }

        ToolCall call() {
            given = true;
            boolean none = arguments.isEmpty() && !type.equals(ToolCall.CUSTOM);
            return ToolCall.of(id, name, none ? "{}" : arguments.toString())
                    .withType(type)
                    .withExtra(extra);
        }
    }

    /** The chunk with each call that it completes; once without, where it completes none. */
    List<ToolChunk> of(ChatChunk chunk) {
        List<ToolChunk> items = new ArrayList<>(1);
        for (StreamEvent event : chunk.events()) {
            switch (event) {
                case StreamEvent.ToolCallStart e -> at(e.choice(), e.part()).start(e);
                case StreamEvent.ToolCallDelta e ->
                    at(e.choice(), e.part()).arguments.append(e.arguments());
                case ExtraField e
                when e.owner() == ExtraField.Owner.TOOL_CALL ->
                    at(e.choice(), e.part()).extra.put(e.name(), e.value());
                case StreamEvent.Restarted e -> calls.clear();
                default -> {}
            }
        }
        // Behind all pieces of the chunk: a call may be opened again after its end, or get a signature.
        chunk.events().forEach(event -> ended(event, chunk, items));
        return items.isEmpty() ? List.of(new ToolChunk(chunk, Optional.empty())) : items;
    }

    private Call at(int choice, int part) {
        return calls.computeIfAbsent(new Place(choice, part), place -> new Call());
    }

    private void ended(StreamEvent event, ChatChunk chunk, List<ToolChunk> items) {
        switch (event) {
            case StreamEvent.ToolCallEnd e -> {
                Call call = at(e.choice(), e.part());
                if (!call.given && call.whole()) {
                    items.add(new ToolChunk(chunk, Optional.of(call.call())));
                }
            }
            case StreamEvent.Finished e ->
                calls.forEach((place, call) -> {
                    if (place.choice() == e.choice() && !call.given) {
                        items.add(new ToolChunk(chunk, Optional.of(call.call())));
                    }
                });
            default -> {}
        }
    }
}
