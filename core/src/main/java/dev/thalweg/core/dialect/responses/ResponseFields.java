package dev.thalweg.core.dialect.responses;

import dev.thalweg.core.dialect.FrameSink;
import dev.thalweg.core.wire.JsonCursor;
import dev.thalweg.core.wire.JsonText;
import dev.thalweg.core.wire.JsonValue;
import dev.thalweg.model.StreamEvent.ExtraField.Owner;
import java.util.Set;

/** The members of a response object, as views into it. */
final class ResponseFields {
    private static final JsonText CREATED = JsonText.of("created");

    /** What has a word of its own, and what only repeats the request. All else is the provider's own and is told. */
    static final Set<String> KNOWN = Set.of(
            "id",
            "object",
            "created",
            "created_at",
            "completed_at",
            "status",
            "background",
            "conversation",
            "error",
            "frequency_penalty",
            "incomplete_details",
            "instructions",
            "max_output_tokens",
            "max_tool_calls",
            "metadata",
            "model",
            "output",
            "output_text",
            "parallel_tool_calls",
            "presence_penalty",
            "previous_response_id",
            "prompt",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "reasoning",
            "safety_identifier",
            "store",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "truncation",
            "usage",
            "user",
            "warnings");

    final JsonText id = new JsonText();
    final JsonText model = new JsonText();
    final JsonText status = new JsonText();
    final JsonText reason = new JsonText();
    final JsonValue output = new JsonValue();
    final JsonValue usage = new JsonValue();
    final JsonValue error = new JsonValue();
    final JsonValue created = new JsonValue();
    boolean hasId;
    boolean hasModel;
    boolean hasStatus;
    boolean hasReason;
    boolean hasOutput;
    boolean hasUsage;
    boolean hasError;
    boolean hasCreated;

    private final JsonCursor cursor = new JsonCursor(JsonCursor.DEFAULT_DEPTH, false);
    private final JsonText name = new JsonText();
    private final JsonValue value = new JsonValue();

    /** Reads the object in these bytes. */
    void read(byte[] array, int offset, int length) {
        clear();
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            member();
        }
        cursor.finish();
    }

    private void clear() {
        hasId = false;
        hasModel = false;
        hasStatus = false;
        hasReason = false;
        hasOutput = false;
        hasUsage = false;
        hasError = false;
        hasCreated = false;
    }

    private void member() {
        if (cursor.keyIs("id")) {
            hasId = cursor.textOrSkip(id) != null;
        } else if (cursor.keyIs("model")) {
            hasModel = cursor.textOrSkip(model) != null;
        } else if (cursor.keyIs("status")) {
            hasStatus = cursor.textOrSkip(status) != null;
        } else if (cursor.keyIs("created_at")) {
            hasCreated = !skip(created);
        } else if (cursor.keyIs("error")) {
            hasError = !skip(error);
        } else if (cursor.keyIs("usage")) {
            hasUsage = !skip(usage);
        } else if (cursor.keyIs("output")) {
            hasOutput = !skip(output) && JsonFields.kind(output) == '[';
        } else if (cursor.keyIs("incomplete_details") && cursor.peek() == '{') {
            cursor.enterObject();
            while (cursor.nextMember()) {
                if (cursor.keyIs("reason")) {
                    hasReason = cursor.textOrSkip(reason) != null;
                } else {
                    cursor.skip();
                }
            }
        } else {
            cursor.skip();
        }
    }

    private boolean skip(JsonValue into) {
        cursor.skip(into);
        return into.isVoid();
    }

    /** Tells who answers and since when. */
    void tellHead(FrameSink sink) {
        if (hasId) {
            sink.id(id);
        }
        if (hasModel) {
            sink.model(model);
        }
        if (hasCreated) {
            sink.extra(Owner.ANSWER, -1, CREATED, created);
        }
    }

    /** Tells what the provider has of its own: a service tier, a moderation's result. */
    void tellExtra(byte[] array, int offset, int length, FrameSink sink) {
        cursor.reset(array, offset, length);
        cursor.enterObject();
        while (cursor.nextMember()) {
            boolean known = KNOWN.contains(cursor.key().decode());
            cursor.skipMember(name, value);
            if (!known && !value.isVoid()) {
                sink.extra(Owner.ANSWER, -1, name, value);
            }
        }
    }
}
